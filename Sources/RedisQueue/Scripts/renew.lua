-- Extends the leases that an evaluator holds on tasks that still count; other leases of it end.
-- KEYS: leases
-- ARGV: prefix of run keys, evaluator, seconds, task, …
-- Returns: 'lost' <task> … (those it no longer holds)
-- The key of a run's state follows from the task.
local damage = wrong('hash', KEYS[1])
if damage then return damage end
local outcome = {'lost'}
local expiry = now() + ARGV[3]
for position = 4, #ARGV do
  local task = ARGV[position]
  local holder, _, attempt, since = parse_lease(redis.call('HGET', KEYS[1], task) or '')
  if holder == ARGV[2] then
    local name, iteration, index = parse_task(task)
    if name and is_current(standing(ARGV[1] .. name .. ':state'), iteration, index) then
      redis.call('HSET', KEYS[1], task, write_lease(holder, expiry, attempt, since))
    else
      redis.call('HDEL', KEYS[1], task)
      outcome[#outcome + 1] = task
    end
  else
    outcome[#outcome + 1] = task
  end
end
return outcome
