-- Gives tasks that an evaluator holds back to the head of the queue, in the order given.
-- KEYS: tasks, leases
-- ARGV: evaluator, task, …
-- Returns: 'released'
local damage = wrong('list', KEYS[1]) or wrong('hash', KEYS[2])
if damage then return damage end
for position = #ARGV, 2, -1 do
  local task = ARGV[position]
  if parse_lease(redis.call('HGET', KEYS[2], task) or '') == ARGV[1] then
    redis.call('HDEL', KEYS[2], task)
    redis.call('LPUSH', KEYS[1], task)
  end
end
return {'released'}
