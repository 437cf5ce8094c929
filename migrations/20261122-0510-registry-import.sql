-- Imports: batches, the rows that wait, what they would change, what they changed.
CREATE TABLE registry.import_batch (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  kind text CHECK (kind IN ('register', 'monitoring', 'building', 'work', 'planned-work', 'village')),
  state text NOT NULL CHECK (state IN ('staging', 'staged', 'applying', 'applied', 'undoing', 'undone', 'refused', 'interrupted', 'discarded')),
  file_id uuid,
  file_name text NOT NULL,
  file_hash text COLLATE "C" NOT NULL,
  file_bytes bigint NOT NULL,
  sender text,
  as_of date NOT NULL,
  columns jsonb NOT NULL DEFAULT '[]',
  counts jsonb NOT NULL DEFAULT '{}',
  differences jsonb NOT NULL DEFAULT '{}',
  totals jsonb,
  progress jsonb NOT NULL DEFAULT '{}',
  error jsonb,
  diff_revision bigint,
  applied_revision bigint,
  created_by text NOT NULL,
  created_name text NOT NULL,
  created_at timestamptz NOT NULL,
  staged_at timestamptz,
  applied_at timestamptz,
  undone_at timestamptz,
  PRIMARY KEY (county_code, batch_id)
);
COMMENT ON COLUMN registry.import_batch.as_of IS 'The day of which the file speaks: its line 导出时间, else the day it was handed in.';
COMMENT ON COLUMN registry.import_batch.counts IS 'Rows of the file: read, staged, corrected, refused, not data; each row is counted in exactly one of staged, refused, not data.';
COMMENT ON COLUMN registry.import_batch.differences IS 'Persons, households, villages by new, changed, same, conflict, suspicious, missing.';
COMMENT ON COLUMN registry.import_batch.diff_revision IS 'The register revision that the differences were computed against; applying at another one computes them anew.';
COMMENT ON COLUMN registry.import_batch.error IS 'Code and details of the refusal; never personal data.';
CREATE INDEX import_batch_list ON registry.import_batch (county_code, created_at DESC);
SELECT kernel.protect_reference('registry.import_batch');

CREATE TABLE registry.import_problem (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  problem_no integer NOT NULL,
  severity text NOT NULL CHECK (severity IN ('refused', 'suspicious', 'corrected')),
  sheet text NOT NULL,
  row_no integer NOT NULL,
  column_no integer,
  column_label text,
  reason text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, batch_id, problem_no),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_problem IS 'What was wrong with which cell of the file; the reason is a code word, the values stay in the file.';
COMMENT ON COLUMN registry.import_problem.row_no IS 'Physical row or line of the file, counted from 1; column_no counts from 0.';
SELECT kernel.protect_county('registry.import_problem');
GRANT DELETE ON registry.import_problem TO app_system;

CREATE TABLE registry.import_difference (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  difference_no integer NOT NULL,
  entity text NOT NULL CHECK (entity IN ('household', 'person', 'village')),
  status text NOT NULL CHECK (status IN ('changed', 'conflict', 'noted', 'missing')),
  row_id uuid NOT NULL,
  row_key text COLLATE "C" NOT NULL,
  row_no integer,
  name text NOT NULL,
  place text NOT NULL,
  changes jsonb NOT NULL DEFAULT '{}',
  conflicts jsonb NOT NULL DEFAULT '{}',
  patch jsonb NOT NULL DEFAULT '{}',
  decision text CHECK (decision IN ('keep', 'left')),
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (county_code, batch_id, difference_no),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_difference IS '@sensitivity C4. Rows of the register that the batch would change, contradicts or does not hold; new and same rows are only counted; noted rows stay as they are and gain a source.';
COMMENT ON COLUMN registry.import_difference.changes IS 'Field key to [before, after]; numbers and telephones masked.';
COMMENT ON COLUMN registry.import_difference.conflicts IS 'Field key to [kept, not taken, why].';
COMMENT ON COLUMN registry.import_difference.patch IS 'Columns of the row as they will stand, for jsonb_populate_record.';
COMMENT ON COLUMN registry.import_difference.decision IS 'For a missing row: a person decides; nothing is ever deleted for being absent.';
CREATE INDEX import_difference_status ON registry.import_difference (county_code, batch_id, entity, status, difference_no);
SELECT kernel.protect_county('registry.import_difference');
GRANT DELETE ON registry.import_difference TO app_system;

CREATE TABLE registry.batch_change (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('household', 'person', 'membership', 'village', 'tag', 'village-kind')),
  row_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  changes jsonb NOT NULL DEFAULT '{}',
  before jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, batch_id, entity, row_id),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.batch_change IS '@sensitivity C4. Every row that a batch changed, field by field and as it stood before, for the undo; rows that it made carry the batch in created_by.';
COMMENT ON COLUMN registry.batch_change.before IS 'The whole row before the change, as to_jsonb wrote it; encrypted cells stay encrypted.';
CREATE INDEX batch_change_row ON registry.batch_change (county_code, row_id, at);
CREATE INDEX batch_change_household ON registry.batch_change (county_code, household_id);
SELECT kernel.protect_area('registry.batch_change');

-- Waiting rows: COPY targets, hence without row security, reached by system acts only; unlogged, since the file is still there.
CREATE UNLOGGED TABLE registry.staged_area (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  area_no integer NOT NULL,
  township text COLLATE "C" NOT NULL,
  village text COLLATE "C" NOT NULL,
  group_name text COLLATE "C",
  village_code text COLLATE "C",
  area_path text COLLATE "C",
  PRIMARY KEY (county_code, batch_id, area_no)
);
COMMENT ON COLUMN registry.staged_area.area_path IS 'Filled when the differences are computed; NULL: the area is made when the batch is applied.';
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.staged_area TO app_system;

CREATE UNLOGGED TABLE registry.staged_household (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  row_no integer NOT NULL,
  household_no text COLLATE "C" NOT NULL,
  new_id uuid NOT NULL,
  area_no integer NOT NULL,
  head_name text COLLATE "C",
  household_type text COLLATE "C",
  monitor_category text COLLATE "C",
  registered boolean NOT NULL,
  exit_status text,
  phone_cell bytea,
  phone_index bytea,
  phone_tail text,
  facts jsonb NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, batch_id, household_no)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.staged_household TO app_system;

CREATE UNLOGGED TABLE registry.staged_person (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  row_no integer NOT NULL,
  person_no text COLLATE "C" NOT NULL,
  household_no text COLLATE "C" NOT NULL,
  new_id uuid NOT NULL,
  area_no integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  given_name text COLLATE "C" NOT NULL,
  pinyin text COLLATE "C" NOT NULL,
  given_pinyin text COLLATE "C" NOT NULL,
  initials text COLLATE "C" NOT NULL,
  sex text,
  born_on date,
  id_cell bytea,
  id_index bytea,
  phone_cell bytea,
  phone_index bytea,
  phone_tail text,
  relation text COLLATE "C",
  seq_no smallint,
  is_head boolean NOT NULL,
  labour_skill text COLLATE "C",
  monthly_income_fen bigint,
  facts jsonb NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, batch_id, person_no)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.staged_person TO app_system;

CREATE UNLOGGED TABLE registry.staged_village (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  row_no integer NOT NULL,
  new_id uuid NOT NULL,
  area_no integer NOT NULL,
  facts jsonb NOT NULL,
  content_hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, batch_id, row_no)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON registry.staged_village TO app_system;
