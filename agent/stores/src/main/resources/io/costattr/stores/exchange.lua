-- One account: takes what a JVM has spent, grants it a lease. Whoever changes this reads
-- docs/decisions/023-shared-budget-stores.md first.
--
-- The hash at KEYS[1]:
--   e              by which JVMs see that the hash is not the one that they knew
--   z              it was reset: what JVMs knew before does not come back
--   n              for whom it is, where the key does not tell
--   b<slot>        spent, as JVMs remembered it when the hash had been lost
--   u<slot>        spent, as posted since then
--   c<jvm>:<slot>  how much of it that JVM has posted : when
--   l<jvm>         what that JVM may hold : until when
--
-- Lua's numbers are exact to 2^53 only, which is 9,007 USD in pico-USD: amounts are pairs here.
local BASE, HOUR = 1e9, 3600000

local function amount(text)
  if not text or not string.match(text, '^%d+$') or #text > 19 then
    return {0, 0}
  end
  local n = #text
  if n <= 9 then
    return {0, tonumber(text)}
  end
  return {tonumber(string.sub(text, 1, n - 9)), tonumber(string.sub(text, n - 8))}
end

local function less(a, b)
  return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
end

local MOST = amount('9223372036854775807')

local function plus(a, b)
  local high, low = a[1] + b[1], a[2] + b[2]
  if low >= BASE then
    high, low = high + 1, low - BASE
  end
  local sum = {high, low}
  return less(MOST, sum) and MOST or sum
end

-- Never less than nothing.
local function minus(a, b)
  if less(a, b) then
    return {0, 0}
  end
  local high, low = a[1] - b[1], a[2] - b[2]
  if low < 0 then
    high, low = high - 1, low + BASE
  end
  return {high, low}
end

local function part(a, n)
  local high = math.floor(a[1] / n)
  return {high, math.floor(((a[1] - high * n) * BASE + a[2]) / n)}
end

local function text(a)
  return a[1] == 0 and string.format('%d', a[2]) or string.format('%d%09d', a[1], a[2])
end

local function least(a, b)
  return less(a, b) and a or b
end

local function most(a, b)
  return less(a, b) and b or a
end

local key = KEYS[1]
local jvm, slot = ARGV[1], ARGV[6]
local posted, fresh, known, knownEpoch = amount(ARGV[2]), amount(ARGV[3]), amount(ARGV[4]), ARGV[5]
local from, stale = tonumber(ARGV[7]), tonumber(ARGV[8])
local limit, keep = amount(ARGV[9]), ARGV[10] == '-1'
local need, want = amount(ARGV[10]), amount(ARGV[11])
local leasedFor, ttl = tonumber(ARGV[12]), tonumber(ARGV[13])
local newEpoch, name = ARGV[14], ARGV[15]

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- Nothing but a hash is ours.
local kind = redis.call('TYPE', key)['ok']
if kind ~= 'hash' and kind ~= 'none' then
  redis.call('DEL', key)
end
local fields = {}
local all = redis.call('HGETALL', key)
for i = 1, #all, 2 do
  fields[all[i]] = all[i + 1]
end

local epoch = fields['e']
if not epoch or not string.match(epoch, '^[1-9]%d*$') or #epoch > 9 then
  epoch = newEpoch
  redis.call('HSET', key, 'e', epoch)
  if name ~= '' then
    redis.call('HSET', key, 'n', name)
  end
end

-- What was spent.
local ownCount = 'c' .. jvm .. ':' .. slot
local count = fields[ownCount]
local delta = fresh
if count then
  delta = minus(posted, amount(string.match(count, '^%d+')))
end
if knownEpoch ~= '0' and knownEpoch ~= epoch and not fields['z'] then
  local base = most(amount(fields['b' .. slot]), known)
  fields['b' .. slot] = text(base)
  redis.call('HSET', key, 'b' .. slot, text(base))
end
if delta[1] > 0 or delta[2] > 0 then
  local sum = plus(amount(fields['u' .. slot]), delta)
  fields['u' .. slot] = text(sum)
  redis.call('HSET', key, 'u' .. slot, text(sum))
end
if posted[1] > 0 or posted[2] > 0 then
  redis.call('HSET', key, ownCount, text(posted) .. ':' .. string.format('%d', now))
end

-- What all have spent, and others hold.
local spent, others = {0, 0}, {0, 0}
for field, value in pairs(fields) do
  local letter, rest = string.sub(field, 1, 1), string.sub(field, 2)
  if letter == 'b' or letter == 'u' then
    local of = tonumber(rest)
    if not of or of < stale then
      redis.call('HDEL', key, field)
    elseif of >= from then
      spent = plus(spent, amount(value))
    end
  elseif letter == 'l' then
    local ends = tonumber(string.match(value, ':(%d+)$'))
    if not ends or ends <= now then
      redis.call('HDEL', key, field)
      if rest == jvm then
        fields[field] = nil
      end
    elseif rest ~= jvm then
      others = plus(others, amount(string.match(value, '^%d+')))
    end
  elseif letter == 'c' and field ~= ownCount then
    local when = tonumber(string.match(value, ':(%d+)$'))
    if not when or when < now - HOUR then
      redis.call('HDEL', key, field)
    end
  end
end

-- What this JVM may hold.
local ownLease = 'l' .. jvm
local lease = fields[ownLease]
local own = lease and minus(amount(string.match(lease, '^%d+')), delta) or {0, 0}
local left = minus(limit, plus(spent, others))
local scarce = less(left, part(limit, 10))
local ends = string.format('%d', now + leasedFor)
if keep then
  ends = lease and string.match(lease, ':(%d+)$') or ends
else
  local grant = scarce and need or least(want, plus(need, part(left, 8)))
  own = most(least(own, want), least(grant, left))
end
if own[1] > 0 or own[2] > 0 then
  redis.call('HSET', key, ownLease, text(own) .. ':' .. ends)
elseif lease then
  redis.call('HDEL', key, ownLease)
end
if redis.call('PTTL', key) < ttl then
  redis.call('PEXPIRE', key, ttl)
end
local here = plus(amount(fields['b' .. slot]), amount(fields['u' .. slot]))
return {epoch, text(spent), text(here), text(own), scarce and '1' or '0'}
