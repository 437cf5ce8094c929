-- What was announced reaches its listeners, once each and in the order in which it happened; repeated work is asked for once a period
-- (docs/decisions/0026-events-and-repeated-work.md).

-- The order: a number given while the announcer holds a shared lock until it commits, so that the relay can see whether a lower one is under way.
CREATE SEQUENCE kernel.outbox_no AS bigint;
GRANT USAGE ON SEQUENCE kernel.outbox_no TO app_area, app_household, app_county, app_system;
ALTER TABLE kernel.outbox ADD COLUMN outbox_no bigint NOT NULL DEFAULT nextval('kernel.outbox_no');
ALTER TABLE kernel.outbox ALTER COLUMN outbox_no DROP DEFAULT;
COMMENT ON COLUMN kernel.outbox.outbox_no IS 'Order in which things happened; given by the trigger, whatever the statement says.';
COMMENT ON COLUMN kernel.outbox.relayed_at IS 'Handed to its listeners as rows of kernel.job, in the same statement.';
CREATE FUNCTION kernel.number_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(430525, 3);
  NEW.outbox_no := nextval('kernel.outbox_no');
  RETURN NEW;
END $$;
CREATE TRIGGER number_outbox BEFORE INSERT ON kernel.outbox FOR EACH ROW EXECUTE FUNCTION kernel.number_outbox();
DROP INDEX kernel.outbox_waiting;
CREATE INDEX outbox_waiting ON kernel.outbox (outbox_no) WHERE relayed_at IS NULL;
GRANT SELECT, UPDATE (relayed_at) ON kernel.outbox TO bangfu_relay;
CREATE POLICY outbox_hand_over ON kernel.outbox TO bangfu_relay
  USING (kernel.setting('reason') IS NOT NULL) WITH CHECK (kernel.setting('reason') IS NOT NULL);

-- One job per event and listener, one per repeated work and period: the database refuses a second one.
ALTER TABLE kernel.job ADD COLUMN outbox_id uuid, ADD COLUMN outbox_no bigint, ADD COLUMN period text COLLATE "C",
  ADD CONSTRAINT job_of_event CHECK ((outbox_id IS NULL) = (outbox_no IS NULL));
COMMENT ON COLUMN kernel.job.outbox_id IS 'The event that this job tells its listener of.';
COMMENT ON COLUMN kernel.job.period IS 'Day or hour (Asia/Shanghai) that this job stands for.';
CREATE UNIQUE INDEX job_once_per_event ON kernel.job (county_code, name, outbox_id) WHERE outbox_id IS NOT NULL;
CREATE UNIQUE INDEX job_once_per_period ON kernel.job (county_code, name, period) WHERE period IS NOT NULL;
CREATE INDEX job_in_line ON kernel.job (county_code, name, outbox_no) WHERE ended_at IS NULL AND outbox_no IS NOT NULL;
GRANT INSERT ON kernel.job TO bangfu_relay;
ALTER POLICY job_ask ON kernel.job
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '') AND outbox_id IS NULL AND period IS NULL);
