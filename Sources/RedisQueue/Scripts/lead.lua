-- Gives a service the lead in its role, or more time in it, unless another one holds it.
-- KEYS: leaders
-- ARGV: role, name (empty: only asks), seconds
-- Returns: 'leader' <name> <seconds left> | 'none' (asked, and nobody leads)
local damage = wrong('hash', KEYS[1])
if damage then return damage end
local moment = now()
local holder, expiry = parse_lead(redis.call('HGET', KEYS[1], ARGV[1]))
local is_held = holder and expiry > moment
if ARGV[2] ~= '' and (not is_held or holder == ARGV[2]) then
  holder, expiry, is_held = ARGV[2], moment + ARGV[3], true
  -- A first write that cannot grow: a server at its maxmemory lets work in flight complete.
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%s %.3f', holder, expiry))
end
if not is_held then return {'none'} end
return {'leader', holder, string.format('%.3f', expiry - moment)}
