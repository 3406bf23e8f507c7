-- Takes the oldest pending tasks that still count, under leases.
-- KEYS: tasks, leases, dead, evaluators
-- ARGV: prefix of the queue's keys, evaluator, then what is asked for (see `request_from`)
-- Returns: 'claimed' <task> <submission> … | 'left' (to others) | 'none'
local damage = wrong('list', KEYS[1]) or wrong('hash', ARGV[1] .. 'leases')
return damage or take(ARGV[1], ARGV[2], request_from(3), {})
