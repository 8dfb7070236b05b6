-- Nothing was spent in the account at KEYS[1]. The mark z keeps JVMs from telling what it had before; what they hold
-- stays theirs.
if redis.call('TYPE', KEYS[1])['ok'] ~= 'hash' then
  return 0
end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local letter = string.sub(field, 1, 1)
  if letter == 'b' or letter == 'u' or letter == 'c' then
    redis.call('HDEL', KEYS[1], field)
  end
end
redis.call('HSET', KEYS[1], 'e', ARGV[1], 'z', '1')
return 1
