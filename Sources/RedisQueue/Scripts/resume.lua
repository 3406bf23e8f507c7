-- Continues a paused run, whose parked update goes back to the controller, or a suspended one, whose
-- iteration is evaluated anew.
-- KEYS: runs, the run's state, updates, tasks, leases
-- ARGV: run, prefix of its returns keys
-- Returns: 'resumed' | 'unknown' | 'phase' <phase>
-- The key of its returns follows from the iteration in its state.
local damage = wrong('hash', KEYS[1], KEYS[5]) or wrong('list', KEYS[3], KEYS[4])
if damage then return damage end
local run, reason = standing(KEYS[2])
if reason then return {'damaged', KEYS[2], reason} end
if not run then return {'unknown'} end
if run.phase ~= 'paused' and run.phase ~= 'suspended' then return {'phase', run.phase} end
local returns = ARGV[2] .. run.iteration
damage = wrong('hash', returns)
if damage then return damage end
local phase = run.iteration == -1 and 'submitted' or 'running'
local parked = redis.call('HGET', KEYS[2], 'parked')
redis.call('HSET', KEYS[2], 'phase', phase, 'message', '')
redis.call('HSET', KEYS[1], ARGV[1], phase)
if parked then
  redis.call('HDEL', KEYS[2], 'parked')
  redis.call('RPUSH', KEYS[3], parked)
end
if run.phase == 'suspended' then
  queue_in_turn(KEYS[4], vanished(ARGV[1], run, returns, KEYS[4], KEYS[5]))
end
return {'resumed'}
