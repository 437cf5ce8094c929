-- Ledgers: fields that are gathered from other records or decided by a table (docs/decisions/0036).

-- A record whose gathered fields were worked out anew because another record was written: nobody changed it by hand.
ALTER TABLE ledgers.record_event DROP CONSTRAINT record_event_act_check;
ALTER TABLE ledgers.record_event ADD CONSTRAINT record_event_act_check
  CHECK (act IN ('make', 'change', 'move', 'migrate', 'remove', 'restore', 'sample', 'attach', 'detach', 'gather'));

-- Why a decided field says what it says: which version of which table, asked with what, which rows fired.
CREATE TABLE ledgers.record_decided (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  field_key text COLLATE "C" NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  policy_key text COLLATE "C" NOT NULL,
  version_id text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{12}$'),
  as_of date NOT NULL,
  known_at timestamptz NOT NULL,
  facts jsonb NOT NULL CHECK (jsonb_typeof(facts) = 'object'),
  rules integer[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, record_id, field_key),
  FOREIGN KEY (county_code, record_id) REFERENCES ledgers.record (county_code, record_id)
);
COMMENT ON TABLE ledgers.record_decided IS '@sensitivity C3. What a decision table was asked for a field of a record, and which of its rows fired; the value stands in record_body.';
COMMENT ON COLUMN ledgers.record_decided.hash IS 'First 12 characters of the SHA-256 of the text, its decision and every parameter that it names, as they were in force.';
COMMENT ON COLUMN ledgers.record_decided.as_of IS 'Day for which the version was asked.';
COMMENT ON COLUMN ledgers.record_decided.known_at IS 'Moment at which it was asked: versions published later have no say in it.';
COMMENT ON COLUMN ledgers.record_decided.rules IS 'Rows of the table that fired, from 0.';
CREATE INDEX record_decided_household ON ledgers.record_decided (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('ledgers.record_decided', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY closed_ledger ON ledgers.record_decided AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));
