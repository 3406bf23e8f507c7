-- Records the first result of a task, whoever holds the lease; the last missing result of an
-- iteration announces it. One of another submission of the same name has no effect. A failed
-- evaluation goes back to the end of the queue the first time, for another evaluator to try, and is
-- recorded when that one fails, too, or the same one again while there is no other.
-- KEYS: the run's state, its returns of the iteration, its failures, leases, results, tasks, evaluators
-- ARGV: task, message of the iteration, iteration, index, result, 'of <submission>' (empty: any), run,
--       evaluator
-- Returns: 'accepted' | 'completed' | 'duplicate' | 'stale' | 'doubted' (it went back)
--          | 'overruled' (it went back, and others have finished what this evaluator failed)
local damage = wrong('hash', KEYS[2], KEYS[3], KEYS[4], KEYS[7]) or wrong('list', KEYS[5], KEYS[6])
if damage then return damage end
local run, reason = standing(KEYS[1])
if reason then return {'damaged', KEYS[1], reason} end
if replaced(run, ARGV[6]) then return {'stale'} end
redis.call('HDEL', KEYS[4], ARGV[1])
if not is_current(run, tonumber(ARGV[3]), tonumber(ARGV[4])) then return {'stale'} end
if redis.call('HEXISTS', KEYS[2], ARGV[4]) == 1 then return {'duplicate'} end
local first = redis.call('HGET', KEYS[3], ARGV[4])
if ARGV[5]:sub(1, 7) ~= 'failed ' then
  if first and first ~= ARGV[8] then redis.call('HSET', KEYS[3], overruled(first), 1) end
  redis.call('HDEL', KEYS[3], overruled(ARGV[8]))
elseif not first or first == ARGV[8] and others(KEYS[7], ARGV[8], ARGV[7]) then
  redis.call('HSET', KEYS[3], ARGV[4], ARGV[8])
  redis.call('RPUSH', KEYS[6], ARGV[1])
  return {redis.call('HEXISTS', KEYS[3], overruled(ARGV[8])) == 1 and 'overruled' or 'doubted'}
else
  redis.call('HSET', KEYS[3], last_failure, ARGV[5]:sub(8, 307))
end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
if redis.call('HLEN', KEYS[2]) < run.expected then return {'accepted'} end
redis.call('RPUSH', KEYS[5], ARGV[2])
return {'completed'}
