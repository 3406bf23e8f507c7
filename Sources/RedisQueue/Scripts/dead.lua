-- What was given up and where it stands now; queues those tasks again whose failed result stands, if
-- asked, at the head, and takes back the announcement of their iteration.
-- KEYS: dead, tasks, results
-- ARGV: prefix of run keys, run (empty for all), 'look' | 'requeue'
-- Returns: 'dead', then line, 'lost' | 'pending' | 'delivered' | 'reduced' | 'over' | 'malformed', …
--          as they stood before
-- The keys of a run's state, returns and lost leases follow from the task.
local damage = wrong('list', KEYS[1], KEYS[2], KEYS[3])
if damage then return damage end
local outcome, lost = {'dead'}, {}
for _, line in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  local task = line:match('^([^ ]+ %d+ %d+) lost ')
  local name, iteration, index
  if task then name, iteration, index = parse_task(task) end
  local found = 'malformed'
  if name then
    local prefix = ARGV[1] .. name
    local run = standing(prefix .. ':state')
    if not run or run.over then
      found = 'over'
    elseif not is_current(run, iteration, index) then
      found = 'reduced'
    else
      local returns, losses = prefix .. ':returns:' .. iteration, prefix .. ':lost'
      local damaged = wrong('hash', returns, losses)
      local result = not damaged and redis.call('HGET', returns, index)
      found = damaged and 'over' or not result and 'pending' or result:sub(1, 12) == 'failed lost ' and 'lost' or 'delivered'
      if found == 'lost' and (ARGV[2] == '' or ARGV[2] == name) then
        lost[#lost + 1] = {
          line = line, task = task, index = index, returns = returns, losses = losses,
          message = name .. ' ' .. iteration
        }
      end
    end
  end
  if ARGV[2] == '' or ARGV[2] == name then
    outcome[#outcome + 1] = line
    outcome[#outcome + 1] = found
  end
end
if ARGV[3] == 'look' then return outcome end
for position = #lost, 1, -1 do
  local entry = lost[position]
  redis.call('LREM', KEYS[1], 0, entry.line)
  if redis.call('HDEL', entry.returns, entry.index) == 1 then
    redis.call('HDEL', entry.losses, entry.index)
    redis.call('LREM', KEYS[3], 0, entry.message)
    redis.call('LPUSH', KEYS[2], entry.task)
  end
end
return outcome
