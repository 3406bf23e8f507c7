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

-- The number that `text` writes in decimal without leading zeros, below 2^32, or nil.
local function natural(text)
  if not text or #text > 10 or not text:find('^%d+$') or text:find('^0%d') then return nil end
  local number = tonumber(text)
  if number < 4294967295 then return number end
end

-- Run, iteration and index of a task's name, or nil.
local function parse_task(task)
  local run, iteration, index = task:match('^([%w._-]+) (%d+) (%d+)$')
  if not run or #run > 64 then return nil end
  iteration, index = natural(iteration), natural(index)
  if iteration and index then return run, iteration, index end
end

-- Where a run stands: {phase, iteration, expected, over}; nil for an unknown run; nil and a reason
-- for a damaged one.
local function standing(key)
  local found = redis.call('TYPE', key).ok
  if found == 'none' then return nil end
  if found ~= 'hash' then return nil, 'expected a hash, found a ' .. found end
  local phase, iteration, expected =
    unpack(redis.call('HMGET', key, 'phase', 'iteration', 'expected'))
  iteration = iteration == '-1' and -1 or natural(iteration)
  expected = natural(expected)
  if not phase or not iteration or not expected then
    return nil, 'phase, iteration or expected is missing or malformed'
  end
  local over = phase == 'cancelled' or phase == 'finished' or phase == 'failed'
  return {phase = phase, iteration = iteration, expected = expected, over = over}
end

-- Whether evaluation `index` belongs to the iteration that the run is evaluating.
local function is_current(run, iteration, index)
  return run and not run.over and run.iteration == iteration and index < run.expected
end

-- The moment in seconds since 1970, by the server's clock.
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) + tonumber(time[2]) / 1000000
end

-- A lease's holder, expiry, attempt and the moment from which its task is awaited, or nil.
local function parse_lease(lease)
  local evaluator, expiry, attempt, since = lease:match('^(.*) ([%d.]+) (%d+) ([%d.]+)$')
  expiry, attempt, since = tonumber(expiry), natural(attempt), tonumber(since)
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

-- A leader's name and the moment until which it leads, or nil.
local function parse_lead(text)
  local name, expiry = (text or ''):match('^(.+) ([%d.]+)$')
  expiry = tonumber(expiry)
  if expiry then return name, expiry end
end

-- Whether a caller that has to lead does not; one with an empty name does not have to. A leader whose
-- time is over may act until another one takes the lead.
local function displaced(leaders, role, name)
  return name ~= '' and parse_lead(redis.call('HGET', leaders, role)) ~= name
end
