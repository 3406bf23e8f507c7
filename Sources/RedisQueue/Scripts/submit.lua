-- Accepts a new run and announces it to the controller.
-- KEYS: runs, updates, then the run's state, config, weights, partitions, checkpoint, history, lost
-- ARGV: run, update, number of configuration fields, then field, value, …
-- Returns: 'submitted' | 'exists'
local damage = wrong('hash', KEYS[1]) or wrong('list', KEYS[2])
if damage then return damage end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return {'exists'} end
for position = 3, #KEYS do redis.call('DEL', KEYS[position]) end
redis.call('HSET', KEYS[3], 'phase', 'submitted', 'iteration', -1, 'expected', 0, 'message', '')
set_fields(KEYS[4], 4, tonumber(ARGV[3]))
redis.call('HSET', KEYS[1], ARGV[1], 'submitted')
redis.call('RPUSH', KEYS[2], ARGV[2])
return {'submitted'}
