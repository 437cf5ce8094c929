-- Work that outlives a request: asked for in the transaction of the use case, handed to pg-boss by a relay with a login of its own
-- (trust.md §2.3, docs/decisions/0008-background-jobs.md). This table is the truth; schema pgboss is rebuilt from it.
CREATE TABLE kernel.job (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  job_id uuid NOT NULL,
  name text COLLATE "C" NOT NULL,
  payload jsonb NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  relayed_at timestamptz,
  started_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('done', 'given-up')),
  error text,
  PRIMARY KEY (county_code, job_id),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
COMMENT ON TABLE kernel.job IS 'One row per job that was asked for; the payload holds ids, never records.';
COMMENT ON COLUMN kernel.job.relayed_at IS 'Handed to the queue; a start of the program hands over again what has not ended.';
COMMENT ON COLUMN kernel.job.attempts IS 'How often it was begun, also before a crash; more than its limit gives it up.';
COMMENT ON COLUMN kernel.job.error IS 'Code of the last fault, never its message.';
CREATE INDEX job_open ON kernel.job (asked_at) WHERE ended_at IS NULL;
CREATE INDEX job_by_id ON kernel.job (job_id);
ALTER TABLE kernel.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.job FORCE ROW LEVEL SECURITY;
GRANT INSERT ON kernel.job TO app_area, app_household, app_county, app_system;
CREATE POLICY job_ask ON kernel.job FOR INSERT TO app_area, app_household, app_county, app_system
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));
GRANT SELECT ON kernel.job TO app_system;
CREATE POLICY job_look ON kernel.job FOR SELECT TO app_system USING (county_code = nullif(current_setting('app.county', true), ''));
GRANT USAGE ON SCHEMA kernel TO bangfu_relay;
GRANT SELECT, UPDATE, DELETE ON kernel.job TO bangfu_relay;
CREATE POLICY job_relay ON kernel.job TO bangfu_relay
  USING (kernel.setting('reason') IS NOT NULL) WITH CHECK (kernel.setting('reason') IS NOT NULL);
