-- The complete iteration at the head of the results list. Messages of runs that are over or past
-- the iteration, and of iterations that lack a result, are dropped; malformed ones and damaged runs are
-- listed as dead.
-- KEYS: results, dead
-- ARGV: prefix of run keys
-- Returns: 'next' <message> | 'none'
-- The keys of a run's state and returns follow from the message.
local damage = wrong('list', KEYS[1], KEYS[2])
if damage then return damage end
while true do
  local message = redis.call('LINDEX', KEYS[1], 0)
  if not message then return {'none'} end
  local name, iteration = parse_task(message .. ' 0')
  if name then
    local key = ARGV[1] .. name .. ':state'
    local run, reason = standing(key)
    if reason then bury_run(KEYS[2], name, key, reason) end
    local returns = ARGV[1] .. name .. ':returns:' .. iteration
    local current = is_current(run, iteration, 0)
    if current then
      damage = wrong('hash', returns)
      if damage then bury_run(KEYS[2], name, damage[2], damage[3]) end
      if not damage and redis.call('HLEN', returns) >= run.expected then return {'next', message} end
    end
  else
    bury(KEYS[2], message .. ' malformed result')
  end
  redis.call('LPOP', KEYS[1])
end
