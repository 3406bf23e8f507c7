-- Queues a run's tasks a second time that have been awaited for too long, when none of its tasks is
-- pending, so that a slow or frozen evaluator holds nobody up. Leases stay: the first result counts.
-- KEYS: tasks, leases, the run's state
-- ARGV: run, seconds
-- Returns: 'issued' <task> … (the longest awaited first)
local damage = wrong('list', KEYS[1]) or wrong('hash', KEYS[2])
if damage then return damage end
local run = standing(KEYS[3])
local outcome = {'issued'}
-- Runs take turns, so one that has pending tasks has one near the head.
for _, task in ipairs(redis.call('LRANGE', KEYS[1], 0, 999)) do
  if task:match('^[^ ]*') == ARGV[1] then return outcome end
end
local moment = now()
local late = {}
local leases = redis.call('HGETALL', KEYS[2])
for position = 1, #leases, 2 do
  local task = leases[position]
  local name, iteration, index = parse_task(task)
  local holder, expiry, attempt, since = parse_lease(leases[position + 1])
  if holder and name == ARGV[1] and is_current(run, iteration, index)
    and (moment - since > tonumber(ARGV[2]) or since > moment + 1) then
    late[#late + 1] = {
      task = task, since = since, lease = write_lease(holder, expiry, attempt, moment)
    }
  end
end
table.sort(late, function(a, b)
  if a.since ~= b.since then return a.since < b.since end
  return a.task < b.task
end)
local names = {}
for position, lease in ipairs(late) do
  redis.call('HSET', KEYS[2], lease.task, lease.lease)
  names[position] = lease.task
  outcome[#outcome + 1] = lease.task
end
queue_in_turn(KEYS[1], names)
return outcome
