-- Accepts a new run and announces it to the controller.
-- KEYS: runs, updates, forgotten, then the run's state, config, weights, partitions, checkpoint,
--       history, lost, failures
-- ARGV: run, update, limits of runs in progress and of all runs, what identifies the submission, number
--       of configuration fields, then field, value, …
-- Returns: 'submitted' | 'exists' | 'forgotten' | 'full' <runs in progress> | 'kept' <runs>
local damage = wrong('hash', KEYS[1], KEYS[3]) or wrong('list', KEYS[2])
if damage then return damage end
local config = {}
for position = 7, #ARGV do config[position - 6] = ARGV[position] end
local refused = refusal(KEYS[1], KEYS[3], ARGV[1], config, ARGV[3], ARGV[4])
if refused then return refused end
redis.call('HSET', KEYS[1], ARGV[1], 'submitted')
for position = 4, #KEYS do redis.call('DEL', KEYS[position]) end
redis.call('HSET', KEYS[4], 'phase', 'submitted', 'iteration', -1, 'expected', 0, 'message', '',
  'submission', ARGV[5])
set_fields(KEYS[5], 7, tonumber(ARGV[6]))
redis.call('RPUSH', KEYS[2], ARGV[2])
return {'submitted'}
