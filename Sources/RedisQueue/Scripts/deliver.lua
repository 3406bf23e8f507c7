-- Records results in order, each the first of its task, whoever holds the lease; the last missing result of an
-- iteration announces it. One of another submission of the same name has no effect. A failed
-- evaluation goes back to the end of the queue the first time, for another evaluator to try, and is
-- recorded when that one fails, too, or the same one again while there is no other. Then takes the next
-- tasks, as `claim` does, unless one went back or none is asked for.
-- KEYS: tasks, leases, dead, evaluators, results, then of each result the run's state, the iteration's returns,
--       the run's failures (each named once)
-- ARGV: prefix of the queue's keys, evaluator, how many results, then for each: task, result,
--       'of <submission>' (empty: any); then what is asked for next (see `request_from`; nothing: take none)
-- Returns: how many results were looked at, then of each 'accepted' | 'completed' | 'duplicate' | 'stale'
--          | 'doubted' (it went back) | 'overruled' (it went back, and others have finished what this
--          evaluator failed), then what `claim` returns; a damage concerns the result behind them
local queue, evaluator, count = ARGV[1], ARGV[2], tonumber(ARGV[3])
local results, leases = queue .. 'results', queue .. 'leases'
local known, counts = {}, {}

-- The word of the outcome, or nil and a damage.
local function record(task, result, submission)
  local name, iteration, index = parse_task(task)
  local prefix = queue .. 'run:' .. name
  local returns, failures = prefix .. ':returns:' .. iteration, prefix .. ':failures'
  if known[name] == nil then
    local run, reason = standing(prefix .. ':state')
    if reason then return nil, {'damaged', prefix .. ':state', reason} end
    known[name] = run or false
  end
  local run = known[name]
  local votes, delivered, damage, _
  if replaced(run, submission) then
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
  if not counts[returns] then counts[returns] = redis.call('HLEN', returns) end
  local is_last = current and counts[returns] + 1 >= run.expected
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
  counts[returns] = counts[returns] + 1
  if not is_last then return 'accepted' end
  redis.call('RPUSH', results, name .. ' ' .. iteration)
  return 'completed'
end

local outcome, went_back = {}, false
local position = 4
for number = 1, count do
  local word, damage = record(ARGV[position], ARGV[position + 1], ARGV[position + 2])
  if damage then return {tostring(number - 1), unpack(append(outcome, damage))} end
  went_back = went_back or word == 'doubted' or word == 'overruled'
  outcome[number] = word
  position = position + 3
end
if ARGV[position] and not went_back then
  local taken = take(queue, evaluator, request_from(position), known)
  -- What is damaged there is the next claim's to say: the results are recorded.
  if taken[1] ~= 'damaged' then append(outcome, taken) end
end
return {tostring(count), unpack(outcome)}
