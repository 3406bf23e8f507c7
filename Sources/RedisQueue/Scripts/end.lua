-- Ends a run at the update at the head of the list.
-- KEYS: updates, runs, the run's state, its lost leases, leaders
-- ARGV: message, run, iteration of the message, phase (finished or failed), text for people,
--       who has to lead (empty: whoever leads), 'of <submission>' (empty: any)
-- Returns: 'ended' | 'elsewhere' (the message is not at the head, or of another submission) | 'stale' (it was dropped)
--          | 'displaced' (another controller leads)
local damage = wrong('list', KEYS[1]) or wrong('hash', KEYS[2], KEYS[5])
if damage then return damage end
local run, reason = standing(KEYS[3])
if reason then return {'damaged', KEYS[3], reason} end
if displaced(KEYS[5], 'controller', ARGV[6]) then return {'displaced'} end
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] or replaced(run, ARGV[7]) then return {'elsewhere'} end
local current =
  run and not run.over and run.iteration == tonumber(ARGV[3]) and run.expected == 0
if current then
  redis.call('HSET', KEYS[3], 'phase', ARGV[4], 'message', ARGV[5])
  redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
  redis.call('DEL', KEYS[4])
end
redis.call('LPOP', KEYS[1])
return {current and 'ended' or 'stale'}
