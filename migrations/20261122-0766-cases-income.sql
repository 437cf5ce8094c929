-- Income sheet (收入核算表), department check (信息比对) of a case (policy.md §2.6, §3; docs/decisions/0025-cases.md).

-- One line of evidence: so much of an item, in these months, from this source. Never changed, only withdrawn.
CREATE TABLE cases.income_line (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  income_line_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  person_id uuid,
  item text NOT NULL CHECK (length(item) BETWEEN 1 AND 60),
  month_from text COLLATE "C" NOT NULL CHECK (month_from ~ '^(19|20)[0-9]{2}(0[1-9]|1[0-2])$'),
  month_to text COLLATE "C" NOT NULL CHECK (month_to ~ '^(19|20)[0-9]{2}(0[1-9]|1[0-2])$'),
  amount_fen bigint NOT NULL CHECK (amount_fen BETWEEN -100000000000 AND 100000000000),
  source text NOT NULL CHECK (source IN ('said', 'wage-slip', 'bank-flow', 'list', 'subsidy-list', 'register', 'receipt', 'valued')),
  source_ref text COLLATE "C",
  source_note text NOT NULL DEFAULT '',
  evidence_id uuid,
  noted_by text NOT NULL,
  noted_name text NOT NULL,
  noted_at timestamptz NOT NULL,
  withdrawn_by text,
  withdrawn_name text,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  PRIMARY KEY (county_code, income_line_id),
  CHECK (month_to >= month_from),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  CHECK (source NOT IN ('list', 'register') OR source_ref IS NOT NULL)
);
COMMENT ON TABLE cases.income_line IS '@sensitivity C3. Evidence of what a household received or paid. A mistake is withdrawn with a reason and written anew.';
COMMENT ON COLUMN cases.income_line.amount_fen IS 'Fen, of the whole range of months together; a correction may be below zero. Expenses stand as positive amounts of an expense item.';
COMMENT ON COLUMN cases.income_line.person_id IS 'Whose it is; NULL: the household''s.';
COMMENT ON COLUMN cases.income_line.source_ref IS 'What it was taken from: list, month and row, or field and period of the register. The same one stands once.';
COMMENT ON COLUMN cases.income_line.evidence_id IS 'Attachment (slip, flow, photograph) that shows it.';
CREATE UNIQUE INDEX income_line_source ON cases.income_line (county_code, household_id, source_ref) WHERE withdrawn_at IS NULL AND source_ref IS NOT NULL;
CREATE INDEX income_line_household ON cases.income_line (county_code, household_id, month_from);
CREATE INDEX income_line_area ON cases.income_line (county_code, area_path);
SELECT kernel.protect_area('cases.income_line', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, withdrawn_by, withdrawn_name, withdrawn_at, withdrawn_reason) ON cases.income_line
  TO app_area, app_household, app_county, app_system;

CREATE FUNCTION cases.check_income_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.withdrawn_at IS NOT NULL AND
     (NEW.withdrawn_by, NEW.withdrawn_name, NEW.withdrawn_at, NEW.withdrawn_reason) IS DISTINCT FROM
     (OLD.withdrawn_by, OLD.withdrawn_name, OLD.withdrawn_at, OLD.withdrawn_reason)
  THEN RAISE EXCEPTION 'withdrawn before' USING ERRCODE = 'BF422'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_income_line BEFORE UPDATE ON cases.income_line FOR EACH ROW EXECUTE FUNCTION cases.check_income_line();

-- A number that was computed, with everything it stands on: it comes out the same in later years.
CREATE TABLE cases.income_calculation (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  income_calculation_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('identification', 'elimination', 'yearly')),
  as_of date NOT NULL,
  period_from date NOT NULL,
  period_to date NOT NULL CHECK (period_to > period_from),
  persons smallint NOT NULL CHECK (persons BETWEEN 1 AND 60),
  net_fen bigint,
  per_person_fen bigint,
  reference_per_person_fen bigint,
  stable_per_person_fen bigint,
  left_out uuid[] NOT NULL DEFAULT '{}',
  lines_hash text COLLATE "C" NOT NULL CHECK (lines_hash ~ '^[0-9a-f]{64}$'),
  line_ids uuid[] NOT NULL,
  versions jsonb NOT NULL CHECK (jsonb_typeof(versions) = 'array'),
  terms jsonb NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
  result jsonb NOT NULL CHECK (jsonb_typeof(result) = 'object'),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, income_calculation_id)
);
COMMENT ON TABLE cases.income_calculation IS '@sensitivity C3. Never changed. result: both views with classes, deductions and lines; terms: policy values that were read.';
COMMENT ON COLUMN cases.income_calculation.net_fen IS 'Fen, of the rural view; NULL: an item had no rule in the table cases.income-items.';
COMMENT ON COLUMN cases.income_calculation.stable_per_person_fen IS 'Of the latest months (收入稳定月数) put to a year; NULL: nothing is entered for them.';
COMMENT ON COLUMN cases.income_calculation.left_out IS 'Members who do not share income and spending; their lines are not in it.';
COMMENT ON COLUMN cases.income_calculation.lines_hash IS 'SHA-256 of all lines that held when it was computed.';
CREATE INDEX income_calculation_household ON cases.income_calculation (county_code, household_id, purpose, at);
CREATE INDEX income_calculation_area ON cases.income_calculation (county_code, area_path);
SELECT kernel.protect_area('cases.income_calculation', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON cases.income_calculation TO app_area, app_household, app_county, app_system;

-- What a department was asked about a member, and what it answered.
CREATE TABLE cases.case_check (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  case_check_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL CHECK (round > 0),
  person_id uuid NOT NULL,
  department text NOT NULL CHECK (length(department) BETWEEN 1 AND 40),
  requested_on date NOT NULL,
  came_on date CHECK (came_on >= requested_on),
  result text CHECK (result IN ('nothing', 'found')),
  word text,
  what text,
  noted_by text NOT NULL,
  noted_name text NOT NULL,
  noted_at timestamptz NOT NULL,
  answer text CHECK (answer IN ('speaks-against', 'does-not-speak-against')),
  answer_reason text,
  answered_by text,
  answered_name text,
  answered_at timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  PRIMARY KEY (county_code, case_check_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((result IS NULL) = (came_on IS NULL)),
  CHECK (result IS DISTINCT FROM 'found' OR what IS NOT NULL),
  CHECK (word IS NULL OR result = 'found'),
  CHECK (answer IS NULL OR (result = 'found' AND answer_reason IS NOT NULL AND answered_by IS NOT NULL AND answered_at IS NOT NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
COMMENT ON TABLE cases.case_check IS '@sensitivity C3. One department and member; result NULL: asked, nothing has come yet. What is found is a flag that needs a written reason, never a rejection.';
COMMENT ON COLUMN cases.case_check.word IS 'Situation of the negative list (input of the table cases.negative-list) that it belongs to; NULL: to none.';
CREATE UNIQUE INDEX case_check_once ON cases.case_check (county_code, case_id, round, person_id, department) WHERE withdrawn_at IS NULL;
CREATE INDEX case_check_household ON cases.case_check (county_code, household_id);
CREATE INDEX case_check_area ON cases.case_check (county_code, area_path);
SELECT kernel.protect_area('cases.case_check');
