-- The round trip with the national system (issue 3 point 6): what has to be entered there so that it says what the register holds.
CREATE TABLE registry.national_run (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  run_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  households integer NOT NULL DEFAULT 0,
  found integer NOT NULL DEFAULT 0,
  revision bigint,
  exports jsonb NOT NULL DEFAULT '{}',
  error text,
  started_by text NOT NULL,
  started_name text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (county_code, run_id)
);
COMMENT ON TABLE registry.national_run IS 'One comparison of the whole register with the newest exports of the national system.';
COMMENT ON COLUMN registry.national_run.revision IS 'The register revision that was compared.';
COMMENT ON COLUMN registry.national_run.exports IS 'Import kind to the day of the export that was compared.';
CREATE UNIQUE INDEX national_run_running ON registry.national_run (county_code) WHERE state = 'running';
CREATE INDEX national_run_list ON registry.national_run (county_code, started_at DESC);
-- Holds no person; a township reads how old the list is.
SELECT kernel.protect_reference('registry.national_run');

CREATE TABLE registry.national_change (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  change_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('household', 'person', 'village')),
  subject_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  action text NOT NULL CHECK (action IN ('change-value', 'add-person', 'remove-person')),
  kind text NOT NULL,
  export_on date NOT NULL,
  export_batch uuid NOT NULL,
  system_value text NOT NULL,
  our_value text NOT NULL,
  our_mark text COLLATE "C" NOT NULL,
  why text NOT NULL,
  source jsonb,
  severity text NOT NULL CHECK (severity IN ('high', 'middle', 'low')),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'entered', 'settled')),
  found_on date NOT NULL,
  reopened_on date,
  entered_by text,
  entered_name text,
  entered_on date,
  settled_on date,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, change_id),
  UNIQUE (county_code, subject_id, field),
  CHECK ((field = '') = (action <> 'change-value')),
  CHECK ((entity = 'village') = (household_id IS NULL)),
  CHECK ((entered_by IS NULL) = (entered_on IS NULL)),
  CHECK (state = 'open' OR entered_on IS NOT NULL),
  CHECK ((state = 'settled') = (settled_on IS NOT NULL))
);
COMMENT ON TABLE registry.national_change IS '@sensitivity C4. What is to be changed in the national system. No foreign key to persons and households: an import that is taken back removes them, and the next comparison their changes.';
COMMENT ON COLUMN registry.national_change.field IS 'Empty: the person as such is to be added or removed.';
COMMENT ON COLUMN registry.national_change.export_batch IS 'The newest batch of the kind when it was compared; a later one that still differs reopens what was entered.';
COMMENT ON COLUMN registry.national_change.our_value IS 'As system_value: the value as a statement has it (rules/statement.ts), numbers and telephones masked.';
COMMENT ON COLUMN registry.national_change.our_mark IS 'Tells whether our value is still the one that was entered: blind index of a number, otherwise the value.';
COMMENT ON COLUMN registry.national_change.source IS 'Where our value comes from: {"from": "file", "kind", "on"} or {"from": "correction", "id"}.';
COMMENT ON COLUMN registry.national_change.state IS 'entered: somebody typed it in there; settled: entered, and a later export agrees. What agrees without that goes.';
CREATE INDEX national_change_list ON registry.national_change (county_code, state, area_path, household_id, change_id);
CREATE INDEX national_change_household ON registry.national_change (county_code, household_id);
SELECT kernel.protect_area('registry.national_change');
GRANT DELETE ON registry.national_change TO app_system, app_county;

-- An import compares the members of today, so that what it says is missing does not tell whether the file still lists a person who left.
CREATE TABLE registry.national_former (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (county_code, batch_id, person_id)
);
COMMENT ON TABLE registry.national_former IS 'Persons who had left the register when a file was applied that holds their village and lists them no more.';
CREATE INDEX national_former_person ON registry.national_former (county_code, person_id);
SELECT kernel.protect_county('registry.national_former', 'SELECT, INSERT');
CREATE INDEX person_former ON registry.person (county_code, area_path) WHERE left_on IS NOT NULL;
CREATE INDEX import_difference_missing ON registry.import_difference (county_code, row_id) WHERE status = 'missing';
