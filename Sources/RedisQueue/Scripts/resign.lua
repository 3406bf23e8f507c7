-- Frees a role that a service leads, so that another one need not wait for the lease to end.
-- KEYS: leaders
-- ARGV: role, name
-- Returns: 'resigned' | 'elsewhere' (another one leads, or none)
local damage = wrong('hash', KEYS[1])
if damage then return damage end
if displaced(KEYS[1], ARGV[1], ARGV[2]) then return {'elsewhere'} end
redis.call('HDEL', KEYS[1], ARGV[1])
return {'resigned'}
