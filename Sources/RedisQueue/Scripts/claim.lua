-- Takes the oldest pending task that still counts, under a lease. Tasks of runs that are over or
-- past their iteration, and tasks that have a result, are dropped on the way; malformed ones are
-- listed as dead.
-- KEYS: tasks, leases, dead
-- ARGV: prefix of run keys, evaluator, seconds
-- Returns: 'claimed' <task> | 'none'
-- The keys of a run's state, returns and lost leases follow from the task.
local damage = wrong('list', KEYS[1], KEYS[3]) or wrong('hash', KEYS[2])
if damage then return damage end
local known = {}
while true do
  local task = redis.call('LINDEX', KEYS[1], 0)
  if not task then return {'none'} end
  local name, iteration, index = parse_task(task)
  if not name then
    redis.call('LPOP', KEYS[1])
    bury(KEYS[3], task .. ' malformed task')
  else
    local prefix = ARGV[1] .. name
    if known[name] == nil then
      local run, reason = standing(prefix .. ':state')
      if reason then return {'damaged', prefix .. ':state', reason} end
      known[name] = run or false
    end
    local current = is_current(known[name], iteration, index)
    local returns, lost = prefix .. ':returns:' .. iteration, prefix .. ':lost'
    if current then
      damage = wrong('hash', returns, lost)
      if damage then return damage end
    end
    redis.call('LPOP', KEYS[1])
    if current and redis.call('HEXISTS', returns, index) == 0 then
      local losses = natural(redis.call('HGET', lost, index) or '0') or 0
      local moment = now()
      redis.call(
        'HSET', KEYS[2], task, write_lease(ARGV[2], moment + ARGV[3], losses + 1, moment))
      return {'claimed', task}
    end
  end
end
