-- Takes the oldest pending task that still counts, under a lease. Tasks of runs that are over or
-- past their iteration or damaged, and tasks that have a result, are dropped on the way; malformed ones
-- and damaged runs are listed as dead; those of refused submissions stay, and those that this evaluator
-- has failed, while there is another one to try them.
-- KEYS: tasks, leases, dead, evaluators
-- ARGV: prefix of run keys, evaluator, seconds, how many refused tasks are passed over at most,
--       then run, refused submission, …
-- Returns: 'claimed' <task> <submission> | 'left' (to others) | 'none'
-- The keys of a run's state, returns, lost leases and failures follow from the task.
local damage = wrong('list', KEYS[1], KEYS[3]) or wrong('hash', KEYS[2], KEYS[4])
if damage then return damage end
local refused = {}
for position = 5, #ARGV, 2 do refused[ARGV[position]] = ARGV[position + 1] end
local known, passed = {}, 0
-- Takes the task behind those passed over off the list.
local function drop(task)
  if passed == 0 then redis.call('LPOP', KEYS[1]) else redis.call('LREM', KEYS[1], 1, task) end
end
while passed < tonumber(ARGV[4]) do
  local task = redis.call('LINDEX', KEYS[1], passed)
  if not task then break end
  local name, iteration, index = parse_task(task)
  if not name then
    drop(task)
    bury(KEYS[3], task .. ' malformed task')
  else
    local prefix = ARGV[1] .. name
    if known[name] == nil then
      local run, reason = standing(prefix .. ':state')
      if reason then bury_run(KEYS[3], name, prefix .. ':state', reason) end
      known[name] = run or false
    end
    local run = known[name]
    local current = is_current(run, iteration, index)
    local returns, lost = prefix .. ':returns:' .. iteration, prefix .. ':lost'
    local failures = prefix .. ':failures'
    if current then
      damage = wrong('hash', returns, lost, failures)
      if damage then bury_run(KEYS[3], name, damage[2], damage[3]) end
      current = not damage
    end
    if not current or redis.call('HEXISTS', returns, index) == 1 then
      drop(task)
    elseif refused[name] == run.submission
      or redis.call('HGET', failures, index) == ARGV[2] and others(KEYS[4], ARGV[2], name) then
      passed = passed + 1
    else
      drop(task)
      local losses = natural(redis.call('HGET', lost, index) or '0') or 0
      local moment = now()
      redis.call(
        'HSET', KEYS[2], task, write_lease(ARGV[2], moment + ARGV[3], losses + 1, moment))
      return {'claimed', task, run.submission}
    end
  end
end
return {passed > 0 and 'left' or 'none'}
