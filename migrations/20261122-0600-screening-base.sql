-- Screening: comparison runs, receipts of departments' lists, what matched, keyed row hashes, leads (design.md §5, trust.md §5.4).
CREATE SCHEMA screening;
GRANT USAGE ON SCHEMA screening TO app_area, app_household, app_county, app_system;

-- How a sender lays out a list: remembered so that the next month needs no questions.
CREATE TABLE screening.column_mapping (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  sender text NOT NULL,
  layout_hash text NOT NULL,
  list text NOT NULL,
  columns jsonb NOT NULL,
  confirmed_by text NOT NULL,
  confirmed_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, sender, layout_hash)
);
COMMENT ON COLUMN screening.column_mapping.layout_hash IS 'SHA-256 of the tidy labels in their order; holds no cell.';
SELECT kernel.protect_county('screening.column_mapping');

CREATE TABLE screening.comparison_run (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  run_id uuid NOT NULL,
  month text COLLATE "C" NOT NULL CHECK (month ~ '^20[0-9]{2}(0[1-9]|1[0-2])$'),
  state text NOT NULL CHECK (state IN ('staged', 'running', 'done', 'failed')),
  fault text,
  sender text NOT NULL,
  purpose text NOT NULL,
  legal_basis text NOT NULL,
  retention_days smallint NOT NULL CHECK (retention_days BETWEEN 0 AND 3),
  thresholds jsonb NOT NULL,
  register_revision text,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_expected bigint NOT NULL DEFAULT 0,
  classes jsonb NOT NULL DEFAULT '{}',
  causes jsonb NOT NULL DEFAULT '{}',
  delta jsonb NOT NULL DEFAULT '{}',
  leads integer NOT NULL DEFAULT 0,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (county_code, run_id)
);
CREATE INDEX comparison_run_month ON screening.comparison_run (county_code, month, started_at);
-- Holds no person; a village reads the thresholds under which its leads were raised.
SELECT kernel.protect_reference('screening.comparison_run');

-- What stays of a file that was compared.
CREATE TABLE screening.receipt (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  receipt_id text COLLATE "C" NOT NULL CHECK (receipt_id ~ '^[0-9a-f]{32}$'),
  run_id uuid NOT NULL,
  file_id uuid,
  list text,
  file_name text NOT NULL,
  file_hash text COLLATE "C" NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  rows bigint NOT NULL DEFAULT 0,
  classes jsonb NOT NULL DEFAULT '{}',
  causes jsonb NOT NULL DEFAULT '{}',
  notes jsonb NOT NULL DEFAULT '[]',
  mapping jsonb NOT NULL DEFAULT '[]',
  received_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  PRIMARY KEY (county_code, receipt_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id)
);
COMMENT ON COLUMN screening.receipt.receipt_id IS '128 random bits, not guessable.';
COMMENT ON COLUMN screening.receipt.file_id IS 'The staged file in quarantine; NULL once destroyed, or where the command line read the sender''s own file.';
CREATE INDEX receipt_run ON screening.receipt (county_code, run_id);
SELECT kernel.protect_county('screening.receipt', 'SELECT, INSERT, UPDATE, DELETE');

-- Rows that matched: the fields a reading needs, nothing else of the row.
CREATE TABLE screening.matched_row (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  matched_row_id uuid NOT NULL,
  run_id uuid NOT NULL,
  month text COLLATE "C" NOT NULL,
  list text NOT NULL,
  receipt_id text COLLATE "C" NOT NULL,
  sheet text NOT NULL,
  row_no integer NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  class text NOT NULL CHECK (class IN ('exact', 'normalised', 'repaired', 'fuzzy')),
  cause text NOT NULL,
  row_key text NOT NULL,
  facts jsonb NOT NULL,
  PRIMARY KEY (county_code, matched_row_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id),
  FOREIGN KEY (county_code, receipt_id) REFERENCES screening.receipt (county_code, receipt_id)
);
COMMENT ON COLUMN screening.matched_row.row_key IS '16 hexadecimal digits: the keyed hash of the row''s key, as in row_hash_block.';
CREATE INDEX matched_row_household ON screening.matched_row (county_code, household_id, month);
CREATE INDEX matched_row_run ON screening.matched_row (county_code, run_id);
SELECT kernel.protect_area('screening.matched_row', 'SELECT, INSERT, DELETE');

-- Ambiguous rows wait for a person; the name is needed to decide and goes with the decision.
CREATE TABLE screening.open_match (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  open_match_id uuid NOT NULL,
  run_id uuid NOT NULL,
  receipt_id text COLLATE "C" NOT NULL,
  list text NOT NULL,
  sheet text NOT NULL,
  row_no integer NOT NULL,
  name text,
  cause text NOT NULL,
  candidates jsonb NOT NULL,
  chosen_person_id uuid,
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (county_code, open_match_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id),
  FOREIGN KEY (county_code, receipt_id) REFERENCES screening.receipt (county_code, receipt_id)
);
CREATE INDEX open_match_run ON screening.open_match (county_code, run_id);
SELECT kernel.protect_county('screening.open_match', 'SELECT, INSERT, UPDATE, DELETE');

-- Of every row, matched or not, two keyed hashes; kept until the next month is compared and one month more.
CREATE TABLE screening.row_hash_block (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  list text NOT NULL,
  month text COLLATE "C" NOT NULL CHECK (month ~ '^20[0-9]{2}(0[1-9]|1[0-2])$'),
  block_no integer NOT NULL CHECK (block_no >= 0),
  run_id uuid NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (county_code, list, month, block_no),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id)
);
COMMENT ON COLUMN screening.row_hash_block.hashes IS '24 bytes a key: keyed hashes of the key, of all its business cells, of those of its last row.';
SELECT kernel.protect_county('screening.row_hash_block', 'SELECT, INSERT, UPDATE, DELETE');

-- One lead per household and month, merged from every list; carried from the county to the village and back.
CREATE TABLE screening.lead (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  lead_id uuid NOT NULL,
  month text COLLATE "C" NOT NULL CHECK (month ~ '^20[0-9]{2}(0[1-9]|1[0-2])$'),
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sent', 'answered', 'returned', 'closed')),
  reason_count smallint NOT NULL DEFAULT 0 CHECK (reason_count >= 0),
  flag_count smallint NOT NULL DEFAULT 0 CHECK (flag_count >= 0),
  sent_to text,
  sent_by text,
  sent_at timestamptz,
  due_on date,
  answer text CHECK (answer IN ('confirmed', 'dismissed', 'not-here', 'needs-help-elsewhere')),
  answer_note text,
  answered_by text,
  answered_at timestamptz,
  return_note text,
  raised_at timestamptz NOT NULL,
  run_id uuid NOT NULL,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, lead_id),
  UNIQUE (county_code, month, household_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id),
  CHECK (state <> 'sent' OR (sent_at IS NOT NULL AND due_on IS NOT NULL)),
  CHECK (state <> 'answered' OR (answer IS NOT NULL AND answered_at IS NOT NULL))
);
COMMENT ON COLUMN screening.lead.sent_to IS 'Area path of the village or township that must answer.';
COMMENT ON COLUMN screening.lead.reason_count IS 'Rules L that speak for the household in this month.';
COMMENT ON COLUMN screening.lead.flag_count IS 'Negative flags N; a flag never removes a lead.';
CREATE INDEX lead_area ON screening.lead (county_code, area_path, lead_id);
CREATE INDEX lead_due ON screening.lead (county_code, state, due_on);
SELECT kernel.protect_area('screening.lead');

CREATE TABLE screening.lead_reason (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  lead_reason_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  month text COLLATE "C" NOT NULL,
  rule text NOT NULL CHECK (rule ~ '^[LN][0-9]{2}$'),
  list text NOT NULL,
  person_id uuid,
  value text NOT NULL,
  evidence jsonb NOT NULL,
  facts_hash text COLLATE "C" NOT NULL,
  rests boolean NOT NULL DEFAULT false,
  answer text CHECK (answer IN ('confirmed', 'dismissed', 'not-here', 'needs-help-elsewhere')),
  answered_at timestamptz,
  run_id uuid NOT NULL,
  PRIMARY KEY (county_code, lead_reason_id),
  FOREIGN KEY (county_code, lead_id) REFERENCES screening.lead (county_code, lead_id),
  FOREIGN KEY (county_code, run_id) REFERENCES screening.comparison_run (county_code, run_id)
);
COMMENT ON COLUMN screening.lead_reason.facts_hash IS 'Keyed hash of rule, person and facts: the same reason with the same facts next month.';
COMMENT ON COLUMN screening.lead_reason.rests IS 'An earlier month dismissed this reason and its facts have not changed since.';
CREATE INDEX lead_reason_lead ON screening.lead_reason (county_code, lead_id);
CREATE INDEX lead_reason_household ON screening.lead_reason (county_code, household_id, rule);
SELECT kernel.protect_area('screening.lead_reason', 'SELECT, INSERT, UPDATE, DELETE');

-- What happened to a lead: append-only.
CREATE TABLE screening.lead_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  lead_event_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('raised', 'renewed', 'sent', 'answered', 'returned', 'closed', 'reopened')),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  note text,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, lead_event_id),
  FOREIGN KEY (county_code, lead_id) REFERENCES screening.lead (county_code, lead_id)
);
CREATE INDEX lead_event_lead ON screening.lead_event (county_code, lead_id, at);
SELECT kernel.protect_area('screening.lead_event', 'SELECT, INSERT');

-- Precision per rule after verification: of the reasons that were answered, how many were confirmed.
CREATE VIEW screening.v_rule_precision WITH (security_invoker = true) AS
  SELECT county_code, month, rule, count(*) AS raised,
         count(*) FILTER (WHERE answer IN ('confirmed', 'needs-help-elsewhere', 'dismissed')) AS verified,
         count(*) FILTER (WHERE answer IN ('confirmed', 'needs-help-elsewhere')) AS right_ones,
         count(*) FILTER (WHERE answer = 'not-here') AS not_here
  FROM screening.lead_reason WHERE NOT rests GROUP BY county_code, month, rule;
COMMENT ON VIEW screening.v_rule_precision IS 'right_ones / verified = precision; help given elsewhere means that the trouble was real, not-here verified nothing. Reasons that rest were asked of nobody.';
GRANT SELECT ON screening.v_rule_precision TO app_area, app_county, app_system;
