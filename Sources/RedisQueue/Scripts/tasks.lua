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

-- What a call asks for that takes tasks, from ARGV's position `first` on: seconds of the leases, how many tasks
-- are passed over at most, how many are taken at most, how many slots the evaluator has, then run, refused
-- submission, …
local function request_from(first)
  local request = {
    seconds = ARGV[first], passed = tonumber(ARGV[first + 1]), most = tonumber(ARGV[first + 2]),
    slots = tonumber(ARGV[first + 3]), refused = {}
  }
  for position = first + 4, #ARGV, 2 do request.refused[ARGV[position]] = ARGV[position + 1] end
  return request
end

-- How many tasks are taken of those pending: at most half of a slot's share, if every evaluator has as many slots;
-- at least one.
local function bundle(queue, request)
  if request.most == 1 then return 1 end
  local pending, damage = checked('list', 'LLEN', queue .. 'tasks')
  local evaluators
  if not damage then evaluators, damage = checked('hash', 'HLEN', queue .. 'evaluators') end
  if damage then return nil, damage end
  local share = math.floor(pending / (2 * request.slots * math.max(1, evaluators)))
  return math.max(1, math.min(request.most, share))
end

-- Takes the oldest pending tasks that still count, under leases. Tasks of runs that are over
-- or past their iteration or damaged, and tasks that have a result, are dropped on the way; malformed ones
-- and damaged runs are listed as dead; those of refused submissions stay, and those that this evaluator
-- has failed, while there is another one to try them. Past `passed` of these none is looked for. A task that was
-- lost before is taken alone: if it is what ends evaluators, no other is lost with it again.
-- `known` runs are those whose standing was just read; `leases` is to have been read or written before.
-- Returns: {'claimed', task, submission, …} | {'left'} (to others) | {'none'} | a damage
local function take(queue, evaluator, request, known)
  local tasks, leases, dead = queue .. 'tasks', queue .. 'leases', queue .. 'dead'
  local wanted, damage = bundle(queue, request)
  if damage then return damage end
  local moment = now()
  local passed, taken, held = 0, {'claimed'}, {}
  -- Takes the task behind those passed over off the list.
  local function drop(task)
    if passed == 0 then redis.call('LPOP', tasks) else redis.call('LREM', tasks, 1, task) end
  end
  while #held < 2 * wanted and passed < request.passed do
    local task
    task, damage = checked('list', 'LINDEX', tasks, passed)
    if damage then break end
    if not task then break end
    local name, iteration, index = parse_task(task)
    if not name then
      damage = wrong('list', dead)
      if damage then break end
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
        if other then
          damage = other
          break
        end
        bury_run(dead, name, damage[2], damage[3])
        damage = nil
      end
      if not record or record.delivered then
        drop(task)
      elseif request.refused[name] == run.submission
        or record.first == evaluator and others(queue .. 'evaluators', evaluator, name) then
        passed = passed + 1
      elseif record.losses > 0 and #held > 0 then
        break
      else
        drop(task)
        held[#held + 1] = task
        held[#held + 1] =
          write_lease(evaluator, moment + request.seconds, record.losses + 1, moment)
        taken[#taken + 1] = task
        taken[#taken + 1] = run.submission
        if record.losses > 0 then break end
      end
    end
  end
  if #held > 0 then
    redis.call('HSET', leases, unpack(held))
    return taken
  end
  return damage or {passed > 0 and 'left' or 'none'}
end
