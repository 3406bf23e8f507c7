-- Takes up a run where a snapshot left it. One in progress waits for an update, for evaluations (those
-- without result are queued, taking turns with other runs) or for its reduction.
-- KEYS: runs, forgotten, tasks, results, updates, then the run's state, config, weights, partitions,
--       checkpoint, its returns of the iteration, lost, history and failures
-- ARGV: run, message, limits of runs in progress and of all runs, phase, 'over' | 'parked' | 'going',
--       expected evaluations, history (lines), numbers of fields of state, config, weights,
--       partitions, checkpoint and returns, then field, value, …
-- Returns: 'restored' | 'exists' | 'forgotten' | 'full' <runs in progress> | 'kept' <runs>
local damage = wrong('hash', KEYS[1], KEYS[2]) or wrong('list', KEYS[3], KEYS[4], KEYS[5])
if damage then return damage end
local first = 15 + 2 * tonumber(ARGV[9])
local config = {}
for position = first, first + 2 * tonumber(ARGV[10]) - 1 do config[#config + 1] = ARGV[position] end
local in_progress = ARGV[6] == 'over' and math.huge or ARGV[3]
local refused = refusal(KEYS[1], KEYS[2], ARGV[1], config, in_progress, ARGV[4])
if refused then return refused end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[5])
for position = 6, #KEYS do redis.call('DEL', KEYS[position]) end
local position = 15
for hash = 1, 6 do position = set_fields(KEYS[hash + 5], position, tonumber(ARGV[hash + 8])) end
local lines = {}
for line in ARGV[8]:gmatch('[^\n]+') do lines[#lines + 1] = line end
push('RPUSH', KEYS[13], lines)
if ARGV[6] ~= 'going' then return {'restored'} end
local missing = {}
for index = 0, tonumber(ARGV[7]) - 1 do
  if redis.call('HEXISTS', KEYS[11], index) == 0 then missing[#missing + 1] = ARGV[2] .. ' ' .. index end
end
if ARGV[7] == '0' then
  redis.call('RPUSH', KEYS[5], ARGV[2])
elseif #missing == 0 then
  redis.call('RPUSH', KEYS[4], ARGV[2])
else
  queue_in_turn(KEYS[3], missing)
end
return {'restored'}
