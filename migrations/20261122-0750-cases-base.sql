-- Monitored objects: layers, labour classes, kinds and cards of every household, dated (design.md §2, docs/decisions/0019; M-001, M-002, M-003, M-006).
CREATE SCHEMA cases;
GRANT USAGE ON SCHEMA cases TO app_area, app_household, app_county, app_system;

CREATE TABLE cases.classification_run (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  run_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('whole', 'part')),
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  as_of date NOT NULL,
  register_revision bigint NOT NULL DEFAULT 0,
  tables jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(tables) = 'array'),
  households integer NOT NULL DEFAULT 0 CHECK (households >= 0),
  counts jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(counts) = 'object'),
  added integer NOT NULL DEFAULT 0 CHECK (added >= 0),
  changed integer NOT NULL DEFAULT 0 CHECK (changed >= 0),
  renewed integer NOT NULL DEFAULT 0 CHECK (renewed >= 0),
  still integer NOT NULL DEFAULT 0 CHECK (still >= 0),
  ended integer NOT NULL DEFAULT 0 CHECK (ended >= 0),
  fault text,
  started_by text NOT NULL,
  started_name text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  took_ms integer NOT NULL DEFAULT 0 CHECK (took_ms >= 0),
  PRIMARY KEY (county_code, run_id),
  CHECK ((state = 'running') = (finished_at IS NULL)),
  CONSTRAINT classification_run_balances CHECK (state <> 'done' OR households = added + changed + renewed + still)
);
COMMENT ON TABLE cases.classification_run IS 'One row per classification that was kept. Holds no person. households = added + changed + renewed + still.';
COMMENT ON COLUMN cases.classification_run.kind IS 'whole: every household; part: the households that a change of the register touched.';
COMMENT ON COLUMN cases.classification_run.tables IS 'Which tables judged, with their versions: column, key, hash, versions; those that were not in force with the reason.';
COMMENT ON COLUMN cases.classification_run.renewed IS 'The same result, from another version or another row of a table.';
CREATE INDEX classification_run_started ON cases.classification_run (county_code, started_at);
CREATE INDEX classification_run_as_of ON cases.classification_run (county_code, as_of) WHERE state = 'done';
-- One classification of a county at a time.
CREATE UNIQUE INDEX classification_run_running ON cases.classification_run (county_code) WHERE state = 'running';
SELECT kernel.protect_reference('cases.classification_run');

-- What a result stands on: the tables with their versions, and the names of the facts, once for all households that were judged by them.
CREATE TABLE cases.classification_basis (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  basis text COLLATE "C" NOT NULL CHECK (basis ~ '^[0-9a-f]{16}$'),
  tables jsonb NOT NULL CHECK (jsonb_typeof(tables) = 'array'),
  fact_names text[] NOT NULL,
  PRIMARY KEY (county_code, basis)
);
COMMENT ON TABLE cases.classification_basis IS 'Tables in their order (column, key, decision, hash, versions) and the facts that they read. basis is a hash of both.';
SELECT kernel.protect_reference('cases.classification_basis', 'SELECT, INSERT');

CREATE TABLE cases.classification (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  household_id uuid NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  area_path text COLLATE "C" NOT NULL,
  layer text COLLATE "C",
  labour_class text COLLATE "C",
  kind text COLLATE "C",
  card text COLLATE "C",
  advice text COLLATE "C",
  alert text COLLATE "C",
  in_export boolean NOT NULL,
  missing text[],
  rule_rows text COLLATE "C" NOT NULL,
  facts json NOT NULL,
  facts_hash text COLLATE "C" NOT NULL CHECK (length(facts_hash) = 12),
  basis text COLLATE "C" NOT NULL,
  run_id uuid NOT NULL,
  PRIMARY KEY (county_code, household_id, valid_from),
  CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE cases.classification IS '@sensitivity C3. What each household was from when to when, and why. A run writes only what changed.';
COMMENT ON COLUMN cases.classification.valid_to IS 'First day on which it no longer holds; NULL: holds today. Equal to valid_from: never held to the end of a day.';
COMMENT ON COLUMN cases.classification.layer IS 'As the table cases.layer says it; NULL: in no layer, or undecided (missing).';
COMMENT ON COLUMN cases.classification.kind IS 'Kind of monitored object as the register states it; NULL for households that are not monitored.';
COMMENT ON COLUMN cases.classification.advice IS 'What the identification aid recommends; a recommendation, never a decision.';
COMMENT ON COLUMN cases.classification.in_export IS 'Whether the monitoring export holds the household; the others are classified as well.';
COMMENT ON COLUMN cases.classification.missing IS 'Column and fact (`layer:…`) for want of which a column is undecided; NULL: nothing is.';
COMMENT ON COLUMN cases.classification.rule_rows IS 'Rows that fired, counted from 1, one entry per table of the basis between ";", several between ","; empty: none.';
COMMENT ON COLUMN cases.classification.basis IS 'Of classification_basis, as run_id of classification_run: rows are written by one statement that joins both, since a foreign key would look 250,000 times.';
COMMENT ON COLUMN cases.classification.facts IS '@sensitivity C4. Values of the facts in the order of the basis; null is unknown.';
CREATE INDEX classification_today ON cases.classification (county_code, area_path, household_id) WHERE valid_to IS NULL;
CREATE INDEX classification_ended ON cases.classification (county_code, area_path, valid_to) WHERE valid_to IS NOT NULL;
SELECT kernel.protect_area('cases.classification', 'SELECT');
GRANT INSERT, UPDATE ON cases.classification TO app_system;
-- It is where the household is: whoever moves a household moves its classification (registry's askers).
GRANT UPDATE (area_path) ON cases.classification TO app_area, app_county;

-- What changed in the register and was not yet judged again; written with the change, emptied by the run.
CREATE TABLE cases.waiting_classification (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  waiting_id uuid NOT NULL,
  change_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, waiting_id)
);
COMMENT ON COLUMN cases.waiting_classification.change_id IS 'The import batch, the correction or whatever else changed the register.';
SELECT kernel.protect_county('cases.waiting_classification', 'SELECT, INSERT, DELETE');
GRANT INSERT ON cases.waiting_classification TO app_area, app_household;
CREATE POLICY waiting_write ON cases.waiting_classification FOR INSERT TO app_area, app_household
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

-- What a run found that differs from what is held, before it is written.
CREATE UNLOGGED TABLE cases.staged_classification (
  county_code text COLLATE "C" NOT NULL,
  run_id uuid NOT NULL,
  household_id uuid NOT NULL,
  does text NOT NULL,
  area_path text COLLATE "C",
  layer text COLLATE "C",
  labour_class text COLLATE "C",
  kind text COLLATE "C",
  card text COLLATE "C",
  advice text COLLATE "C",
  alert text COLLATE "C",
  in_export boolean,
  missing text[],
  rule_rows text COLLATE "C",
  facts json,
  facts_hash text COLLATE "C",
  basis text COLLATE "C"
);
CREATE INDEX staged_classification_key ON cases.staged_classification (county_code, run_id, household_id);
COMMENT ON COLUMN cases.staged_classification.does IS 'begin: a row begins, and the one before it ends; mend: the row that began the same day is written anew; end: the household is none any more.';
GRANT SELECT, INSERT, DELETE ON cases.staged_classification TO app_system;
