-- All that a dashboard shows, at one moment. Damage hides nothing else: a key that holds another type
-- than expected counts as empty and is named.
-- KEYS: tasks, results, updates, dead, leases, evaluators, leaders, runs
-- ARGV: prefix of run keys, how many lines of history at most, number of roles, the roles that a service
--       leads in, number of fields, the fields of checkpoints, then run, stamp, lines that are known, …
-- Returns lists: lengths of tasks, results, updates, dead and leases, the server's time in seconds, the
--          first task, INFO; who leads in each role (empty: nobody); evaluator, heartbeat, …; evaluator,
--          tasks that it holds, …; key, reason, … of damage; then for each run its name, phase, stamp,
--          results, retries and lines of history, a list of those that were not known, and unless it
--          stands as it was known to: config, state, last failure, fields of its checkpoint, last line of
--          its history, and key, reason, … of damage
-- The keys of runs follow from their names.
local fault
-- The reply to a command, nil where its key holds another type, which `damage` then names.
local function read(damage, ...)
  local reply, key = redis.pcall(...), (select(2, ...))
  if type(reply) ~= 'table' or not reply.err then return reply end
  if not reply.err:find('WRONGTYPE', 1, true) then
    fault = fault or reply
  elseif damage[#damage - 1] ~= key then
    damage[#damage + 1] = key
    damage[#damage + 1] = 'it holds a ' .. redis.call('TYPE', key).ok
  end
end

local damage = {}
local head = {}
for position = 1, 4 do head[position] = tostring(read(damage, 'LLEN', KEYS[position]) or 0) end
local leases = read(damage, 'HGETALL', KEYS[5]) or {}
head[5] = tostring(#leases / 2)
head[6] = string.format('%.3f', now())
head[7] = read(damage, 'LINDEX', KEYS[1], 0) or ''
local info = redis.pcall('INFO')
head[8] = type(info) == 'string' and info or ''
-- What its own file was refused is told apart by what each command was refused.
if head[8]:find('errorstat_NOPERM', 1, true) then
  local stats = redis.pcall('INFO', 'commandstats')
  if type(stats) == 'string' then head[8] = head[8] .. '\n' .. stats end
end

local leaders, holders, held = {}, {}, {}
local place = 4
for _ = 1, tonumber(ARGV[3]) do
  local leader, expiry = parse_lead(read(damage, 'HGET', KEYS[7], ARGV[place]) or '')
  leaders[#leaders + 1] = leader and expiry > now() and leader or ''
  place = place + 1
end
for position = 2, #leases, 2 do
  local evaluator = parse_lease(leases[position])
  if evaluator then held[evaluator] = (held[evaluator] or 0) + 1 end
end
for evaluator, count in pairs(held) do
  holders[#holders + 1] = evaluator
  holders[#holders + 1] = tostring(count)
end

local fields = {}
for position = place + 1, place + tonumber(ARGV[place]) do fields[#fields + 1] = ARGV[position] end
place = place + #fields + 1
local known, wanted = {}, {}
for position = place, #ARGV, 3 do
  known[ARGV[position]] = {stamp = ARGV[position + 1], lines = tonumber(ARGV[position + 2])}
  wanted[#wanted + 1] = ARGV[position]
end

local standings = {'phase', 'iteration', 'expected', 'submission', 'message', 'parked'}
local outcome = {head, leaders, read(damage, 'HGETALL', KEYS[6]) or {}, holders, damage}
local entries = {}
local runs = read(damage, 'HGETALL', KEYS[8]) or {}
for position = 1, #runs, 2 do
  local name, phase = runs[position], runs[position + 1]
  local entry = {name, phase, '', '0', '0', '0', {}}
  if #name <= 64 and name:find('^[%w._-]+$') then
    local prefix, wounds = ARGV[1] .. name, {}
    local history, failures = prefix .. ':history', prefix .. ':failures'
    local state = read(wounds, 'HMGET', prefix .. ':state', unpack(standings)) or {}
    local last = read(wounds, 'HGET', failures, 'last')
    local lines = read(wounds, 'LLEN', history) or 0
    local parts = {
      phase, read(wounds, 'HLEN', prefix .. ':config') or 0,
      read(wounds, 'HLEN', prefix .. ':checkpoint') or 0, lines, last or '',
    }
    for number = 1, #standings do parts[#parts + 1] = state[number] or '' end
    local stamp = table.concat(parts, ' ') .. ' ' .. table.concat(wounds, ' ')
    local retries = 0
    if phases[phase] and tonumber(state[2]) and tonumber(state[3]) ~= 0 then
      entry[4] = tostring(read(wounds, 'HLEN', prefix .. ':returns:' .. state[2]) or 0)
      local lost = read(wounds, 'HGETALL', prefix .. ':lost') or {}
      for number = 2, #lost, 2 do retries = retries + (natural(lost[number]) or 0) end
      for _, field in ipairs(read(wounds, 'HKEYS', failures) or {}) do
        if natural(field) then retries = retries + 1 end
      end
    end
    entry[3], entry[5], entry[6] = stamp, tostring(retries), tostring(lines)
    if not known[name] or known[name].stamp ~= stamp then
      entry[8] = read(wounds, 'HGETALL', prefix .. ':config') or {}
      entry[9] = read(wounds, 'HGETALL', prefix .. ':state') or {}
      entry[10] = last or false
      entry[11] = read(wounds, 'HMGET', prefix .. ':checkpoint', unpack(fields)) or {}
      entry[12] = read(wounds, 'LINDEX', history, -1) or false
      entry[13] = wounds
    end
  end
  entries[name] = entry
  outcome[#outcome + 1] = entry
end

local left = tonumber(ARGV[2])
for _, name in ipairs(wanted) do
  local entry, first = entries[name], known[name].lines
  if entry and left > 0 and first < tonumber(entry[6]) then
    entry[7] = read({}, 'LRANGE', ARGV[1] .. name .. ':history', first, first + left - 1) or {}
    left = left - #entry[7]
  end
end
return fault or outcome
