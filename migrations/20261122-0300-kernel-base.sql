-- The kernel's own tables and the functions with which every module protects its tables (trust.md §2).
CREATE SCHEMA kernel;
GRANT USAGE ON SCHEMA kernel TO app_area, app_household, app_county, app_system;

-- Settings are written by one function of the database room with BEGIN; a missing or reset setting is NULL and matches no row.
CREATE FUNCTION kernel.setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.' || name, true), '') $$;

-- Second lock for a table whose rows belong to an area: own range, own county, or a system act with a logged reason.
CREATE FUNCTION kernel.protect_area(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  inside text := 'county_code = nullif(current_setting(''app.county'', true), '''')';
  within_range text := inside || ' AND area_path >= nullif(current_setting(''app.lo'', true), '''') AND area_path < nullif(current_setting(''app.hi'', true), '''')';
  own text := inside || ' AND household_id = ANY (string_to_array(nullif(current_setting(''app.households'', true), ''''), '','')::uuid[])';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('GRANT %s ON %s TO app_area, app_county, app_system', privileges, target);
  EXECUTE format('CREATE POLICY area_scope ON %s TO app_area USING (%s) WITH CHECK (%s)', target, within_range, within_range);
  EXECUTE format('CREATE POLICY county_scope ON %s TO app_county, app_system USING (%s) WITH CHECK (%s)', target, inside, inside);
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = target AND attname = 'household_id' AND NOT attisdropped) THEN
    EXECUTE format('GRANT %s ON %s TO app_household', privileges, target);
    EXECUTE format('CREATE POLICY household_scope ON %s TO app_household USING (%s) WITH CHECK (%s)', target, own, own);
  END IF;
END $$;

-- Second lock for a table of the county offices: an area or household role sees no row of it.
CREATE FUNCTION kernel.protect_county(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE') RETURNS void LANGUAGE plpgsql AS $$
DECLARE inside text := 'county_code = nullif(current_setting(''app.county'', true), '''')';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('GRANT %s ON %s TO app_county, app_system', privileges, target);
  EXECUTE format('CREATE POLICY county_scope ON %s TO app_county, app_system USING (%s) WITH CHECK (%s)', target, inside, inside);
END $$;

-- Reference data of the county (areas, organisations, code lists): every role of the county reads, county and system write.
CREATE FUNCTION kernel.protect_reference(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE') RETURNS void LANGUAGE plpgsql AS $$
DECLARE inside text := 'county_code = nullif(current_setting(''app.county'', true), '''')';
BEGIN
  PERFORM kernel.protect_county(target, privileges);
  EXECUTE format('GRANT SELECT ON %s TO app_area, app_household', target);
  EXECUTE format('CREATE POLICY reference_read ON %s FOR SELECT TO app_area, app_household USING (%s)', target, inside);
END $$;

-- Tables read before the county of the caller is known (login names, sessions, the county itself): system acts with a reason only.
CREATE FUNCTION kernel.protect_system(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('GRANT %s ON %s TO app_system', privileges, target);
  EXECUTE format('CREATE POLICY system_scope ON %s TO app_system USING (kernel.setting(''reason'') IS NOT NULL) WITH CHECK (kernel.setting(''reason'') IS NOT NULL)', target);
END $$;

-- Audit: written in the transaction of the act, never changed (trust.md §6).
CREATE TABLE kernel.audit (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  audit_id uuid NOT NULL,
  audit_no bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  caller_id text NOT NULL,
  caller_name text NOT NULL,
  did text NOT NULL,
  object_kind text NOT NULL,
  object_id text NOT NULL,
  reason text,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, audit_id)
);
CREATE INDEX audit_at ON kernel.audit (county_code, at);
ALTER TABLE kernel.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.audit FORCE ROW LEVEL SECURITY;
GRANT INSERT ON kernel.audit TO app_area, app_household, app_county, app_system;
CREATE POLICY audit_write ON kernel.audit FOR INSERT TO app_area, app_household, app_county, app_system
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));
GRANT SELECT ON kernel.audit TO app_county, app_system;
CREATE POLICY audit_read ON kernel.audit FOR SELECT TO app_county, app_system
  USING (county_code = nullif(current_setting('app.county', true), ''));
COMMENT ON TABLE kernel.audit IS 'One row per act, written in the same transaction; the app may only insert and the county offices read.';

-- Idempotency: the key and the answer are stored in the transaction of the act (trust.md §4.1).
CREATE TABLE kernel.idempotency (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  caller_id text NOT NULL,
  key text NOT NULL,
  route text NOT NULL,
  body_hash bytea NOT NULL,
  answer jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, caller_id, key)
);
ALTER TABLE kernel.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.idempotency FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON kernel.idempotency TO app_area, app_household, app_county, app_system;
CREATE POLICY own_keys ON kernel.idempotency TO app_area, app_household, app_county, app_system
  USING (county_code = nullif(current_setting('app.county', true), '') AND caller_id = kernel.setting('caller'))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '') AND caller_id = kernel.setting('caller'));

-- Outbox: what happened, written in the transaction in which it happened; a relay hands it on.
CREATE TABLE kernel.outbox (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  outbox_id uuid NOT NULL,
  event text NOT NULL,
  payload jsonb NOT NULL,
  at timestamptz NOT NULL,
  relayed_at timestamptz,
  PRIMARY KEY (county_code, outbox_id)
);
CREATE INDEX outbox_waiting ON kernel.outbox (county_code, at) WHERE relayed_at IS NULL;
ALTER TABLE kernel.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.outbox FORCE ROW LEVEL SECURITY;
GRANT INSERT ON kernel.outbox TO app_area, app_household, app_county, app_system;
GRANT SELECT, UPDATE ON kernel.outbox TO app_system;
CREATE POLICY outbox_write ON kernel.outbox FOR INSERT TO app_area, app_household, app_county, app_system
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));
CREATE POLICY outbox_relay ON kernel.outbox FOR SELECT TO app_system USING (county_code = nullif(current_setting('app.county', true), ''));
CREATE POLICY outbox_relayed ON kernel.outbox FOR UPDATE TO app_system USING (county_code = nullif(current_setting('app.county', true), ''));

-- A probe that the boot self-test reads as each role: one row inside the scope, none without it.
CREATE TABLE kernel.probe (
  county_code text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid NOT NULL,
  PRIMARY KEY (county_code, area_path)
);
INSERT INTO kernel.probe VALUES ('000000', '00.0000.000000.', '00000000-0000-7000-8000-000000000000');
SELECT kernel.protect_area('kernel.probe', 'SELECT');
