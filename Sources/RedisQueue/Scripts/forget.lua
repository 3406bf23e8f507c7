-- Removes all that the queue holds of a run that is over, but for its name and its configuration's
-- digest; its pending tasks are dropped when claimed. A run whose state is missing or damaged does not go
-- on, so it is removed, too, whatever its keys hold; the results of its iteration may stay behind.
-- KEYS: runs, forgotten, results, updates, then the run's state, config, weights, partitions,
--       checkpoint, history, lost, failures
-- ARGV: run, prefix of its returns keys
-- Returns: 'forgotten' | 'unknown' | 'phase' <phase>
-- The key of its returns follows from the iteration in its state.
local damage = wrong('hash', KEYS[1], KEYS[2]) or wrong('list', KEYS[3], KEYS[4])
if damage then return damage end
local run = standing(KEYS[5])
if not run then
  if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return {'unknown'} end
  run = {iteration = tonumber(
    redis.call('TYPE', KEYS[5]).ok == 'hash' and redis.call('HGET', KEYS[5], 'iteration') or '') or -1}
elseif not run.over then
  return {'phase', run.phase}
end
local former = digest(wrong('hash', KEYS[6]) and {} or redis.call('HGETALL', KEYS[6]))
-- First what frees memory, so that a full server can forget.
redis.call('HDEL', KEYS[1], ARGV[1])
for position = 5, #KEYS do redis.call('DEL', KEYS[position]) end
redis.call('DEL', ARGV[2] .. run.iteration)
for list = 3, 4 do redis.call('LREM', KEYS[list], 0, ARGV[1] .. ' ' .. run.iteration) end
redis.call('LREM', KEYS[4], 0, ARGV[1] .. ' -1')
redis.call('HSET', KEYS[2], ARGV[1], former)
return {'forgotten'}
