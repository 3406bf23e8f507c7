-- Queues a run's tasks a second time that have been awaited for too long, when no task is pending, so
-- that a slow or frozen evaluator holds nobody up. Leases stay: the first result of a task counts.
-- KEYS: tasks, leases, the run's state
-- ARGV: run, seconds
-- Returns: 'issued' <task> … (the longest awaited first)
local damage = wrong('list', KEYS[1]) or wrong('hash', KEYS[2])
if damage then return damage end
local run, reason = standing(KEYS[3])
if reason then return {'damaged', KEYS[3], reason} end
local outcome = {'issued'}
if redis.call('LLEN', KEYS[1]) > 0 then return outcome end
local moment = now()
local late = {}
local leases = redis.call('HGETALL', KEYS[2])
for position = 1, #leases, 2 do
  local task = leases[position]
  local name, iteration, index = parse_task(task)
  local holder, expiry, attempt, since = parse_lease(leases[position + 1])
  if holder and name == ARGV[1] and is_current(run, iteration, index)
    and moment - since > tonumber(ARGV[2]) then
    late[#late + 1] = {
      task = task, since = since, lease = write_lease(holder, expiry, attempt, moment)
    }
  end
end
table.sort(late, function(a, b)
  if a.since ~= b.since then return a.since < b.since end
  return a.task < b.task
end)
for _, lease in ipairs(late) do
  redis.call('RPUSH', KEYS[1], lease.task)
  redis.call('HSET', KEYS[2], lease.task, lease.lease)
  outcome[#outcome + 1] = lease.task
end
return outcome
