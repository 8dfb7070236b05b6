-- Whether nobody has set the mark at KEYS[1] before, or it was this very question that did.
local ttl = redis.call('PTTL', KEYS[1])
local first = ttl == -2
if not first and redis.call('TYPE', KEYS[1])['ok'] == 'string' then
  first = redis.call('GET', KEYS[1]) == ARGV[1]
end
if ttl == -2 or (ttl >= 0 and ttl < tonumber(ARGV[2])) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return first and 1 or 0
