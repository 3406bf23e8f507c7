-- Continues a paused run and gives its parked update back to the controller.
-- KEYS: runs, the run's state, updates
-- ARGV: run
-- Returns: 'resumed' | 'unknown' | 'phase' <phase>
local damage = wrong('hash', KEYS[1]) or wrong('list', KEYS[3])
if damage then return damage end
local run, reason = standing(KEYS[2])
if reason then return {'damaged', KEYS[2], reason} end
if not run then return {'unknown'} end
if run.phase ~= 'paused' then return {'phase', run.phase} end
local phase = run.iteration == -1 and 'submitted' or 'running'
local parked = redis.call('HGET', KEYS[2], 'parked')
redis.call('HSET', KEYS[2], 'phase', phase)
redis.call('HSET', KEYS[1], ARGV[1], phase)
if parked then
  redis.call('HDEL', KEYS[2], 'parked')
  redis.call('RPUSH', KEYS[3], parked)
end
return {'resumed'}
