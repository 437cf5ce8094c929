-- Screening: the compare wizard at full strength — terms, authorisations, rows that wait, repairs of the register, rest of dismissed
-- reasons, the county's own thresholds (trust.md §5.4, ux.md D8).

ALTER TABLE screening.comparison_run
  ADD COLUMN sharing_item text NOT NULL DEFAULT '',
  ADD COLUMN expires_on date,
  ADD COLUMN thresholds_from date,
  ADD COLUMN left_out jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN rested integer NOT NULL DEFAULT 0 CHECK (rested >= 0);
COMMENT ON COLUMN screening.comparison_run.sharing_item IS '共享事项: under which item of the sharing catalogue the lists were given.';
COMMENT ON COLUMN screening.comparison_run.expires_on IS 'Last day on which the sharing holds; NULL where the paper names none.';
COMMENT ON COLUMN screening.comparison_run.thresholds_from IS 'The day from which the thresholds of this run hold; NULL when a file of the command line brought them.';
COMMENT ON COLUMN screening.comparison_run.left_out IS 'Rows and persons left out because no current authorisation was there: {"rows": n, "persons": n}.';
COMMENT ON COLUMN screening.comparison_run.rested IS 'Reasons that were not asked about again, because an earlier visit dismissed the same facts.';

ALTER TABLE screening.receipt
  ADD COLUMN left_out bigint NOT NULL DEFAULT 0 CHECK (left_out >= 0),
  ADD COLUMN destroy_due_at timestamptz,
  ADD COLUMN destroyed_by text;
COMMENT ON COLUMN screening.receipt.destroy_due_at IS 'When the staged file must be gone: the end of the run and the days that the terms allow, 72 hours at most.';
CREATE INDEX receipt_due ON screening.receipt (county_code, destroy_due_at) WHERE file_id IS NOT NULL;

ALTER TABLE screening.matched_row ADD COLUMN rest text;
COMMENT ON COLUMN screening.matched_row.rest IS '16 hexadecimal digits: hash of the row without running number and person; medical rows that agree in it count once.';

ALTER TABLE screening.open_match
  ADD COLUMN row_key text COLLATE "C",
  ADD COLUMN waiting bytea,
  ADD COLUMN wait_until timestamptz,
  ADD COLUMN outcome text CHECK (outcome IN ('matched', 'left-out', 'nobody', 'choice-only'));
COMMENT ON COLUMN screening.open_match.waiting IS 'Name and needed facts of the row, encrypted; NULL once a person has decided or 72 hours have passed.';
COMMENT ON COLUMN screening.open_match.outcome IS 'choice-only: the row was destroyed before the decision, which counts from the next list on.';
CREATE INDEX open_match_waiting ON screening.open_match (county_code, wait_until) WHERE waiting IS NOT NULL;

-- Whom people meant by rows of a key; the key is a keyed hash, so nothing of the row stays.
CREATE TABLE screening.row_choice (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  list text NOT NULL,
  row_key text COLLATE "C" NOT NULL CHECK (row_key ~ '^[0-9a-f]{16}$'),
  person_id uuid,
  chosen_by text NOT NULL,
  chosen_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, list, row_key)
);
COMMENT ON COLUMN screening.row_choice.person_id IS 'NULL: none of the persons who fit.';
SELECT kernel.protect_county('screening.row_choice', 'SELECT, INSERT, UPDATE, DELETE');

-- Rows that show that the register itself is wrong; a person proposes the correction, or not.
CREATE TABLE screening.repair (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  repair_id uuid NOT NULL,
  run_id uuid NOT NULL,
  receipt_id text COLLATE "C" NOT NULL,
  list text NOT NULL,
  sheet text NOT NULL,
  row_no integer NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  cause text NOT NULL,
  field text NOT NULL,
  value bytea,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'proposed', 'refused', 'expired')),
  correction_id uuid,
  wait_until timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (county_code, repair_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id),
  FOREIGN KEY (county_code, receipt_id) REFERENCES screening.receipt (county_code, receipt_id)
);
COMMENT ON COLUMN screening.repair.value IS 'What the list states, encrypted; NULL once proposed, refused or after 72 hours.';
CREATE INDEX repair_run ON screening.repair (county_code, run_id);
SELECT kernel.protect_county('screening.repair', 'SELECT, INSERT, UPDATE');

ALTER TABLE screening.lead_reason ADD COLUMN measure numeric, ADD COLUMN band text CHECK (band IN ('concern', 'others'));
COMMENT ON COLUMN screening.lead_reason.measure IS 'The number that the limit is about, in the limit''s unit (yuan, months, days); NULL for rules without a number.';
COMMENT ON COLUMN screening.lead_reason.band IS 'Which limit held: concern for registered or monitored households, others; NULL where the rule has one limit.';

-- Reasons that rest: an earlier visit dismissed them and their facts have not grown since.
CREATE TABLE screening.rested_reason (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  rested_reason_id uuid NOT NULL,
  run_id uuid NOT NULL,
  month text COLLATE "C" NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  rule text NOT NULL,
  list text NOT NULL,
  person_id uuid,
  value text NOT NULL,
  dismissed_value text NOT NULL,
  dismissed_lead_id uuid NOT NULL,
  dismissed_by text NOT NULL,
  dismissed_note text NOT NULL,
  dismissed_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, rested_reason_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id)
);
CREATE INDEX rested_reason_run ON screening.rested_reason (county_code, run_id);
SELECT kernel.protect_area('screening.rested_reason', 'SELECT, INSERT, DELETE');

-- 授权书: who has authorised which queries, until when.
CREATE TABLE screening.authorisation (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  authorisation_id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  given_on date NOT NULL,
  valid_until date NOT NULL,
  lists text[] NOT NULL DEFAULT '{}',
  paper text NOT NULL,
  source text NOT NULL CHECK (source IN ('hand', 'sheet')),
  noted_by text NOT NULL,
  noted_by_name text NOT NULL,
  noted_at timestamptz NOT NULL,
  revoked_on date,
  revoke_reason text,
  revoked_by text,
  PRIMARY KEY (county_code, authorisation_id),
  CHECK (valid_until >= given_on),
  CHECK (revoked_on IS NULL OR revoke_reason IS NOT NULL)
);
COMMENT ON COLUMN screening.authorisation.person_id IS 'NULL: signed for the whole household.';
COMMENT ON COLUMN screening.authorisation.lists IS 'The lists that may be compared; empty: all of them.';
COMMENT ON COLUMN screening.authorisation.paper IS 'Number of the paper, or where it or its photograph is kept.';
COMMENT ON COLUMN screening.authorisation.revoked_on IS 'From this day on it no longer holds.';
CREATE INDEX authorisation_household ON screening.authorisation (county_code, household_id);
CREATE UNIQUE INDEX authorisation_once ON screening.authorisation (county_code, household_id, coalesce(person_id, household_id), given_on, paper);
SELECT kernel.protect_area('screening.authorisation');

-- Which lists the county compares only with an authorisation; the shipped policy holds until the county says otherwise.
CREATE TABLE screening.list_demand (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  list text NOT NULL,
  effective_from date NOT NULL,
  is_demanded boolean NOT NULL,
  reason text NOT NULL,
  set_by text NOT NULL,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, list, effective_from)
);
SELECT kernel.protect_reference('screening.list_demand');

-- The county's own limits, each from a day on; the shipped ones hold before.
CREATE TABLE screening.county_threshold (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  county_threshold_id uuid NOT NULL,
  effective_from date NOT NULL,
  thresholds jsonb NOT NULL,
  reason text NOT NULL,
  based_on jsonb NOT NULL DEFAULT '{}',
  set_by text NOT NULL,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, county_threshold_id)
);
COMMENT ON COLUMN screening.county_threshold.based_on IS 'What the answers said when the limit was changed: rule, old and new limit, answers, precision, recall.';
CREATE INDEX county_threshold_from ON screening.county_threshold (county_code, effective_from, set_at);
SELECT kernel.protect_reference('screening.county_threshold', 'SELECT, INSERT');
