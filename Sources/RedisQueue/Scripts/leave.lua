-- Removes an evaluator and gives the tasks it still holds back to the head of the queue.
-- KEYS: evaluators, tasks, leases, drained
-- ARGV: evaluator
-- Returns: 'left'
local damage = wrong('hash', KEYS[1], KEYS[3]) or wrong('list', KEYS[2])
if damage then return damage end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.pcall('HDEL', KEYS[4], ARGV[1])
local held = {}
local leases = redis.call('HGETALL', KEYS[3])
for position = 1, #leases, 2 do
  if parse_lease(leases[position + 1]) == ARGV[1] then held[#held + 1] = leases[position] end
end
table.sort(held)
for position = #held, 1, -1 do
  redis.call('HDEL', KEYS[3], held[position])
  redis.call('LPUSH', KEYS[2], held[position])
end
return {'left'}
