-- Takes the oldest pending task that still counts, under a lease.
-- KEYS: tasks, leases, dead, evaluators
-- ARGV: prefix of the queue's keys, evaluator, seconds, how many tasks are passed over at most,
--       then run, refused submission, …
-- Returns: 'claimed' <task> <submission> | 'left' (to others) | 'none'
local damage = wrong('list', KEYS[1]) or wrong('hash', ARGV[1] .. 'leases')
return damage or take(ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), refused_from(5), {})
