-- Replaces the message at the head of the updates list by the next iteration's tasks, which take
-- turns with those of other runs.
-- KEYS: updates, tasks, runs, state, weights, partitions, checkpoint, lost
--       and its returns of the next iteration, leaders
-- ARGV: message, run, iteration of the message, number of tasks, numbers of weights, partitions and
--       checkpoint fields (-1: leave the hash as it is), who has to lead (empty: whoever
--       leads), 'of <submission>' (empty: any), iteration that begins, then field, value, …
-- Returns: 'published' | 'elsewhere' (the message is not at the head, or of another submission)
--          | 'stale' (it was dropped)
--          | 'parked' (the run is paused) | 'displaced' (another controller leads)
local damage = wrong('list', KEYS[1], KEYS[2]) or wrong('hash', KEYS[3], KEYS[7], KEYS[10])
if damage then return damage end
local run, reason = standing(KEYS[4])
if reason then return {'damaged', KEYS[4], reason} end
if displaced(KEYS[10], 'controller', ARGV[8]) then return {'displaced'} end
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] or replaced(run, ARGV[9]) then return {'elsewhere'} end
local iteration, count, begun = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[10])
if not run or run.over or run.iteration ~= iteration or run.expected > 0 then
  redis.call('LPOP', KEYS[1])
  return {'stale'}
end
if run.phase == 'paused' then
  redis.call('HSET', KEYS[4], 'parked', ARGV[1])
  redis.call('LPOP', KEYS[1])
  return {'parked'}
end
redis.call('HSET', KEYS[3], ARGV[2], 'running')
local position = 11
for hash = 5, 7 do
  local fields = tonumber(ARGV[hash])
  if fields >= 0 then
    if hash < 7 then redis.call('DEL', KEYS[hash]) end
    position = set_fields(KEYS[hash], position, fields)
  end
end
redis.call('DEL', KEYS[8], KEYS[9])
redis.call('HSET', KEYS[4], 'phase', 'running', 'iteration', begun, 'expected', count)
redis.call('LPOP', KEYS[1])
local prefix = ARGV[2] .. ' ' .. begun .. ' '
local names = {}
for index = 0, count - 1 do names[index + 1] = prefix .. index end
queue_in_turn(KEYS[2], names)
return {'published'}
