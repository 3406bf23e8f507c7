-- Functions that every script shares; the loader puts this text in front of each.
--
-- Scripts do not roll back, so each one checks all it needs before its first write. A server that
-- refuses writes (disk full, read-only replica) refuses the first one, and maxmemory refuses only a
-- first write that may grow: `submit` and `publish` begin with such a write, so a full server takes
-- no new work, while work in flight completes and its reduction frees memory.
--
-- Each script returns a list of texts: a word, then values. {'damaged', key, reason} names a key
-- that holds what it should not.

-- The damage of the first key that holds another type than `kind`, or nil.
local function wrong(kind, ...)
  for _, key in ipairs({...}) do
    local found = redis.call('TYPE', key).ok
    if found ~= 'none' and found ~= kind then
      return {'damaged', key, 'expected a ' .. kind .. ', found a ' .. found}
    end
  end
end

-- The reply of a command that reads or deletes, or nil and the key's damage: its type is asked only where
-- the command finds another.
local function checked(kind, command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return reply end
  local damage = wrong(kind, key)
  if damage then return nil, damage end
  -- Another error is the caller's.
  return redis.call(command, key, ...)
end

-- The number that `text` writes in decimal without leading zeros, below 2^32, or nil.
local function natural(text)
  if not text or #text > 10 or not text:find('^%d+$') or text:find('^0%d') then return nil end
  local number = tonumber(text)
  if number < 4294967295 then return number end
end

-- Run, iteration and index of a task's name, then the texts of the last two, or nil. Where a command or a key
-- needs them the texts serve: a number would be printed as a floating-point one, which takes longer than the command.
local function parse_task(task)
  local run, iteration_text, index_text = task:match('^([%w._-]+) (%d+) (%d+)$')
  if not run or #run > 64 then return nil end
  local iteration, index = natural(iteration_text), natural(index_text)
  if iteration and index then return run, iteration, index, iteration_text, index_text end
end

-- Where a run can stand.
local phases = {
  submitted = true, running = true, paused = true, suspended = true, cancelled = true, finished = true,
  failed = true
}

-- Where a run stands: {phase, iteration, expected, over, submission}; nil for an unknown run; nil and
-- a reason for a damaged one.
local function standing(key)
  local values, damage =
    checked('hash', 'HMGET', key, 'phase', 'iteration', 'expected', 'submission')
  if damage then return nil, damage[3] end
  local phase, iteration, expected, submission = unpack(values)
  if not phase and not submission and redis.call('EXISTS', key) == 0 then return nil end
  iteration = iteration == '-1' and -1 or natural(iteration)
  expected = natural(expected)
  if not phases[phase] or not iteration or not expected then
    return nil, 'phase, iteration or expected is missing or malformed'
  end
  local over = phase == 'cancelled' or phase == 'finished' or phase == 'failed'
  return {
    phase = phase, iteration = iteration, expected = expected, over = over,
    submission = submission or ''
  }
end

-- Whether a run is another submission than the one named; '' names none.
local function replaced(run, submission)
  return submission ~= '' and (not run or 'of ' .. run.submission ~= submission)
end

-- Whether evaluation `index` belongs to the iteration that the run is evaluating.
local function is_current(run, iteration, index)
  return run and not run.over and run.phase ~= 'suspended' and run.iteration == iteration
    and index < run.expected
end

-- The moment in seconds since 1970, by the server's clock.
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) + tonumber(time[2]) / 1000000
end

-- The longest that a lease or a lead is given for. The clock may go back (a power cut, no clock that
-- runs on); an expiry further ahead than that is of another time and has expired.
local longest = 60

-- The expiry itself, or the distant past where it is further ahead than any that is given.
local function credible(expiry)
  return expiry and (expiry > now() + longest and 0 or expiry)
end

-- A lease's holder, expiry, attempt and the moment from which its task is awaited, or nil.
local function parse_lease(lease)
  local evaluator, expiry, attempt, since = lease:match('^(.*) ([%d.]+) (%d+) ([%d.]+)$')
  expiry, attempt, since = credible(tonumber(expiry)), natural(attempt), tonumber(since)
  if expiry and attempt and since then return evaluator, expiry, attempt, since end
end

-- The text of a lease.
local function write_lease(evaluator, expiry, attempt, since)
  return string.format('%s %.3f %d %.3f', evaluator, expiry, attempt, since)
end

-- Sets `count` field-value pairs of ARGV, from position `first`; returns the position behind them.
local function set_fields(key, first, count)
  for position = first, first + 2 * count - 2, 2 do
    redis.call('HSET', key, ARGV[position], ARGV[position + 1])
  end
  return first + 2 * count
end

-- Appends a line to the dead list, which keeps its last 1,000.
local function bury(dead, line)
  redis.call('RPUSH', dead, line)
  redis.call('LTRIM', dead, -1000, -1)
end

-- Says once in the dead list that a run is damaged, whose messages are then dropped so that others go on.
local function bury_run(dead, run, key, reason)
  local line = run .. ' damaged: ' .. key .. ', ' .. reason
  for _, other in ipairs(redis.call('LRANGE', dead, -1000, -1)) do
    if other == line then return end
  end
  bury(dead, line)
end

-- `list` with the elements of `others` behind its own.
local function append(list, others)
  for _, element in ipairs(others) do list[#list + 1] = element end
  return list
end

-- How many pending tasks a publication looks at, which bounds what it costs.
local window = 10000

-- Pushes texts onto a list with `command`, a thousand at a time.
local function push(command, key, texts)
  for first = 1, #texts, 1000 do
    redis.call(command, key, unpack(texts, first, math.min(first + 999, #texts)))
  end
end

-- Queues tasks of one run so that runs take turns: before the n-th of them stand at most n tasks of
-- each other run. Those that find no place within the window go to the end; the others keep their order.
local function queue_in_turn(tasks, names)
  local merged, ranks, placed, taken = {}, {}, 0, 0
  local pending, first = {}, 0
  while placed < #names and taken < window do
    if taken == first + #pending then
      pending, first = redis.call('LRANGE', tasks, taken, taken + 999), taken
      if #pending == 0 then break end
    end
    taken = taken + 1
    local task = pending[taken - first]
    local run = task:match('^[^ ]*')
    local rank = ranks[run] or 0
    ranks[run] = rank + 1
    while placed < rank and placed < #names do
      placed = placed + 1
      merged[#merged + 1] = names[placed]
    end
    merged[#merged + 1] = task
  end
  if taken > 0 then
    redis.call('LTRIM', tasks, taken, -1)
    local reversed = {}
    for position = #merged, 1, -1 do reversed[#reversed + 1] = merged[position] end
    push('LPUSH', tasks, reversed)
  end
  local rest = {}
  for position = placed + 1, #names do rest[#rest + 1] = names[position] end
  push('RPUSH', tasks, rest)
end

-- Tasks of the run's iteration that have no result and that nobody holds: neither pending nor leased.
local function vanished(name, run, returns, tasks, leases)
  local delivered = {}
  for _, index in ipairs(redis.call('HKEYS', returns)) do delivered[index] = true end
  local missing, count = {}, 0
  for index = 0, run.expected - 1 do
    local task = name .. ' ' .. run.iteration .. ' ' .. index
    if not delivered[tostring(index)] and redis.call('HEXISTS', leases, task) == 0 then
      missing[task], count = index, count + 1
    end
  end
  local first = 0
  while count > 0 do
    local pending = redis.call('LRANGE', tasks, first, first + 999)
    if #pending == 0 then break end
    for _, task in ipairs(pending) do
      if missing[task] then missing[task], count = nil, count - 1 end
    end
    first = first + 1000
  end
  local names = {}
  for task in pairs(missing) do names[#names + 1] = task end
  table.sort(names, function(a, b) return missing[a] < missing[b] end)
  return names
end

-- Seconds without a heartbeat after which an evaluator counts as gone.
local silence = 10

-- Whether an evaluator other than `name` is alive and at work that can run `run`.
local function others(evaluators, name, run)
  local moment = now()
  local heartbeats = redis.call('HGETALL', evaluators)
  for position = 1, #heartbeats, 2 do
    local seen, text = heartbeats[position + 1]:match('^([%d.]+) (.*)$')
    seen = tonumber(seen)
    if heartbeats[position] ~= name and seen and math.abs(moment - seen) < silence then
      local is_json, status = pcall(cjson.decode, text)
      if not is_json or type(status) ~= 'table' then status = {} end
      local refuses = type(status.cannotRun) == 'table' and status.cannotRun[run] ~= nil
      if not refuses and status.drained ~= true then return true end
    end
  end
  return false
end

-- The fields of a run's failures: why the last one failed; whether others have finished what an
-- evaluator had failed; and by index, who failed an evaluation of the iteration in progress first.
local last_failure = 'last'
local function overruled(evaluator) return 'overruled ' .. evaluator end

-- Forgets who failed which evaluation of an iteration that is over.
local function forget_votes(failures)
  for _, field in ipairs(redis.call('HKEYS', failures)) do
    if natural(field) then redis.call('HDEL', failures, field) end
  end
end

-- The digest of a configuration, given as field, value, … in any order.
local function digest(config)
  local lines = {}
  for position = 1, #config, 2 do
    lines[#lines + 1] = #config[position] .. ' ' .. config[position] .. ' ' .. config[position + 1]
  end
  table.sort(lines)
  return redis.sha1hex(table.concat(lines, '\n'))
end

-- Why the queue does not take a run, as a script's outcome, or nil: 'exists', 'forgotten' (its name
-- belonged to a run of another configuration), 'full' <runs in progress> or 'kept' <runs>.
local function refusal(runs, forgotten, run, config, in_progress, kept)
  if redis.call('HEXISTS', runs, run) == 1 then return {'exists'} end
  local former = redis.call('HGET', forgotten, run)
  if former and former ~= digest(config) then return {'forgotten'} end
  local known = redis.call('HGETALL', runs)
  local going = 0
  for position = 2, #known, 2 do
    local phase = known[position]
    if phase == 'submitted' or phase == 'running' or phase == 'paused' or phase == 'suspended' then
      going = going + 1
    end
  end
  if going >= tonumber(in_progress) then return {'full', tostring(going)} end
  if #known / 2 >= tonumber(kept) then return {'kept', tostring(#known / 2)} end
end

-- A leader's name and the moment until which it leads, or nil.
local function parse_lead(text)
  local name, expiry = (text or ''):match('^(.+) ([%d.]+)$')
  expiry = credible(tonumber(expiry))
  if expiry then return name, expiry end
end

-- Whether a caller that has to lead does not; one with an empty name does not have to. A leader whose
-- time is over may act until another one takes the lead.
local function displaced(leaders, role, name)
  return name ~= '' and parse_lead(redis.call('HGET', leaders, role)) ~= name
end
