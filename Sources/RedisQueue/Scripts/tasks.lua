-- What evaluators do with tasks, behind the functions that every script shares. All keys follow from
-- `queue`, the prefix of the queue's keys, so that no call carries their names.

-- Whether a task has a result, who failed it first and how often it was lost; or nil and a damage.
local function record_of(prefix, iteration, index)
  local delivered, damage = checked('hash', 'HEXISTS', prefix .. ':returns:' .. iteration, index)
  local first, losses
  if not damage then first, damage = checked('hash', 'HGET', prefix .. ':failures', index) end
  if not damage then losses, damage = checked('hash', 'HGET', prefix .. ':lost', index) end
  if damage then return nil, damage end
  return {delivered = delivered == 1, first = first, losses = natural(losses or '0') or 0}
end

-- Refused submissions by run, which ARGV names in turn from position `first` on.
local function refused_from(first)
  local refused = {}
  for position = first, #ARGV, 2 do refused[ARGV[position]] = ARGV[position + 1] end
  return refused
end

-- Takes the oldest pending task that still counts, under a lease of `seconds`. Tasks of runs that are over
-- or past their iteration or damaged, and tasks that have a result, are dropped on the way; malformed ones
-- and damaged runs are listed as dead; those of `refused` submissions stay, and those that this evaluator
-- has failed, while there is another one to try them. Past `most` of these none is looked for.
-- `known` runs are those whose standing was just read; `leases` is to have been read or written before.
-- Returns: {'claimed', task, submission} | {'left'} (to others) | {'none'} | a damage
local function take(queue, evaluator, seconds, most, refused, known)
  local tasks, leases, dead = queue .. 'tasks', queue .. 'leases', queue .. 'dead'
  local damage
  local passed = 0
  -- Takes the task behind those passed over off the list.
  local function drop(task)
    if passed == 0 then redis.call('LPOP', tasks) else redis.call('LREM', tasks, 1, task) end
  end
  while passed < most do
    local task
    task, damage = checked('list', 'LINDEX', tasks, passed)
    if damage then return damage end
    if not task then break end
    local name, iteration, index = parse_task(task)
    if not name then
      damage = wrong('list', dead)
      if damage then return damage end
      drop(task)
      bury(dead, task .. ' malformed task')
    else
      local prefix = queue .. 'run:' .. name
      local found, reason
      if known[name] == nil then
        found, reason = standing(prefix .. ':state')
        if reason then damage = {'damaged', prefix .. ':state', reason} end
        known[name] = found or false
      end
      local run, record = known[name], nil
      if is_current(run, iteration, index) then
        record, damage = record_of(prefix, iteration, index)
      end
      if damage then
        local other = wrong('list', dead)
        if other then return other end
        bury_run(dead, name, damage[2], damage[3])
        damage = nil
      end
      if not record or record.delivered then
        drop(task)
      elseif refused[name] == run.submission
        or record.first == evaluator and others(queue .. 'evaluators', evaluator, name) then
        passed = passed + 1
      else
        drop(task)
        local moment = now()
        redis.call(
          'HSET', leases, task, write_lease(evaluator, moment + seconds, record.losses + 1, moment))
        return {'claimed', task, run.submission}
      end
    end
  end
  return {passed > 0 and 'left' or 'none'}
end
