-- What evaluators do with tasks, behind the functions that every script shares. All keys follow from
-- `queue`, the prefix of the queue's keys, so that no call carries their names.

-- What is known of tasks of one iteration, given by the texts of their indices: their results, who failed each first,
-- how often each was lost, in the same order; or nil and a damage.
local function records_of(prefix, iteration, indices)
  local results, damage =
    checked('hash', 'HMGET', prefix .. ':returns:' .. iteration, unpack(indices))
  local failures, losses
  if not damage then
    failures, damage = checked('hash', 'HMGET', prefix .. ':failures', unpack(indices))
  end
  if not damage then losses, damage = checked('hash', 'HMGET', prefix .. ':lost', unpack(indices)) end
  if damage then return nil, damage end
  return {results = results, failures = failures, losses = losses}
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
  local fresh = write_lease(evaluator, moment + request.seconds, 1, moment)
  -- At the head of the list stand `gone` tasks that are to leave it, behind them `passed` ones that stay.
  local gone, passed, taken, leased, is_over = 0, 0, {'claimed'}, {}, false

  -- Lets a task leave the list: with all others at its end, or at once if some stay before it.
  local function drop(task)
    if passed == 0 then gone = gone + 1 else redis.call('LREM', tasks, 1, task) end
  end

  -- Looks at tasks of one iteration, from `first` to `last` of `found`.
  local function look(found, first, last, name, iteration, iteration_text, indices)
    local prefix = queue .. 'run:' .. name
    local reason
    if known[name] == nil then
      local run
      run, reason = standing(prefix .. ':state')
      known[name] = run or false
    end
    local run, records, harm = known[name], nil, nil
    if reason then harm = {'damaged', prefix .. ':state', reason} end
    if is_current(run, iteration, 0) then
      records, harm = records_of(prefix, iteration_text, indices)
    end
    if harm then
      damage = wrong('list', dead)
      if damage then return end
      bury_run(dead, name, harm[2], harm[3])
    end
    for place = first, last do
      if #leased >= 2 * wanted or passed >= request.passed then return end
      local task, number = found[place], place - first + 1
      local counts = records and tonumber(indices[number]) < run.expected
      if not counts or records.results[number] then
        drop(task)
      elseif request.refused[name] == run.submission
        or records.failures[number] == evaluator
          and others(queue .. 'evaluators', evaluator, name) then
        -- A task may stand in the list twice; from here on it is taken off by its name.
        if gone > 0 then redis.call('LTRIM', tasks, gone, -1) end
        gone, passed = 0, passed + 1
      else
        local losses = natural(records.losses[number] or '0') or 0
        if losses > 0 and #leased > 0 then
          is_over = true
          return
        end
        drop(task)
        leased[#leased + 1] = task
        leased[#leased + 1] = losses == 0 and fresh
          or write_lease(evaluator, moment + request.seconds, losses + 1, moment)
        taken[#taken + 1] = task
        taken[#taken + 1] = run.submission
        if losses > 0 then
          is_over = true
          return
        end
      end
    end
  end

  while #leased < 2 * wanted and passed < request.passed and not damage and not is_over do
    local from = gone + passed
    local found
    found, damage =
      checked('list', 'LRANGE', tasks, from, from + wanted - #leased / 2 - 1)
    if damage or #found == 0 then break end
    local place = 1
    while place <= #found and not damage and not is_over do
      local name, iteration, _, iteration_text, index = parse_task(found[place])
      if not name then
        damage = wrong('list', dead)
        if damage then break end
        drop(found[place])
        bury(dead, found[place] .. ' malformed task')
        place = place + 1
      else
        local indices, last = {index}, place
        while last < #found do
          local other, _, _, other_text, other_index = parse_task(found[last + 1])
          if other ~= name or other_text ~= iteration_text then break end
          last = last + 1
          indices[#indices + 1] = other_index
        end
        look(found, place, last, name, iteration, iteration_text, indices)
        place = last + 1
      end
    end
  end
  if gone > 0 then redis.call('LTRIM', tasks, gone, -1) end
  if #leased > 0 then
    redis.call('HSET', leases, unpack(leased))
    return taken
  end
  return damage or {passed > 0 and 'left' or 'none'}
end
