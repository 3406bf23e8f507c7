-- Records that an evaluator lives.
-- KEYS: evaluators
-- ARGV: evaluator, status
-- Returns: 'recorded'
local damage = wrong('hash', KEYS[1])
if damage then return damage end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.3f %s', now(), ARGV[2]))
return {'recorded'}
