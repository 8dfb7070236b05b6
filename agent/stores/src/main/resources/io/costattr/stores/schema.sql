-- What budgets keep in PostgreSQL 12 or later. The agent makes it when it is not there, and may then do without
-- the right to create: SELECT, INSERT, UPDATE and DELETE on the tables, EXECUTE on the function.
CREATE TABLE IF NOT EXISTS costattr_budget_account (
  key text PRIMARY KEY,
  epoch integer NOT NULL,
  name text,
  reset boolean NOT NULL DEFAULT false,
  expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS costattr_budget_account_expires ON costattr_budget_account (expires);

CREATE TABLE IF NOT EXISTS costattr_budget_spent (
  key text NOT NULL REFERENCES costattr_budget_account ON DELETE CASCADE,
  slot bigint NOT NULL,
  base bigint NOT NULL,
  posted bigint NOT NULL,
  PRIMARY KEY (key, slot)
);

CREATE TABLE IF NOT EXISTS costattr_budget_jvm (
  key text NOT NULL REFERENCES costattr_budget_account ON DELETE CASCADE,
  jvm text NOT NULL,
  slot bigint NOT NULL,
  posted bigint NOT NULL,
  heard timestamptz NOT NULL,
  PRIMARY KEY (key, jvm, slot)
);

CREATE TABLE IF NOT EXISTS costattr_budget_lease (
  key text NOT NULL REFERENCES costattr_budget_account ON DELETE CASCADE,
  jvm text NOT NULL,
  amount bigint NOT NULL,
  expires timestamptz NOT NULL,
  PRIMARY KEY (key, jvm)
);

CREATE TABLE IF NOT EXISTS costattr_budget_mark (
  key text PRIMARY KEY,
  token text NOT NULL,
  expires timestamptz NOT NULL
);

-- For each account: takes what a JVM has spent, grants it a lease. The same as exchange.lua, see there. Accounts
-- are locked in the order of their keys, and until the end of the statement that calls this.
CREATE OR REPLACE FUNCTION costattr_budget_exchange_1(
  p_jvm text, p_lease_ms bigint, p_new_epoch integer,
  p_key text[], p_slot bigint[], p_from bigint[], p_stale bigint[], p_name text[],
  p_posted bigint[], p_fresh bigint[], p_known bigint[], p_epoch integer[],
  p_limit bigint[], p_need bigint[], p_want bigint[], p_ttl_ms bigint[])
RETURNS TABLE (
  r_number integer, r_epoch integer, r_spent bigint, r_in_slot bigint, r_lease bigint, r_scarce boolean)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  most CONSTANT numeric := 9223372036854775807;
  v_now timestamptz;
  v_reset boolean;
  v_was bigint;
  v_delta numeric;
  v_spent numeric;
  v_here numeric;
  v_others numeric;
  v_own numeric;
  v_left numeric;
  v_ends timestamptz;
  i integer;
BEGIN
  FOR i IN SELECT n FROM generate_subscripts(p_key, 1) n ORDER BY p_key[n], n LOOP
    INSERT INTO costattr_budget_account AS a (key, epoch, name, expires)
      VALUES (p_key[i], p_new_epoch, nullif(p_name[i], ''),
        clock_timestamp() + p_ttl_ms[i] * interval '1 ms')
      ON CONFLICT (key) DO UPDATE SET expires = CASE
        WHEN excluded.expires > a.expires + interval '1 hour' THEN excluded.expires ELSE a.expires END
      RETURNING a.epoch, a.reset INTO r_epoch, v_reset;
    v_now := clock_timestamp();

    SELECT j.posted INTO v_was FROM costattr_budget_jvm j
      WHERE j.key = p_key[i] AND j.jvm = p_jvm AND j.slot = p_slot[i];
    v_delta := CASE WHEN FOUND THEN greatest(0, p_posted[i]::numeric - v_was) ELSE p_fresh[i] END;
    INSERT INTO costattr_budget_spent AS s (key, slot, base, posted)
      VALUES (p_key[i], p_slot[i],
        CASE WHEN p_epoch[i] <> 0 AND p_epoch[i] <> r_epoch AND NOT v_reset THEN p_known[i] ELSE 0 END,
        v_delta)
      ON CONFLICT (key, slot) DO UPDATE SET
        base = greatest(s.base, excluded.base),
        posted = least(most, s.posted::numeric + excluded.posted)
      RETURNING s.base::numeric + s.posted INTO v_here;
    IF p_posted[i] > 0 THEN
      INSERT INTO costattr_budget_jvm AS j (key, jvm, slot, posted, heard)
        VALUES (p_key[i], p_jvm, p_slot[i], p_posted[i], v_now)
        ON CONFLICT (key, jvm, slot) DO UPDATE SET posted = excluded.posted, heard = excluded.heard;
    END IF;
    DELETE FROM costattr_budget_jvm j WHERE j.key = p_key[i] AND j.heard < v_now - interval '1 hour';
    DELETE FROM costattr_budget_spent s WHERE s.key = p_key[i] AND s.slot < p_stale[i];
    SELECT coalesce(sum(s.base::numeric + s.posted), 0) INTO v_spent FROM costattr_budget_spent s
      WHERE s.key = p_key[i] AND s.slot >= p_from[i];

    SELECT coalesce(sum(l.amount), 0) INTO v_others FROM costattr_budget_lease l
      WHERE l.key = p_key[i] AND l.jvm <> p_jvm AND l.expires > v_now;
    SELECT l.amount, l.expires INTO v_own, v_ends FROM costattr_budget_lease l
      WHERE l.key = p_key[i] AND l.jvm = p_jvm AND l.expires > v_now;
    IF NOT FOUND THEN
      v_own := 0;
      v_ends := v_now + p_lease_ms * interval '1 ms';
    END IF;
    v_own := greatest(0, v_own - v_delta);
    v_left := greatest(0, p_limit[i] - v_spent - v_others);
    r_scarce := v_left < div(p_limit[i], 10);
    IF p_need[i] >= 0 THEN
      v_own := greatest(
        least(v_own, p_want[i]),
        least(v_left, CASE WHEN r_scarce THEN p_need[i]
          ELSE least(p_want[i], p_need[i] + div(v_left, 8)) END));
      v_ends := v_now + p_lease_ms * interval '1 ms';
    END IF;
    IF v_own > 0 THEN
      INSERT INTO costattr_budget_lease AS l (key, jvm, amount, expires)
        VALUES (p_key[i], p_jvm, v_own, v_ends)
        ON CONFLICT (key, jvm) DO UPDATE SET amount = excluded.amount, expires = excluded.expires;
      DELETE FROM costattr_budget_lease l WHERE l.key = p_key[i] AND l.expires <= v_now;
    ELSE
      DELETE FROM costattr_budget_lease l
        WHERE l.key = p_key[i] AND (l.jvm = p_jvm OR l.expires <= v_now);
    END IF;

    r_number := i;
    r_spent := least(most, v_spent);
    r_in_slot := least(most, v_here);
    r_lease := v_own;
    RETURN NEXT;
  END LOOP;
END
$$;
