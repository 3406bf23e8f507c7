-- Lengths of the queue's lists and hashes at one moment, and the heartbeats.
-- KEYS: tasks, results, updates, dead, leases, evaluators, leaders
-- ARGV: the roles that a service leads in
-- Returns: 'overview', lengths of tasks, results, updates, dead and leases, the server's time in
--          seconds, who leads in each role (empty: nobody), then evaluator, heartbeat, …
local damage = wrong('list', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
  or wrong('hash', KEYS[5], KEYS[6], KEYS[7])
if damage then return damage end
local outcome = {'overview'}
for position = 1, 4 do outcome[position + 1] = tostring(redis.call('LLEN', KEYS[position])) end
outcome[6] = tostring(redis.call('HLEN', KEYS[5]))
outcome[7] = string.format('%.3f', now())
for _, role in ipairs(ARGV) do
  local leader, expiry = parse_lead(redis.call('HGET', KEYS[7], role))
  outcome[#outcome + 1] = leader and expiry > now() and leader or ''
end
for _, text in ipairs(redis.call('HGETALL', KEYS[6])) do outcome[#outcome + 1] = text end
return outcome
