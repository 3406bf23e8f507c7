-- Replaces the message at the head of the results list by the effects of the reduction.
-- KEYS: results, updates, then the run's state, weights, partitions, checkpoint, history, lost
--       and its returns of the iteration, leaders, its failures
-- ARGV: message, iteration, history line (empty for none), numbers of weights, partitions and checkpoint fields,
--       who has to lead (empty: whoever leads), 'of <submission>' (empty: any), then field, value, …
--       (no weights: they stay as they are)
-- Returns: 'committed' | 'elsewhere' (the message is not at the head, or of another submission)
--          | 'stale' (it was dropped)
--          | 'displaced' (another aggregator leads)
local damage = wrong('list', KEYS[1], KEYS[2], KEYS[7]) or wrong('hash', KEYS[5], KEYS[6], KEYS[10], KEYS[11])
if damage then return damage end
local run, reason = standing(KEYS[3])
if reason then return {'damaged', KEYS[3], reason} end
if displaced(KEYS[10], 'aggregator', ARGV[7]) then return {'displaced'} end
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] or replaced(run, ARGV[8]) then return {'elsewhere'} end
if not is_current(run, tonumber(ARGV[2]), 0) then
  redis.call('LPOP', KEYS[1])
  return {'stale'}
end
if ARGV[3] ~= '' and redis.call('LLEN', KEYS[7]) ~= run.iteration then
  return {'damaged', KEYS[7], 'expected ' .. run.iteration .. ' lines, found '
    .. redis.call('LLEN', KEYS[7]) .. ': it was changed or deleted by hand'}
end
if tonumber(ARGV[4]) > 0 then redis.call('DEL', KEYS[4]) end
local position = set_fields(KEYS[4], 9, tonumber(ARGV[4]))
position = set_fields(KEYS[5], position, tonumber(ARGV[5]))
set_fields(KEYS[6], position, tonumber(ARGV[6]))
if ARGV[3] ~= '' then redis.call('RPUSH', KEYS[7], ARGV[3]) end
redis.call('HSET', KEYS[3], 'expected', 0)
redis.call('DEL', KEYS[8], KEYS[9])
forget_votes(KEYS[11])
redis.call('LPOP', KEYS[1])
redis.call('RPUSH', KEYS[2], ARGV[1])
return {'committed'}
