-- The reduced iteration at the head of the updates list. Messages of runs that are over or elsewhere
-- are dropped, those of paused runs parked; malformed ones and damaged runs are
-- listed as dead.
-- KEYS: updates, dead
-- ARGV: prefix of run keys
-- Returns: 'next' <message> | 'none'
-- The key of a run's state follows from the message.
local damage = wrong('list', KEYS[1], KEYS[2])
if damage then return damage end
while true do
  local message = redis.call('LINDEX', KEYS[1], 0)
  if not message then return {'none'} end
  local name, iteration = message:match('^([%w._-]+) (%-?%d+)$')
  iteration = iteration == '-1' and -1 or natural(iteration)
  if name and #name <= 64 and iteration then
    local key = ARGV[1] .. name .. ':state'
    local run, reason = standing(key)
    if reason then bury_run(KEYS[2], name, key, reason) end
    if run and not run.over and run.iteration == iteration and run.expected == 0 then
      if run.phase ~= 'paused' then return {'next', message} end
      redis.call('HSET', key, 'parked', message)
    end
  else
    bury(KEYS[2], message .. ' malformed update')
  end
  redis.call('LPOP', KEYS[1])
end
