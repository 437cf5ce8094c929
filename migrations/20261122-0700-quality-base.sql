-- Quality: what the data rules found, kept as a worklist that a county can finish (M-009): runs, findings, their history, exceptions.
CREATE SCHEMA quality;
GRANT USAGE ON SCHEMA quality TO app_area, app_household, app_county, app_system;

CREATE TABLE quality.check_run (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  run_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('whole', 'part')),
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  as_of date NOT NULL,
  rules_version text NOT NULL,
  register_revision bigint NOT NULL DEFAULT 0,
  households integer NOT NULL DEFAULT 0 CHECK (households >= 0),
  persons integer NOT NULL DEFAULT 0 CHECK (persons >= 0),
  found integer NOT NULL DEFAULT 0 CHECK (found >= 0),
  new integer NOT NULL DEFAULT 0 CHECK (new >= 0),
  still integer NOT NULL DEFAULT 0 CHECK (still >= 0),
  gone integer NOT NULL DEFAULT 0 CHECK (gone >= 0),
  back integer NOT NULL DEFAULT 0 CHECK (back >= 0),
  rules_run integer NOT NULL DEFAULT 0 CHECK (rules_run >= 0),
  rules_waiting jsonb NOT NULL DEFAULT '[]',
  step text NOT NULL DEFAULT 'read' CHECK (step IN ('read', 'check', 'save', 'done')),
  fault text,
  started_by text NOT NULL,
  started_name text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (county_code, run_id),
  CHECK ((state = 'running') = (finished_at IS NULL))
);
COMMENT ON TABLE quality.check_run IS 'One row per check; found = new + still + back. Holds no person.';
COMMENT ON COLUMN quality.check_run.kind IS 'whole: the whole register; part: the households that an import or a correction touched.';
COMMENT ON COLUMN quality.check_run.rules_waiting IS 'Rules that did not run because their data are not there; their findings stay as they were.';
CREATE INDEX check_run_started ON quality.check_run (county_code, started_at);
-- One check of a county at a time.
CREATE UNIQUE INDEX check_run_running ON quality.check_run (county_code) WHERE state = 'running';
SELECT kernel.protect_reference('quality.check_run');

CREATE TABLE quality.finding (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  finding_id uuid NOT NULL,
  rule text COLLATE "C" NOT NULL CHECK (rule ~ '^[A-Z][0-9A-Z-]{1,15}$'),
  subject_id uuid NOT NULL,
  household_id uuid,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  severity text COLLATE "C" NOT NULL CHECK (severity IN ('error', 'high', 'warning', 'info')),
  weight smallint GENERATED ALWAYS AS (CASE severity WHEN 'error' THEN 1 WHEN 'high' THEN 2 WHEN 'warning' THEN 3 ELSE 4 END) STORED,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'fixed', 'excepted')),
  seen jsonb NOT NULL DEFAULT '{}',
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  fixed_at timestamptz,
  recurrence smallint NOT NULL DEFAULT 0 CHECK (recurrence >= 0),
  sent_to text COLLATE "C",
  sent_by text,
  sent_at timestamptz,
  due_on date,
  answer text CHECK (answer IN ('fixed-elsewhere', 'right-as-is')),
  answer_note text,
  answered_by text,
  answered_at timestamptz,
  correction_id uuid,
  last_run_id uuid NOT NULL,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, finding_id),
  UNIQUE (county_code, rule, subject_id),
  CHECK ((state = 'fixed') = (fixed_at IS NOT NULL)),
  CHECK (state <> 'sent' OR (sent_to IS NOT NULL AND due_on IS NOT NULL)),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
COMMENT ON TABLE quality.finding IS '@sensitivity C3. One row per rule and subject, kept for ever: what is wrong, who must mend it, and how often it came back.';
COMMENT ON COLUMN quality.finding.subject_id IS 'The person, the household, or the village that the rule is about.';
COMMENT ON COLUMN quality.finding.seen IS '@sensitivity C4. Field key to the value that was found wrong; ID numbers and telephones are masked.';
COMMENT ON COLUMN quality.finding.recurrence IS 'How often it was seen again after it had been fixed.';
COMMENT ON COLUMN quality.finding.sent_to IS 'Area path of the village, or of the township where the village has no account.';
COMMENT ON COLUMN quality.finding.last_seen_at IS 'By the check that wrote the row; an open finding was also seen by every later whole check in which its rule ran.';
COMMENT ON COLUMN quality.finding.last_run_id IS 'The check that wrote the row last.';
COMMENT ON COLUMN quality.finding.correction_id IS 'The correction that was proposed from here last (registry.correction).';
CREATE INDEX finding_list ON quality.finding (county_code, area_path, state, rule) INCLUDE (severity, due_on, answer, sent_to);
CREATE INDEX finding_order ON quality.finding (county_code, weight, area_path, finding_id) WHERE state IN ('open', 'sent');
CREATE INDEX finding_household ON quality.finding (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('quality.finding');

CREATE TABLE quality.finding_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  finding_event_id uuid NOT NULL,
  event_no bigint GENERATED ALWAYS AS IDENTITY,
  finding_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('gone', 'back', 'sent', 'answered', 'proposed', 'asked', 'granted', 'refused', 'ended', 'expired')),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  note text,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, finding_event_id),
  FOREIGN KEY (county_code, finding_id) REFERENCES quality.finding (county_code, finding_id)
);
COMMENT ON TABLE quality.finding_event IS '@sensitivity C3. What happened to a finding after it was first seen; never changed. A check that sees it again as it was writes nothing.';
CREATE INDEX finding_event_finding ON quality.finding_event (county_code, finding_id, at);
SELECT kernel.protect_area('quality.finding_event', 'SELECT, INSERT');

CREATE TABLE quality.exception (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  exception_id uuid NOT NULL,
  finding_id uuid NOT NULL,
  rule text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  covers text NOT NULL DEFAULT 'finding' CHECK (covers IN ('finding', 'household')),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'granted', 'refused', 'ended', 'expired')),
  reason text NOT NULL CHECK (length(btrim(reason)) >= 4),
  asked_by text COLLATE "C" NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by text COLLATE "C",
  decided_name text,
  decided_at timestamptz,
  decided_note text,
  until_on date,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, exception_id),
  FOREIGN KEY (county_code, finding_id) REFERENCES quality.finding (county_code, finding_id),
  CONSTRAINT exception_four_eyes CHECK (decided_by IS NULL OR state IN ('refused', 'ended') OR decided_by <> asked_by),
  CONSTRAINT exception_expires CHECK (state NOT IN ('granted', 'expired') OR (until_on IS NOT NULL AND decided_by IS NOT NULL)),
  CONSTRAINT exception_decided CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (covers = 'finding' OR household_id IS NOT NULL)
);
COMMENT ON TABLE quality.exception IS '@sensitivity C3. Right as it is: asked with a reason, granted by another, ending on a day; then the finding is open again.';
COMMENT ON COLUMN quality.exception.covers IS 'household: the rule is excepted for everybody of the household, also for findings to come.';
COMMENT ON COLUMN quality.exception.until_on IS 'The last day on which it holds.';
CREATE UNIQUE INDEX exception_open ON quality.exception (county_code, rule, subject_id) WHERE state IN ('asked', 'granted');
CREATE INDEX exception_list ON quality.exception (county_code, state, asked_at);
CREATE INDEX exception_household ON quality.exception (county_code, household_id, rule) WHERE state = 'granted';
SELECT kernel.protect_area('quality.exception');

-- What changed in the register and was not yet checked again; written with the change, emptied by the check.
CREATE TABLE quality.waiting_check (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  waiting_check_id uuid NOT NULL,
  change_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, waiting_check_id)
);
COMMENT ON COLUMN quality.waiting_check.change_id IS 'The import batch, the correction or whatever else changed the register.';
SELECT kernel.protect_county('quality.waiting_check', 'SELECT, INSERT, DELETE');
-- Whoever may change a household leaves a note here; the note holds an id and nothing else, and only the check reads it.
GRANT INSERT ON quality.waiting_check TO app_area, app_household;
CREATE POLICY waiting_write ON quality.waiting_check FOR INSERT TO app_area, app_household
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

-- The findings of the check that is running, before they are compared with those that are known.
CREATE UNLOGGED TABLE quality.staged_finding (
  county_code text COLLATE "C" NOT NULL,
  run_id uuid NOT NULL,
  rule text COLLATE "C" NOT NULL,
  subject_id uuid NOT NULL,
  household_id uuid,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  severity text COLLATE "C" NOT NULL,
  seen jsonb NOT NULL,
  finding_id uuid NOT NULL
);
CREATE INDEX staged_finding_key ON quality.staged_finding (county_code, run_id, rule, subject_id);
GRANT SELECT, INSERT, DELETE ON quality.staged_finding TO app_system;
