-- Records the first result of a task, whoever holds the lease; the last missing result of an
-- iteration announces it. One of another submission of the same name has no effect. A failed
-- evaluation goes back to the end of the queue the first time, for another evaluator to try, and is
-- recorded when that one fails, too, or the same one again while there is no other. Then takes the next
-- task, as `claim` does, unless this one went back or none is asked for.
-- KEYS: tasks, leases, dead, evaluators, results, the run's state, the iteration's returns, the run's failures
-- ARGV: prefix of the queue's keys, evaluator, seconds of the next lease (empty: take none), how many tasks
--       are passed over at most, task, result, 'of <submission>' (empty: any), then run, refused submission, …
-- Returns: 'accepted' | 'completed' | 'duplicate' | 'stale' | 'doubted' (it went back)
--          | 'overruled' (it went back, and others have finished what this evaluator failed),
--          then what `claim` returns
local queue, evaluator, task, result = ARGV[1], ARGV[2], ARGV[5], ARGV[6]
local results, leases = queue .. 'results', queue .. 'leases'
local name, iteration, index = parse_task(task)
local prefix = queue .. 'run:' .. name
local returns, failures = prefix .. ':returns:' .. iteration, prefix .. ':failures'

local known = {}

-- The word of the outcome, or nil and a damage.
local function record()
  local run, reason = standing(prefix .. ':state')
  known[name] = run or false
  if reason then return nil, {'damaged', prefix .. ':state', reason} end
  local votes, delivered, damage, _
  if replaced(run, ARGV[7]) then
    damage = wrong('hash', leases)
    return not damage and 'stale' or nil, damage
  end
  delivered, damage = checked('hash', 'HEXISTS', returns, index)
  if not damage then
    votes, damage = checked('hash', 'HMGET', failures, index, overruled(evaluator))
  end
  if damage then return nil, damage end
  local current = is_current(run, iteration, index)
  local has_failed = result:sub(1, 7) == 'failed '
  local is_last = current and redis.call('HLEN', returns) + 1 >= run.expected
  if has_failed or is_last then
    damage = wrong('list', results, KEYS[1]) or wrong('hash', queue .. 'evaluators')
    if damage then return nil, damage end
  end
  _, damage = checked('hash', 'HDEL', leases, task)
  if damage then return nil, damage end
  if not current then return 'stale' end
  if delivered == 1 then return 'duplicate' end
  local first, is_overruled = votes[1], votes[2]
  if not has_failed then
    if first and first ~= evaluator then redis.call('HSET', failures, overruled(first), 1) end
    if is_overruled then redis.call('HDEL', failures, overruled(evaluator)) end
  elseif not first or first == evaluator and others(queue .. 'evaluators', evaluator, name) then
    redis.call('HSET', failures, index, evaluator)
    redis.call('RPUSH', KEYS[1], task)
    return is_overruled and 'overruled' or 'doubted'
  else
    redis.call('HSET', failures, last_failure, result:sub(8, 307))
  end
  redis.call('HSET', returns, index, result)
  if not is_last then return 'accepted' end
  redis.call('RPUSH', results, name .. ' ' .. iteration)
  return 'completed'
end

local word, damage = record()
if damage then return damage end
if ARGV[3] == '' or word == 'doubted' or word == 'overruled' then return {word} end
local taken = take(queue, evaluator, ARGV[3], tonumber(ARGV[4]), refused_from(8), known)
-- What is damaged there is the next claim's to say: the result is recorded.
if taken[1] == 'damaged' then return {word} end
return {word, unpack(taken)}
