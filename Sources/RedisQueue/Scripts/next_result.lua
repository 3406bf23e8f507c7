-- The complete iteration at the head of the results list. Messages of runs that are over or past
-- the iteration, and of iterations that lack a result, are dropped; malformed ones are listed as dead.
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
    if reason then return {'damaged', key, reason} end
    local returns = ARGV[1] .. name .. ':returns:' .. iteration
    damage = wrong('hash', returns)
    if damage then return damage end
    if is_current(run, iteration, 0) and redis.call('HLEN', returns) >= run.expected then
      return {'next', message}
    end
  else
    bury(KEYS[2], message .. ' malformed result')
  end
  redis.call('LPOP', KEYS[1])
end
