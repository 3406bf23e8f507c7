-- Pauses a running or submitted run.
-- KEYS: runs, the run's state
-- ARGV: run
-- Returns: 'paused' | 'unknown' | 'phase' <phase>
local damage = wrong('hash', KEYS[1])
if damage then return damage end
local run, reason = standing(KEYS[2])
if reason then return {'damaged', KEYS[2], reason} end
if not run then return {'unknown'} end
if run.phase ~= 'running' and run.phase ~= 'submitted' then return {'phase', run.phase} end
redis.call('HSET', KEYS[2], 'phase', 'paused')
redis.call('HSET', KEYS[1], ARGV[1], 'paused')
return {'paused'}
