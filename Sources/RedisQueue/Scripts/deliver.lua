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
local known, outcome, went_back = {}, {}, false

-- The results that ARGV names, in order.
local deliveries = {}
for number = 1, count do
  local position = 3 * number + 1
  local task, result = ARGV[position], ARGV[position + 1]
  local name, iteration, index, iteration_text, index_text = parse_task(task)
  deliveries[number] = {
    task = task, result = result, submission = ARGV[position + 2], name = name, iteration = iteration,
    index = index, iteration_text = iteration_text, index_text = index_text,
    has_failed = result:sub(1, 7) == 'failed '
  }
end

-- Where the results of one iteration of one submission end that begin with number `first`.
local function group_end(first)
  local one, last = deliveries[first], first
  while last < count do
    local other = deliveries[last + 1]
    if other.name ~= one.name or other.iteration_text ~= one.iteration_text
      or other.submission ~= one.submission then break end
    last = last + 1
  end
  return last
end

-- Adds the word of each result from `first` to `last`, which are of one iteration, to the outcome; returns a damage.
local function record(first, last)
  local one = deliveries[first]
  local name = one.name
  local prefix = queue .. 'run:' .. name
  local returns, failures = prefix .. ':returns:' .. one.iteration_text, prefix .. ':failures'
  if known[name] == nil then
    local run, reason = standing(prefix .. ':state')
    if reason then return {'damaged', prefix .. ':state', reason} end
    known[name] = run or false
  end
  local run = known[name]
  if replaced(run, one.submission) then
    local damage = wrong('hash', leases)
    if damage then return damage end
    for number = first, last do outcome[number] = 'stale' end
    return
  end
  local tasks, indices, any_failed = {}, {}, false
  for number = first, last do
    tasks[#tasks + 1], indices[#indices + 1] = deliveries[number].task, deliveries[number].index_text
    any_failed = any_failed or deliveries[number].has_failed
  end
  local delivered, votes, finished, damage, _
  delivered, damage = checked('hash', 'HMGET', returns, unpack(indices))
  if not damage then
    indices[#indices + 1] = overruled(evaluator)
    votes, damage = checked('hash', 'HMGET', failures, unpack(indices))
  end
  if damage then return damage end
  finished = redis.call('HLEN', returns)
  if any_failed or run and finished + #tasks >= run.expected then
    damage = wrong('list', results, KEYS[1]) or wrong('hash', queue .. 'evaluators')
    if damage then return damage end
  end
  _, damage = checked('hash', 'HDEL', leases, unpack(tasks))
  if damage then return damage end

  local is_overruled, seen, recorded = votes[#tasks + 1], {}, {}
  local function add(delivery)
    recorded[#recorded + 1], recorded[#recorded + 2] = delivery.index_text, delivery.result
    seen[delivery.index] = true
    finished = finished + 1
    return finished >= run.expected and 'completed' or 'accepted'
  end
  for number = first, last do
    local delivery = deliveries[number]
    local voter = votes[number - first + 1]
    if not is_current(run, delivery.iteration, delivery.index) then
      outcome[number] = 'stale'
    elseif delivered[number - first + 1] or seen[delivery.index] then
      outcome[number] = 'duplicate'
    elseif not delivery.has_failed then
      if voter and voter ~= evaluator then redis.call('HSET', failures, overruled(voter), 1) end
      if is_overruled then redis.call('HDEL', failures, overruled(evaluator)) end
      is_overruled = nil
      outcome[number] = add(delivery)
    elseif not voter or voter == evaluator and others(queue .. 'evaluators', evaluator, name) then
      redis.call('HSET', failures, delivery.index_text, evaluator)
      redis.call('RPUSH', KEYS[1], delivery.task)
      seen[delivery.index], went_back = true, true
      outcome[number] = is_overruled and 'overruled' or 'doubted'
    else
      redis.call('HSET', failures, last_failure, delivery.result:sub(8, 307))
      outcome[number] = add(delivery)
    end
  end
  if #recorded > 0 then
    redis.call('HSET', returns, unpack(recorded))
    if finished >= run.expected then redis.call('RPUSH', results, name .. ' ' .. one.iteration_text) end
  end
end

local number = 1
while number <= count do
  local last = group_end(number)
  local damage = record(number, last)
  if damage then return {tostring(number - 1), unpack(append(outcome, damage))} end
  number = last + 1
end
local position = 3 * count + 4
if ARGV[position] and not went_back then
  local taken = take(queue, evaluator, request_from(position), known)
  -- What is damaged there is the next claim's to say: the results are recorded.
  if taken[1] ~= 'damaged' then append(outcome, taken) end
end
return {tostring(count), unpack(outcome)}
