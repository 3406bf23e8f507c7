-- Records the first result of a task, whoever holds the lease; the last missing result of an
-- iteration announces it. One of another submission of the same name has no effect.
-- KEYS: the run's state, its returns of the iteration, leases, results
-- ARGV: task, message of the iteration, iteration, index, result, 'of <submission>' (empty: any)
-- Returns: 'accepted' | 'completed' | 'duplicate' | 'stale'
local damage = wrong('hash', KEYS[2], KEYS[3]) or wrong('list', KEYS[4])
if damage then return damage end
local run, reason = standing(KEYS[1])
if reason then return {'damaged', KEYS[1], reason} end
if replaced(run, ARGV[6]) then return {'stale'} end
redis.call('HDEL', KEYS[3], ARGV[1])
if not is_current(run, tonumber(ARGV[3]), tonumber(ARGV[4])) then return {'stale'} end
if redis.call('HSETNX', KEYS[2], ARGV[4], ARGV[5]) == 0 then return {'duplicate'} end
if redis.call('HLEN', KEYS[2]) < run.expected then return {'accepted'} end
redis.call('RPUSH', KEYS[4], ARGV[2])
return {'completed'}
