-- Lengths of the queue's lists and hashes at one moment, and the heartbeats.
-- KEYS: tasks, results, updates, dead, leases, evaluators
-- ARGV: none
-- Returns: 'overview', lengths of tasks, results, updates, dead and leases, the server's time in
--          seconds, then evaluator, heartbeat, …
local damage = wrong('list', KEYS[1], KEYS[2], KEYS[3], KEYS[4]) or wrong('hash', KEYS[5], KEYS[6])
if damage then return damage end
local outcome = {'overview'}
for position = 1, 4 do outcome[position + 1] = tostring(redis.call('LLEN', KEYS[position])) end
outcome[6] = tostring(redis.call('HLEN', KEYS[5]))
outcome[7] = string.format('%.3f', now())
for _, text in ipairs(redis.call('HGETALL', KEYS[6])) do outcome[#outcome + 1] = text end
return outcome
