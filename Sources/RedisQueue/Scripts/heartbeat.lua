-- Records that an evaluator lives.
-- KEYS: evaluators, drained
-- ARGV: evaluator, status
-- Returns: 'recorded', or 'drained' if the evaluator is to begin nothing
local damage = wrong('hash', KEYS[1])
if damage then return damage end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.3f %s', now(), ARGV[2]))
-- Whether it may go on is no reason to fail: a mark of another type is named where it is set.
return {redis.pcall('HEXISTS', KEYS[2], ARGV[1]) == 1 and 'drained' or 'recorded'}
