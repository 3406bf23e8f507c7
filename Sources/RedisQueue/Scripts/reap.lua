-- Ends leases that expired. Their tasks go back to the head of the queue, the earliest expiry first;
-- a task lost too often gets a failed result and a line in the dead list. Evaluators that have been
-- silent for long are forgotten.
-- KEYS: tasks, leases, results, dead, evaluators, drained
-- ARGV: prefix of run keys, attempts, seconds of silence
-- Returns: 'reaped', then for each task: task, evaluator, attempt, 'pending' | 'dead'
-- The keys of a run's state, returns, lost leases and failures follow from the task.
local damage = wrong('list', KEYS[1], KEYS[3], KEYS[4]) or wrong('hash', KEYS[2], KEYS[5])
if damage then return damage end
local moment = now()
local expired = {}
local leases = redis.call('HGETALL', KEYS[2])
for position = 1, #leases, 2 do
  local holder, expiry = parse_lease(leases[position + 1])
  if not holder or expiry < moment then
    local task = leases[position]
    local name, iteration, index = parse_task(task)
    local lease = {
      task = task, holder = holder or 'unknown', expiry = expiry or 0, index = index,
      message = name and name .. ' ' .. iteration
    }
    if name then
      local prefix = ARGV[1] .. name
      lease.returns, lease.lost = prefix .. ':returns:' .. iteration, prefix .. ':lost'
      lease.failures = prefix .. ':failures'
      lease.run = standing(prefix .. ':state')
      lease.current = is_current(lease.run, iteration, index)
      lease.current = lease.current and not wrong('hash', lease.returns, lease.lost, lease.failures)
    end
    expired[#expired + 1] = lease
  end
end
table.sort(expired, function(a, b)
  if a.expiry ~= b.expiry then return a.expiry < b.expiry end
  return a.task < b.task
end)

local outcome = {'reaped'}
local pending = {}
for _, lease in ipairs(expired) do
  redis.call('HDEL', KEYS[2], lease.task)
  if lease.current and redis.call('HEXISTS', lease.returns, lease.index) == 0 then
    local lost = (natural(redis.call('HGET', lease.lost, lease.index) or '0') or 0) + 1
    redis.call('HSET', lease.lost, lease.index, lost)
    local fate = 'pending'
    if lost < tonumber(ARGV[2]) then
      pending[#pending + 1] = lease.task
    else
      fate = 'dead'
      local reason = 'lost ' .. lost .. ' times, last by ' .. lease.holder
      redis.call('HSET', lease.returns, lease.index, 'failed ' .. reason)
      redis.call('HSET', lease.failures, last_failure, reason:sub(1, 300))
      bury(KEYS[4], lease.task .. ' ' .. reason)
      if redis.call('HLEN', lease.returns) == lease.run.expected then
        redis.call('RPUSH', KEYS[3], lease.message)
      end
    end
    for _, value in ipairs({lease.task, lease.holder, tostring(lost), fate}) do
      outcome[#outcome + 1] = value
    end
  end
end
for position = #pending, 1, -1 do redis.call('LPUSH', KEYS[1], pending[position]) end

local heartbeats = redis.call('HGETALL', KEYS[5])
for position = 1, #heartbeats, 2 do
  local seen = tonumber(heartbeats[position + 1]:match('^[%d.]+'))
  if not seen or math.abs(moment - seen) > tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[5], heartbeats[position])
    redis.pcall('HDEL', KEYS[6], heartbeats[position])
  end
end
return outcome
