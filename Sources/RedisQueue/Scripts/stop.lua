-- Ends a run from outside the ring, even one whose state is damaged. Its messages are dropped when
-- somebody next looks at them.
-- KEYS: runs, the run's state, its lost leases
-- ARGV: run, prefix of its returns keys, phase (cancelled or failed), message,
--       'of <submission>' (empty: any)
-- Returns: 'stopped' | 'unknown' | 'phase' <phase> | 'elsewhere' (it is another submission)
-- The key of its returns follows from the iteration in its state.
local damage = wrong('hash', KEYS[1])
if damage then return damage end
local run, reason = standing(KEYS[2])
if not run and not reason then return {'unknown'} end
if run and replaced(run, ARGV[5]) then return {'elsewhere'} end
if run and run.over then return {'phase', run.phase} end
if reason then
  redis.call('DEL', KEYS[2])
  run = {iteration = -1}
end
redis.call('HSET', KEYS[2],
  'phase', ARGV[3], 'iteration', run.iteration, 'expected', 0, 'message', ARGV[4])
redis.call('HDEL', KEYS[2], 'parked')
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('DEL', KEYS[3], ARGV[2] .. run.iteration)
return {'stopped'}
