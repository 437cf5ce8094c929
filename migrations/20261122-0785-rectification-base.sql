-- Rectification: problems until they are struck off, letters, evidence, more time, checks elsewhere (docs/decisions/0033, M-035, M-112–M-121, R12–R16, R24).
CREATE SCHEMA rectification;
GRANT USAGE ON SCHEMA rectification TO app_area, app_household, app_county, app_system;

-- Every legal move; rules/problem-moves.ts says the same, and a test compares them.
CREATE FUNCTION rectification.is_legal_move(from_state text, by_action text, into_state text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT from_state || ' ' || by_action || ' ' || into_state IN (
    'found assign assigned', 'found edit found', 'found withdraw withdrawn', 'found supervise found', 'found release found',
    'assigned accept accepted', 'assigned decline found', 'assigned plan rectifying', 'assigned transfer assigned', 'assigned withdraw withdrawn',
    'assigned edit assigned', 'assigned remind assigned', 'assigned supervise assigned', 'assigned release assigned', 'assigned extend assigned',
    'accepted decline found', 'accepted plan rectifying', 'accepted transfer assigned', 'accepted withdraw withdrawn', 'accepted edit accepted',
    'accepted remind accepted', 'accepted supervise accepted', 'accepted release accepted', 'accepted extend accepted',
    'rectifying plan rectifying', 'rectifying complete completed', 'rectifying transfer assigned', 'rectifying withdraw withdrawn',
    'rectifying edit rectifying', 'rectifying remind rectifying', 'rectifying supervise rectifying', 'rectifying release rectifying',
    'rectifying extend rectifying', 'completed recall rectifying', 'completed return rectifying', 'completed verify verified',
    'completed supervise completed', 'completed release completed', 'verified return rectifying', 'verified strike closed',
    'verified supervise verified', 'verified release verified', 'closed sample closed', 'closed reopen rectifying', 'withdrawn reopen found'
  )
$$;

CREATE TABLE rectification.counter (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('problem', 'letter')),
  year smallint NOT NULL,
  last integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (county_code, kind, year)
);
COMMENT ON TABLE rectification.counter IS 'The number of the last problem and letter of a year, counted in the transaction that makes them: no gaps, none twice.';
SELECT kernel.protect_reference('rectification.counter');
GRANT INSERT, UPDATE ON rectification.counter TO app_area;
CREATE POLICY counter_write ON rectification.counter TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE rectification.campaign (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  campaign_id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 2 AND 100),
  by_path text COLLATE "C" NOT NULL,
  document_no text NOT NULL DEFAULT '',
  started_on date NOT NULL,
  due_on date,
  source_campaign_id uuid,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, campaign_id),
  UNIQUE (county_code, name),
  UNIQUE (county_code, source_campaign_id)
);
COMMENT ON TABLE rectification.campaign IS 'What problems are found and handed on under; holds no person. Every office of the county reads it.';
COMMENT ON COLUMN rectification.campaign.by_path IS 'The area whose office runs it: county or township.';
COMMENT ON COLUMN rectification.campaign.source_campaign_id IS 'The campaign of surveys whose problems are listed here.';
SELECT kernel.protect_reference('rectification.campaign');
GRANT INSERT ON rectification.campaign TO app_area;
CREATE POLICY campaign_write ON rectification.campaign FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '') AND by_path >= nullif(current_setting('app.lo', true), '')
    AND by_path < nullif(current_setting('app.hi', true), ''));

CREATE TABLE rectification.letter (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  letter_id uuid NOT NULL,
  letter_no text COLLATE "C" NOT NULL CHECK (letter_no ~ '^[0-9]{4}-[0-9]{4}$'),
  campaign_id uuid NOT NULL,
  unit_kind text NOT NULL CHECK (unit_kind IN ('area', 'organisation')),
  unit_id text COLLATE "C" NOT NULL,
  unit_name text NOT NULL,
  unit_level text NOT NULL CHECK (unit_level IN ('county', 'township', 'village', 'department')),
  head_name text NOT NULL CHECK (char_length(head_name) BETWEEN 1 AND 40),
  area_path text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9a-f]{32}$'),
  state text NOT NULL CHECK (state IN ('issued', 'received', 'answered', 'closed')),
  requirement text NOT NULL DEFAULT '' CHECK (char_length(requirement) <= 2000),
  due_on date NOT NULL,
  supplements smallint NOT NULL DEFAULT 0 CHECK (supplements >= 0),
  issued_by text NOT NULL,
  issued_name text NOT NULL,
  issued_at timestamptz NOT NULL,
  received_by text,
  received_name text,
  received_at timestamptz,
  closed_at timestamptz,
  is_closed_kind boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, letter_id),
  UNIQUE (county_code, letter_no),
  UNIQUE (county_code, code),
  FOREIGN KEY (county_code, campaign_id) REFERENCES rectification.campaign (county_code, campaign_id),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((received_at IS NULL) = (received_by IS NULL))
);
COMMENT ON TABLE rectification.letter IS '交办函 (M-113): who is asked, until when. Its problems name it.';
COMMENT ON COLUMN rectification.letter.unit_id IS 'Path of an area, or id of an organisation.';
COMMENT ON COLUMN rectification.letter.code IS '128 random bits, in the QR code that leads to the reply.';
COMMENT ON COLUMN rectification.letter.supplements IS 'How often problems were added after it was issued.';
COMMENT ON COLUMN rectification.letter.is_closed_kind IS 'It carries problems of petitions or discipline, and no others: they have letters of their own.';
-- R16: one open letter per unit and campaign; closed kinds travel apart, so that one letter never shows them to who may not read them.
CREATE UNIQUE INDEX letter_open ON rectification.letter (county_code, campaign_id, unit_id, is_closed_kind) WHERE state <> 'closed';
CREATE INDEX letter_area ON rectification.letter (county_code, area_path, issued_at);
SELECT kernel.protect_area('rectification.letter');

CREATE TABLE rectification.problem (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  problem_id uuid NOT NULL,
  problem_no text COLLATE "C" NOT NULL CHECK (problem_no ~ '^[0-9]{4}-[0-9]{6}$'),
  campaign_id uuid NOT NULL,
  source_kind text COLLATE "C" NOT NULL CHECK (source_kind IN ('correction', 'policy', 'satisfaction', 'inspection', 'unannounced', 'patrol',
    'look-back', 'cross-check', 'self-check', 'audit', 'petition', 'discipline', 'data', 'other')),
  is_closed_kind boolean GENERATED ALWAYS AS (source_kind IN ('petition', 'discipline')) STORED,
  class text NOT NULL CHECK (char_length(class) BETWEEN 1 AND 60),
  description text NOT NULL CHECK (char_length(description) BETWEEN 2 AND 2000),
  requirement text NOT NULL DEFAULT '' CHECK (char_length(requirement) <= 1000),
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  subject text NOT NULL DEFAULT '' CHECK (char_length(subject) <= 60),
  origin text COLLATE "C" CHECK (origin IN ('surveys', 'check', 'import', 'other')),
  origin_id text COLLATE "C" CHECK (char_length(origin_id) <= 100),
  found_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('found', 'assigned', 'accepted', 'rectifying', 'completed', 'verified', 'closed', 'withdrawn')),
  state_since timestamptz NOT NULL,
  unit_kind text CHECK (unit_kind IN ('area', 'organisation')),
  unit_id text COLLATE "C",
  unit_name text,
  unit_level text CHECK (unit_level IN ('county', 'township', 'village', 'department')),
  head_name text CHECK (char_length(head_name) BETWEEN 1 AND 40),
  head_id text,
  letter_id uuid,
  assigned_at timestamptz,
  due_on date,
  overdue_at timestamptz GENERATED ALWAYS AS (((due_on + 1)::timestamp) AT TIME ZONE 'Asia/Shanghai') STORED,
  leader_name text CHECK (char_length(leader_name) BETWEEN 1 AND 40),
  leader_level text CHECK (leader_level IN ('county', 'township')),
  listed_on date,
  cause text NOT NULL DEFAULT '' CHECK (char_length(cause) <= 1000),
  measures text NOT NULL DEFAULT '' CHECK (char_length(measures) <= 2000),
  effect text NOT NULL DEFAULT '' CHECK (char_length(effect) <= 2000),
  completed_on date,
  completed_at timestamptz,
  completed_by text,
  completed_name text,
  worked_by text[] NOT NULL DEFAULT '{}',
  evidence_count smallint NOT NULL DEFAULT 0 CHECK (evidence_count >= 0),
  verified_at timestamptz,
  verified_by text,
  verified_name text,
  closed_at timestamptz,
  closed_by text,
  closed_name text,
  samples smallint NOT NULL DEFAULT 0 CHECK (samples >= 0),
  sampled_on date,
  returns smallint NOT NULL DEFAULT 0 CHECK (returns >= 0),
  reopened smallint NOT NULL DEFAULT 0 CHECK (reopened >= 0),
  reminders smallint NOT NULL DEFAULT 0 CHECK (reminders >= 0),
  reminded_at timestamptz,
  extended smallint NOT NULL DEFAULT 0 CHECK (extended >= 0),
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, problem_id),
  UNIQUE (county_code, problem_no),
  FOREIGN KEY (county_code, campaign_id) REFERENCES rectification.campaign (county_code, campaign_id),
  FOREIGN KEY (county_code, letter_id) REFERENCES rectification.letter (county_code, letter_id),
  CHECK (num_nonnulls(origin, origin_id) IN (0, 2)),
  CHECK (num_nonnulls(unit_kind, unit_id, unit_name, unit_level) IN (0, 4)),
  CHECK (num_nonnulls(leader_name, leader_level, listed_on) IN (0, 3)),
  -- R16: what was handed on stands on exactly one letter, with a head and a day.
  CONSTRAINT assigned_whole CHECK (state NOT IN ('assigned', 'accepted') OR num_nulls(unit_id, head_name, letter_id, due_on, assigned_at) = 0),
  -- R15: no striking off before problem, cause, responsibility, measures, effect, completion and evidence are there.
  CONSTRAINT closing_gate CHECK (state NOT IN ('completed', 'verified', 'closed') OR (
    cause <> '' AND unit_id IS NOT NULL AND head_name IS NOT NULL AND measures <> '' AND effect <> '' AND completed_on IS NOT NULL
    AND completed_by IS NOT NULL AND evidence_count > 0)),
  CONSTRAINT verified_by_another CHECK (state NOT IN ('verified', 'closed') OR (verified_by IS NOT NULL AND verified_by <> completed_by)),
  CONSTRAINT closed_whole CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state <> 'closed' OR closed_by <> completed_by))
);
COMMENT ON TABLE rectification.problem IS '@sensitivity C4 (words of a problem may speak of health, petitions or discipline). One problem has exactly one source kind (R14). Its state is what its last event says; a trigger refuses anything else.';
COMMENT ON COLUMN rectification.problem.subject IS 'Whom it is about where no household of the register is named: as the ledger wrote it.';
COMMENT ON COLUMN rectification.problem.origin IS 'Which part of the program brought it; once per origin_id.';
COMMENT ON COLUMN rectification.problem.overdue_at IS 'The first second after the last day, local time of Shanghai: closed before it is in time (R13).';
COMMENT ON COLUMN rectification.problem.listed_on IS 'Since when a leader supervises it (挂牌督战).';
COMMENT ON COLUMN rectification.problem.worked_by IS 'Who reported measures or completion since it was last opened: none of them accepts it.';
COMMENT ON COLUMN rectification.problem.head_id IS 'The responsible person''s account, where he has one: he never accepts it, and may read it although its kind is closed.';
CREATE UNIQUE INDEX problem_origin ON rectification.problem (county_code, origin, origin_id) WHERE origin IS NOT NULL;
-- The order of the ledger: open before ended, supervised by a leader first, then by the last day.
CREATE INDEX problem_order ON rectification.problem (county_code, (state IN ('closed', 'withdrawn')), (listed_on IS NULL),
  (coalesce(overdue_at, '9999-12-31T00:00:00Z'::timestamptz)), problem_id);
CREATE INDEX problem_area ON rectification.problem (county_code, area_path);
CREATE INDEX problem_unit ON rectification.problem (county_code, unit_id, state);
CREATE INDEX problem_campaign ON rectification.problem (county_code, campaign_id, state);
CREATE INDEX problem_household ON rectification.problem (county_code, household_id) WHERE household_id IS NOT NULL;
CREATE INDEX problem_letter ON rectification.problem (county_code, letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX problem_class ON rectification.problem (county_code, class, area_path);
SELECT kernel.protect_area('rectification.problem');

CREATE TABLE rectification.problem_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  problem_event_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  action text COLLATE "C" NOT NULL,
  state_before text,
  state_after text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  at timestamptz NOT NULL,
  reason text CHECK (char_length(reason) <= 500),
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  PRIMARY KEY (county_code, problem_event_id),
  CONSTRAINT problem_event_seq UNIQUE (county_code, problem_id, seq),
  FOREIGN KEY (county_code, problem_id) REFERENCES rectification.problem (county_code, problem_id),
  CHECK ((action = 'find') = (state_before IS NULL)),
  CHECK (action NOT IN ('decline', 'transfer', 'withdraw', 'return', 'recall', 'reopen', 'extend', 'edit') OR reason IS NOT NULL)
);
COMMENT ON TABLE rectification.problem_event IS '@sensitivity C4 (a reason may speak of anything). Append-only.';
COMMENT ON COLUMN rectification.problem_event.details IS 'What the act said: unit, day, measures, evidence, result.';
CREATE INDEX problem_event_area ON rectification.problem_event (county_code, area_path, at);
-- What brought a problem back is known by the id of where it came from.
CREATE INDEX problem_event_origin ON rectification.problem_event (county_code, (details->>'originId')) WHERE action = 'reopen';
CREATE INDEX problem_event_household ON rectification.problem_event (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('rectification.problem_event', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON rectification.problem_event TO app_area, app_county, app_system;

CREATE FUNCTION rectification.check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held rectification.problem;
BEGIN
  SELECT * INTO held FROM rectification.problem WHERE county_code = NEW.county_code AND problem_id = NEW.problem_id FOR UPDATE;
  IF held.problem_id IS NULL THEN RAISE EXCEPTION 'no such problem' USING ERRCODE = 'BF404'; END IF;
  IF NEW.actor_id IS DISTINCT FROM kernel.setting('caller') THEN RAISE EXCEPTION 'an act in another''s name' USING ERRCODE = 'BF400'; END IF;
  IF NEW.action = 'find' THEN
    IF NEW.seq <> 1 OR held.revision <> 1 OR held.state <> NEW.state_after THEN RAISE EXCEPTION 'found twice' USING ERRCODE = 'BF409'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.seq <> held.revision + 1 OR NEW.state_before <> held.state THEN
    RAISE EXCEPTION 'the problem has changed' USING ERRCODE = 'BF409';
  END IF;
  IF NOT rectification.is_legal_move(NEW.state_before, NEW.action, NEW.state_after) THEN
    RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422';
  END IF;
  -- Four eyes: who reported measures or completion since it was last opened, or is named as responsible, does not accept.
  IF NEW.action IN ('verify', 'strike', 'sample') AND (held.head_id = NEW.actor_id OR EXISTS (
    SELECT 1 FROM rectification.problem_event earlier
    WHERE earlier.county_code = NEW.county_code AND earlier.problem_id = NEW.problem_id AND earlier.actor_id = NEW.actor_id
      AND (earlier.action IN ('plan', 'complete') OR (earlier.action = 'find' AND earlier.state_after <> 'found'))
      AND earlier.seq > coalesce((SELECT max(opened.seq) FROM rectification.problem_event opened
        WHERE opened.county_code = NEW.county_code AND opened.problem_id = NEW.problem_id AND opened.action = 'reopen'), 0)
  )) THEN RAISE EXCEPTION 'self-acceptance' USING ERRCODE = 'BF401'; END IF;
  -- A sampling is a second look by a second person.
  IF NEW.action = 'sample' AND NEW.actor_id IN (held.verified_by, held.closed_by) THEN
    RAISE EXCEPTION 'self-acceptance' USING ERRCODE = 'BF401';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_event BEFORE INSERT ON rectification.problem_event FOR EACH ROW EXECUTE FUNCTION rectification.check_event();

-- A problem is what its last event says; evidence is counted, not claimed.
CREATE FUNCTION rectification.check_problem() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.state, NEW.revision) IS DISTINCT FROM (OLD.state, OLD.revision) AND NOT EXISTS (
    SELECT 1 FROM rectification.problem_event event
    WHERE event.county_code = NEW.county_code AND event.problem_id = NEW.problem_id AND event.seq = NEW.revision
      AND NEW.revision = OLD.revision + 1 AND event.state_after = NEW.state
  ) THEN RAISE EXCEPTION 'a state without its event' USING ERRCODE = 'BF422'; END IF;
  IF NEW.evidence_count <> OLD.evidence_count OR (NEW.state <> OLD.state AND NEW.state IN ('completed', 'verified', 'closed')) THEN
    NEW.evidence_count := (SELECT count(*) FROM rectification.evidence e
      WHERE e.county_code = NEW.county_code AND e.problem_id = NEW.problem_id AND e.withdrawn_at IS NULL);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_problem BEFORE UPDATE ON rectification.problem FOR EACH ROW EXECUTE FUNCTION rectification.check_problem();

CREATE TABLE rectification.evidence (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  evidence_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('record', 'file')),
  text text NOT NULL DEFAULT '' CHECK (char_length(text) <= 500),
  media_type text COLLATE "C" CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  bytes integer CHECK (bytes BETWEEN 1 AND 20971520),
  hash text COLLATE "C" CHECK (hash ~ '^[0-9a-f]{64}$'),
  file_id uuid,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_name text,
  withdrawn_reason text,
  PRIMARY KEY (county_code, evidence_id),
  UNIQUE (county_code, file_id),
  FOREIGN KEY (county_code, problem_id) REFERENCES rectification.problem (county_code, problem_id),
  CHECK (CASE kind WHEN 'file' THEN num_nulls(media_type, bytes, hash, file_id) = 0 ELSE text <> '' AND num_nonnulls(media_type, bytes, hash, file_id) = 0 END),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
COMMENT ON TABLE rectification.evidence IS '@sensitivity C4. record: what proves it and where it lies (a document number, a correction in the register); file: lies encrypted beside the database.';
CREATE INDEX evidence_problem ON rectification.evidence (county_code, problem_id, at);
CREATE INDEX evidence_household ON rectification.evidence (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('rectification.evidence', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, withdrawn_at, withdrawn_name, withdrawn_reason) ON rectification.evidence TO app_area, app_county, app_system;

CREATE TABLE rectification.extension (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  extension_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  due_before date NOT NULL,
  asked_until date NOT NULL,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 2 AND 500),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'granted', 'refused')),
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
  PRIMARY KEY (county_code, extension_id),
  FOREIGN KEY (county_code, problem_id) REFERENCES rectification.problem (county_code, problem_id),
  CHECK (asked_until > due_before),
  CHECK ((state = 'asked') = (decided_by IS NULL)),
  CONSTRAINT extension_by_another CHECK (decided_by <> asked_by)
);
COMMENT ON TABLE rectification.extension IS 'More time (延期): asked with a reason, decided by another person.';
CREATE UNIQUE INDEX extension_open ON rectification.extension (county_code, problem_id) WHERE state = 'asked';
CREATE INDEX extension_problem ON rectification.extension (county_code, problem_id, asked_at);
CREATE INDEX extension_household ON rectification.extension (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('rectification.extension', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, state, decided_by, decided_name, decided_at, note) ON rectification.extension TO app_area, app_county, app_system;

-- The same problem elsewhere (举一反三): a village or household is looked at; what is found becomes a problem of its own.
CREATE TABLE rectification.same_check (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  same_check_id uuid NOT NULL,
  problem_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  class text NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'clean', 'found')),
  due_on date NOT NULL,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  answered_by text,
  answered_name text,
  answered_at timestamptz,
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
  found_problem_id uuid,
  PRIMARY KEY (county_code, same_check_id),
  FOREIGN KEY (county_code, campaign_id) REFERENCES rectification.campaign (county_code, campaign_id),
  CHECK ((state = 'open') = (answered_by IS NULL)),
  CHECK ((state = 'found') = (found_problem_id IS NOT NULL))
);
COMMENT ON COLUMN rectification.same_check.problem_id IS 'The problem that gave the reason; no foreign key, because it may lie outside the area of who answers.';
CREATE UNIQUE INDEX same_check_once ON rectification.same_check (county_code, problem_id, area_path, (coalesce(household_id, problem_id)));
CREATE INDEX same_check_area ON rectification.same_check (county_code, area_path, due_on) WHERE state = 'open';
CREATE INDEX same_check_household ON rectification.same_check (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('rectification.same_check');

-- A ledger that came as a file or paste: read, checked, shown, then written whole or not at all.
CREATE TABLE rectification.import (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  import_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  file_name text NOT NULL CHECK (char_length(file_name) <= 200),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  state text NOT NULL CHECK (state IN ('staged', 'applied', 'discarded')),
  sheet text NOT NULL DEFAULT '',
  columns jsonb NOT NULL,
  rows jsonb NOT NULL,
  bad jsonb NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, import_id),
  FOREIGN KEY (county_code, campaign_id) REFERENCES rectification.campaign (county_code, campaign_id),
  CHECK ((state = 'staged') = (ended_at IS NULL))
);
COMMENT ON TABLE rectification.import IS '@sensitivity C4 (rows hold words of problems until they are applied; emptied then).';
CREATE UNIQUE INDEX import_once ON rectification.import (county_code, campaign_id, hash) WHERE state = 'applied';
SELECT kernel.protect_area('rectification.import');
