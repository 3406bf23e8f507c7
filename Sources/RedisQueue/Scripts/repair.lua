-- Issues again what a run waits for and nobody holds: tasks that are neither pending, leased nor
-- delivered, the announcement of a complete iteration, or the update after a reduced one. Looks only
-- if nothing has moved since the last call.
-- KEYS: tasks, leases, results, updates, the run's state, its lost leases, its failures
-- ARGV: run, prefix of its returns keys, where it stood at the last call (empty: unknown)
-- Returns: 'moving' <where it stands> | 'whole' | 'tasks' <number> | 'result' | 'update'
-- The key of its returns follows from the iteration in its state.
local damage = wrong('list', KEYS[1], KEYS[3], KEYS[4]) or wrong('hash', KEYS[2])
if damage then return damage end
local run, reason = standing(KEYS[5])
if reason then return {'damaged', KEYS[5], reason} end
if not run or run.phase ~= 'running' and run.phase ~= 'submitted' then return {'whole'} end
local returns = ARGV[2] .. run.iteration
damage = wrong('hash', returns, KEYS[6], KEYS[7])
if damage then return damage end
local delivered = redis.call('HLEN', returns)
local place = string.format('%d %d %d', run.iteration, run.expected, delivered)
if place ~= ARGV[3] then return {'moving', place} end
local message = ARGV[1] .. ' ' .. run.iteration
-- A first write that cannot grow: a server at its maxmemory lets work in flight complete.
redis.call('HDEL', KEYS[2], '')
if run.expected == 0 then
  if redis.call('LPOS', KEYS[4], message) then return {'whole'} end
  redis.call('RPUSH', KEYS[4], message)
  return {'update'}
end
if delivered >= run.expected then
  if redis.call('LPOS', KEYS[3], message) then return {'whole'} end
  redis.call('RPUSH', KEYS[3], message)
  return {'result'}
end
local names = vanished(ARGV[1], run, returns, KEYS[1], KEYS[2])
if #names == 0 then return {'whole'} end
queue_in_turn(KEYS[1], names)
return {'tasks', tostring(#names)}
