-- All that fixes how a run goes on, at one moment.
-- KEYS: the run's state, config, weights, partitions, checkpoint, history
-- ARGV: prefix of its returns keys
-- Returns: 'snapshot', then for each of the five hashes and the returns the number of fields and
--          field, value, …, then the history's lines | 'unknown'
-- The key of its returns follows from the iteration in its state.
local run, reason = standing(KEYS[1])
if reason then return {'damaged', KEYS[1], reason} end
if not run then return {'unknown'} end
local hashes = {KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], ARGV[1] .. run.iteration}
local damage = wrong('hash', unpack(hashes)) or wrong('list', KEYS[6])
if damage then return damage end
local outcome = {'snapshot'}
for _, key in ipairs(hashes) do
  local fields = redis.call('HGETALL', key)
  outcome[#outcome + 1] = tostring(#fields / 2)
  for _, text in ipairs(fields) do outcome[#outcome + 1] = text end
end
for _, line in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do outcome[#outcome + 1] = line end
return outcome
