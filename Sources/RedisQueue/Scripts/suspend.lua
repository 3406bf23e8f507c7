-- Suspends a run whose complete iteration at the head of the results list is worth nothing: forgets its
-- results, so that resuming the run has them evaluated anew.
-- KEYS: results, runs, the run's state, lost, failures and returns of the iteration, leaders
-- ARGV: message, run, iteration, text for people, who has to lead (empty: whoever leads),
--       'of <submission>' (empty: any)
-- Returns: 'suspended' | 'elsewhere' (the message is not at the head, or of another submission)
--          | 'stale' (it was dropped) | 'displaced' (another aggregator leads)
local damage = wrong('list', KEYS[1]) or wrong('hash', KEYS[2], KEYS[5], KEYS[7])
if damage then return damage end
local run, reason = standing(KEYS[3])
if reason then return {'damaged', KEYS[3], reason} end
if displaced(KEYS[7], 'aggregator', ARGV[5]) then return {'displaced'} end
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] or replaced(run, ARGV[6]) then return {'elsewhere'} end
local current = is_current(run, tonumber(ARGV[3]), 0)
if current then
  redis.call('DEL', KEYS[4], KEYS[6])
  redis.call('HSET', KEYS[3], 'phase', 'suspended', 'message', ARGV[4])
  redis.call('HSET', KEYS[2], ARGV[2], 'suspended')
  forget_votes(KEYS[5])
end
redis.call('LPOP', KEYS[1])
return {current and 'suspended' or 'stale'}
