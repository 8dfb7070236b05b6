-- Begins the account at KEYS[1] anew. The mark z keeps JVMs from telling what it had before.
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'e', ARGV[1], 'z', '1', 'u' .. ARGV[2], ARGV[3])
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], 'n', ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
