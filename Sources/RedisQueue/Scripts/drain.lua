-- Lets evaluators begin nothing, or again, until they end.
-- KEYS: evaluators, drained
-- ARGV: 'drain' | 'undo', then evaluators
-- Returns: 'marked', then those of them that are not there; if there is one, nothing was changed
local damage = wrong('hash', KEYS[1], KEYS[2])
if damage then return damage end
local outcome = {'marked'}
for position = 2, #ARGV do
  if redis.call('HEXISTS', KEYS[1], ARGV[position]) == 0 then
    outcome[#outcome + 1] = ARGV[position]
  end
end
if #outcome > 1 then return outcome end
for position = 2, #ARGV do
  if ARGV[1] == 'drain' then
    redis.call('HSET', KEYS[2], ARGV[position], string.format('%.3f', now()))
  else
    redis.call('HDEL', KEYS[2], ARGV[position])
  end
end
return outcome
