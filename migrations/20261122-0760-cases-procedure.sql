-- Cases: one household's way from a lead to its end, step by step (docs/decisions/0025, M-002, M-003, M-009–M-012; policy.md §2.6–2.8).

-- Every legal move; rules/case-moves.ts says the same, and a test compares them.
CREATE FUNCTION cases.is_legal_move(from_step text, from_state text, by_action text, into_step text, into_state text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT from_step || ' ' || from_state || ' ' || by_action || ' ' || into_step || ' ' || into_state IN (
    'assessment open pass visit open', 'visit open pass statement open', 'statement open pass check open', 'check open pass appraisal open',
    'appraisal open pass notice open', 'notice open pass review open', 'review open pass decision open', 'decision open pass entry open',
    'entry open pass measures open', 'measures open pass tracking open', 'exit-visit open pass exit-appraisal open',
    'exit-appraisal open pass exit-notice open', 'exit-notice open pass exit-review open', 'exit-review open pass exit-decision open',
    'exit-decision open pass exit-entry open', 'exit-entry open pass follow-up open', 'assessment open ask assessment supplement',
    'visit open ask visit supplement', 'statement open ask statement supplement', 'check open ask check supplement',
    'appraisal open ask appraisal supplement', 'notice open ask notice supplement', 'review open ask review supplement',
    'decision open ask decision supplement', 'exit-visit open ask exit-visit supplement', 'exit-appraisal open ask exit-appraisal supplement',
    'exit-notice open ask exit-notice supplement', 'exit-review open ask exit-review supplement', 'exit-decision open ask exit-decision supplement',
    'assessment open pause assessment paused', 'visit open pause visit paused', 'statement open pause statement paused',
    'check open pause check paused', 'appraisal open pause appraisal paused', 'notice open pause notice paused', 'review open pause review paused',
    'decision open pause decision paused', 'exit-visit open pause exit-visit paused', 'exit-appraisal open pause exit-appraisal paused',
    'exit-notice open pause exit-notice paused', 'exit-review open pause exit-review paused', 'exit-decision open pause exit-decision paused',
    'assessment open reject ended ended', 'visit open reject ended ended', 'check open reject ended ended', 'appraisal open reject ended ended',
    'notice open reject ended ended', 'review open reject ended ended', 'decision open reject ended ended', 'assessment open refer ended ended',
    'visit open refer ended ended', 'check open refer ended ended', 'appraisal open refer ended ended', 'notice open refer ended ended',
    'review open refer ended ended', 'decision open refer ended ended', 'assessment open withdraw ended ended', 'visit open withdraw ended ended',
    'statement open withdraw ended ended', 'check open withdraw ended ended', 'appraisal open withdraw ended ended',
    'notice open withdraw ended ended', 'review open withdraw ended ended', 'decision open withdraw ended ended',
    'assessment open transfer assessment open', 'visit open transfer visit open', 'statement open transfer statement open',
    'check open transfer check open', 'appraisal open transfer appraisal open', 'notice open transfer notice open',
    'review open transfer review open', 'decision open transfer decision open', 'entry open transfer entry open',
    'measures open transfer measures open', 'tracking open transfer tracking open', 'exit-visit open transfer exit-visit open',
    'exit-appraisal open transfer exit-appraisal open', 'exit-notice open transfer exit-notice open', 'exit-review open transfer exit-review open',
    'exit-decision open transfer exit-decision open', 'exit-entry open transfer exit-entry open', 'follow-up open transfer follow-up open',
    'assessment open green assessment open', 'visit open green visit open', 'statement open green statement open', 'check open green check open',
    'appraisal open green appraisal open', 'notice open green notice open', 'review open green review open', 'assessment open end ended ended',
    'visit open end ended ended', 'statement open end ended ended', 'check open end ended ended', 'appraisal open end ended ended',
    'notice open end ended ended', 'review open end ended ended', 'decision open end ended ended', 'entry open end ended ended',
    'measures open end ended ended', 'tracking open end ended ended', 'exit-visit open end ended ended', 'exit-appraisal open end ended ended',
    'exit-notice open end ended ended', 'exit-review open end ended ended', 'exit-decision open end ended ended', 'exit-entry open end ended ended',
    'follow-up open end ended ended', 'assessment supplement supply assessment open', 'visit supplement supply visit open',
    'statement supplement supply statement open', 'check supplement supply check open', 'appraisal supplement supply appraisal open',
    'notice supplement supply notice open', 'review supplement supply review open', 'decision supplement supply decision open',
    'exit-visit supplement supply exit-visit open', 'exit-appraisal supplement supply exit-appraisal open',
    'exit-notice supplement supply exit-notice open', 'exit-review supplement supply exit-review open',
    'exit-decision supplement supply exit-decision open', 'assessment supplement withdraw ended ended', 'visit supplement withdraw ended ended',
    'statement supplement withdraw ended ended', 'check supplement withdraw ended ended', 'appraisal supplement withdraw ended ended',
    'notice supplement withdraw ended ended', 'review supplement withdraw ended ended', 'decision supplement withdraw ended ended',
    'assessment supplement transfer assessment supplement', 'visit supplement transfer visit supplement',
    'statement supplement transfer statement supplement', 'check supplement transfer check supplement',
    'appraisal supplement transfer appraisal supplement', 'notice supplement transfer notice supplement',
    'review supplement transfer review supplement', 'decision supplement transfer decision supplement',
    'exit-visit supplement transfer exit-visit supplement', 'exit-appraisal supplement transfer exit-appraisal supplement',
    'exit-notice supplement transfer exit-notice supplement', 'exit-review supplement transfer exit-review supplement',
    'exit-decision supplement transfer exit-decision supplement', 'assessment supplement end ended ended', 'visit supplement end ended ended',
    'statement supplement end ended ended', 'check supplement end ended ended', 'appraisal supplement end ended ended',
    'notice supplement end ended ended', 'review supplement end ended ended', 'decision supplement end ended ended',
    'exit-visit supplement end ended ended', 'exit-appraisal supplement end ended ended', 'exit-notice supplement end ended ended',
    'exit-review supplement end ended ended', 'exit-decision supplement end ended ended', 'assessment paused resume assessment open',
    'visit paused resume visit open', 'statement paused resume statement open', 'check paused resume check open',
    'appraisal paused resume appraisal open', 'notice paused resume notice open', 'review paused resume review open',
    'decision paused resume decision open', 'exit-visit paused resume exit-visit open', 'exit-appraisal paused resume exit-appraisal open',
    'exit-notice paused resume exit-notice open', 'exit-review paused resume exit-review open', 'exit-decision paused resume exit-decision open',
    'assessment paused withdraw ended ended', 'visit paused withdraw ended ended', 'statement paused withdraw ended ended',
    'check paused withdraw ended ended', 'appraisal paused withdraw ended ended', 'notice paused withdraw ended ended',
    'review paused withdraw ended ended', 'decision paused withdraw ended ended', 'assessment paused transfer assessment paused',
    'visit paused transfer visit paused', 'statement paused transfer statement paused', 'check paused transfer check paused',
    'appraisal paused transfer appraisal paused', 'notice paused transfer notice paused', 'review paused transfer review paused',
    'decision paused transfer decision paused', 'exit-visit paused transfer exit-visit paused',
    'exit-appraisal paused transfer exit-appraisal paused', 'exit-notice paused transfer exit-notice paused',
    'exit-review paused transfer exit-review paused', 'exit-decision paused transfer exit-decision paused', 'assessment paused end ended ended',
    'visit paused end ended ended', 'statement paused end ended ended', 'check paused end ended ended', 'appraisal paused end ended ended',
    'notice paused end ended ended', 'review paused end ended ended', 'decision paused end ended ended', 'exit-visit paused end ended ended',
    'exit-appraisal paused end ended ended', 'exit-notice paused end ended ended', 'exit-review paused end ended ended',
    'exit-decision paused end ended ended', 'visit open return assessment open', 'statement open return assessment open',
    'statement open return visit open', 'check open return assessment open', 'check open return visit open', 'check open return statement open',
    'appraisal open return assessment open', 'appraisal open return visit open', 'appraisal open return statement open',
    'appraisal open return check open', 'notice open return assessment open', 'notice open return visit open', 'notice open return statement open',
    'notice open return check open', 'notice open return appraisal open', 'review open return assessment open', 'review open return visit open',
    'review open return statement open', 'review open return check open', 'review open return appraisal open', 'review open return notice open',
    'decision open return assessment open', 'decision open return visit open', 'decision open return statement open',
    'decision open return check open', 'decision open return appraisal open', 'decision open return notice open', 'decision open return review open',
    'entry open return assessment open', 'entry open return visit open', 'entry open return statement open', 'entry open return check open',
    'entry open return appraisal open', 'entry open return notice open', 'entry open return review open', 'entry open return decision open',
    'tracking open return measures open', 'exit-appraisal open return exit-visit open', 'exit-notice open return exit-visit open',
    'exit-notice open return exit-appraisal open', 'exit-review open return exit-visit open', 'exit-review open return exit-appraisal open',
    'exit-review open return exit-notice open', 'exit-decision open return exit-visit open', 'exit-decision open return exit-appraisal open',
    'exit-decision open return exit-notice open', 'exit-decision open return exit-review open', 'exit-entry open return exit-visit open',
    'exit-entry open return exit-appraisal open', 'exit-entry open return exit-notice open', 'exit-entry open return exit-review open',
    'exit-entry open return exit-decision open', 'tracking open start-exit exit-visit open', 'exit-visit open reject tracking open',
    'exit-appraisal open reject tracking open', 'exit-notice open reject tracking open', 'exit-review open reject tracking open',
    'exit-decision open reject tracking open', 'follow-up open revert tracking open', 'follow-up open relapse visit open',
    'follow-up open settle ended ended', 'ended ended relapse visit open'
  )
$$;

CREATE TABLE cases.case_counter (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  year smallint NOT NULL,
  last integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (county_code, year)
);
COMMENT ON TABLE cases.case_counter IS 'The number of the last case of a year, counted in the transaction that opens it: no gaps, none twice.';
SELECT kernel.protect_reference('cases.case_counter');
GRANT INSERT, UPDATE ON cases.case_counter TO app_area;
CREATE POLICY counter_write ON cases.case_counter TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE cases.case_file (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  case_id uuid NOT NULL,
  case_no text COLLATE "C" NOT NULL CHECK (case_no ~ '^[0-9]{4}-[0-9]{6}$'),
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  source text NOT NULL CHECK (source IN ('lead', 'declaration', 'hotline', 'petition', 'visit', 'department', 'register')),
  source_id uuid,
  step text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'supplement', 'paused', 'ended')),
  round smallint NOT NULL DEFAULT 1 CHECK (round > 0),
  is_green boolean NOT NULL DEFAULT false,
  held_by text COLLATE "C" NOT NULL,
  handler_id text,
  handler_name text,
  opened_on date NOT NULL,
  step_since date NOT NULL,
  identified_on date,
  eliminated_on date,
  ended_on date,
  outcome text CHECK (outcome IN ('not-identified', 'referred', 'withdrawn', 'stable', 'household-ended')),
  kind text COLLATE "C",
  risks text[] NOT NULL DEFAULT '{}' CHECK (cardinality(risks) <= 5),
  national_no text,
  no_labour boolean NOT NULL DEFAULT false,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, case_id),
  UNIQUE (county_code, case_no),
  CHECK ((state = 'ended') = (step = 'ended')),
  CHECK ((state = 'ended') = (outcome IS NOT NULL)),
  CHECK ((state = 'ended') = (ended_on IS NOT NULL)),
  CONSTRAINT eliminated_after_identified CHECK (eliminated_on IS NULL OR (identified_on IS NOT NULL AND eliminated_on >= identified_on))
);
COMMENT ON TABLE cases.case_file IS '@sensitivity C3. One household and episode. Its state is what its last event says; a trigger refuses anything else.';
COMMENT ON COLUMN cases.case_file.source IS 'register: taken over from the national export, identified before this program was used.';
COMMENT ON COLUMN cases.case_file.held_by IS 'Area path of the village, township or county that must act.';
COMMENT ON COLUMN cases.case_file.round IS '1 for the first identification; a relapse begins the next.';
COMMENT ON COLUMN cases.case_file.is_green IS 'Green channel (绿色通道): help may begin before the decision, papers follow.';
COMMENT ON COLUMN cases.case_file.identified_on IS 'Day of the county''s decision of this round.';
COMMENT ON COLUMN cases.case_file.kind IS 'Kind of monitored object (三类), a word of the table cases.monitored-object.';
COMMENT ON COLUMN cases.case_file.risks IS 'Codes of risks, the main one first.';
COMMENT ON COLUMN cases.case_file.no_labour IS 'Wholly without labour (整户无劳动能力): helped on, never marked as eliminated.';
CREATE UNIQUE INDEX case_file_open ON cases.case_file (county_code, household_id) WHERE ended_on IS NULL;
CREATE INDEX case_file_household ON cases.case_file (county_code, household_id, opened_on);
CREATE INDEX case_file_area ON cases.case_file (county_code, area_path, case_id);
CREATE INDEX case_file_held ON cases.case_file (county_code, held_by, step_since) WHERE ended_on IS NULL;
CREATE INDEX case_file_step ON cases.case_file (county_code, step, step_since) WHERE ended_on IS NULL;
CREATE INDEX case_file_source ON cases.case_file (county_code, source_id) WHERE source_id IS NOT NULL;
SELECT kernel.protect_area('cases.case_file');

-- What happened to a case: append-only; `seq` counts within the case.
CREATE TABLE cases.case_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  case_event_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  round smallint NOT NULL CHECK (round > 0),
  action text COLLATE "C" NOT NULL,
  step_before text COLLATE "C",
  state_before text COLLATE "C",
  step_after text COLLATE "C" NOT NULL,
  state_after text COLLATE "C" NOT NULL,
  held_by text COLLATE "C" NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  actor_path text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  on_day date NOT NULL,
  opinion text,
  reason text,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  PRIMARY KEY (county_code, case_event_id),
  CONSTRAINT case_event_seq UNIQUE (county_code, case_id, seq),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((action = 'open') = (step_before IS NULL)),
  CHECK (action NOT IN ('return', 'reject', 'refer', 'withdraw', 'pause', 'ask', 'revert', 'relapse', 'green', 'transfer') OR reason IS NOT NULL)
);
COMMENT ON TABLE cases.case_event IS '@sensitivity C4 (opinion and reason may speak of health).';
COMMENT ON COLUMN cases.case_event.details IS 'What the step asked for: visit, papers with their ids, versions of the policies, conclusion.';
CREATE INDEX case_event_area ON cases.case_event (county_code, area_path, at);
CREATE INDEX case_event_actor ON cases.case_event (county_code, actor_id, at);
SELECT kernel.protect_area('cases.case_event', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON cases.case_event TO app_area, app_county, app_system;

-- Who is kin: ties between households, both ways as two rows, and the households that a user named as his own.
CREATE TABLE cases.kin_tie (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  household_id uuid NOT NULL,
  other_household_id uuid NOT NULL CHECK (other_household_id <> household_id),
  relation text COLLATE "C" NOT NULL,
  source text NOT NULL CHECK (source IN ('stated', 'household-event')),
  stated_by text NOT NULL,
  stated_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, household_id, other_household_id)
);
COMMENT ON TABLE cases.kin_tie IS 'Ids only. A tie stands as two rows, one from each side.';
SELECT kernel.protect_reference('cases.kin_tie');
GRANT INSERT, UPDATE ON cases.kin_tie TO app_area;
CREATE POLICY kin_write ON cases.kin_tie TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE cases.caller_household (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  user_id text COLLATE "C" NOT NULL,
  household_id uuid NOT NULL,
  relation text COLLATE "C" NOT NULL,
  stated_by text NOT NULL,
  stated_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, user_id, household_id)
);
COMMENT ON TABLE cases.caller_household IS 'Households of which a user said that they are his own or his near relatives''.';
SELECT kernel.protect_reference('cases.caller_household');
GRANT INSERT, UPDATE ON cases.caller_household TO app_area, app_household;
CREATE POLICY own_write ON cases.caller_household TO app_area, app_household
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

-- Whether a household is at most two ties away from those that a user named.
CREATE FUNCTION cases.is_kin(of_county text, of_user text, of_household uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  WITH RECURSIVE reach (household_id, far) AS (
    SELECT household_id, 0 FROM cases.caller_household WHERE county_code = of_county AND user_id = of_user AND ended_at IS NULL
    UNION
    SELECT tie.other_household_id, reach.far + 1 FROM reach JOIN cases.kin_tie tie
      ON tie.county_code = of_county AND tie.household_id = reach.household_id AND tie.ended_at IS NULL
    WHERE reach.far < 2
  )
  SELECT EXISTS (SELECT 1 FROM reach WHERE household_id = of_household)
$$;

CREATE FUNCTION cases.check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held cases.case_file;
BEGIN
  SELECT * INTO held FROM cases.case_file WHERE county_code = NEW.county_code AND case_id = NEW.case_id FOR UPDATE;
  IF held.case_id IS NULL THEN RAISE EXCEPTION 'no such case' USING ERRCODE = 'BF404'; END IF;
  IF NEW.actor_id IS DISTINCT FROM kernel.setting('caller') THEN RAISE EXCEPTION 'an act in another''s name' USING ERRCODE = 'BF400'; END IF;
  IF NEW.action = 'open' THEN
    IF NEW.seq <> 1 OR held.revision <> 1 OR held.step <> NEW.step_after THEN RAISE EXCEPTION 'opened twice' USING ERRCODE = 'BF409'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.seq <> held.revision + 1 OR NEW.step_before <> held.step OR NEW.state_before <> held.state THEN
    RAISE EXCEPTION 'the case has changed' USING ERRCODE = 'BF409';
  END IF;
  IF NOT cases.is_legal_move(NEW.step_before, NEW.state_before, NEW.action, NEW.step_after, NEW.state_after) THEN
    RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422';
  END IF;
  IF NEW.action NOT IN ('transfer', 'end') AND cases.is_kin(NEW.county_code, NEW.actor_id, NEW.household_id) THEN
    RAISE EXCEPTION 'kin of the household' USING ERRCODE = 'BF403';
  END IF;
  IF NEW.action IN ('pass', 'reject', 'refer') AND NEW.step_before IN ('review', 'decision', 'exit-review', 'exit-decision') AND EXISTS (
    SELECT 1 FROM cases.case_event earlier
    WHERE earlier.county_code = NEW.county_code AND earlier.case_id = NEW.case_id AND earlier.round = NEW.round
      AND earlier.actor_id = NEW.actor_id AND earlier.action = 'pass' AND earlier.step_before <> NEW.step_before
      AND earlier.step_before = ANY (CASE WHEN NEW.step_before LIKE 'exit-%'
        THEN ARRAY['exit-visit', 'exit-appraisal', 'exit-notice', 'exit-review']
        ELSE ARRAY['visit', 'statement', 'check', 'appraisal', 'notice', 'review'] END)
  ) THEN RAISE EXCEPTION 'self-approval' USING ERRCODE = 'BF401'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_event BEFORE INSERT ON cases.case_event FOR EACH ROW EXECUTE FUNCTION cases.check_event();

-- A case is what its last event says.
CREATE FUNCTION cases.check_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.step, NEW.state, NEW.round, NEW.revision) IS DISTINCT FROM (OLD.step, OLD.state, OLD.round, OLD.revision) AND NOT EXISTS (
    SELECT 1 FROM cases.case_event event
    WHERE event.county_code = NEW.county_code AND event.case_id = NEW.case_id AND event.seq = NEW.revision AND NEW.revision = OLD.revision + 1
      AND event.step_after = NEW.step AND event.state_after = NEW.state AND event.round = NEW.round
  ) THEN RAISE EXCEPTION 'a state without its event' USING ERRCODE = 'BF422'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_file BEFORE UPDATE ON cases.case_file FOR EACH ROW EXECUTE FUNCTION cases.check_file();

-- What was done against a risk (落实帮扶), as far as the procedure asks for it.
CREATE TABLE cases.case_measure (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  case_measure_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL,
  risk text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  content text NOT NULL,
  started_on date NOT NULL,
  ended_on date CHECK (ended_on >= started_on),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (county_code, case_measure_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id)
);
COMMENT ON COLUMN cases.case_measure.withdrawn_at IS 'Entered by mistake; kept, not counted.';
CREATE INDEX case_measure_case ON cases.case_measure (county_code, case_id, started_on);
SELECT kernel.protect_area('cases.case_measure');

-- Visits within a case: verification, tracking, follow-up.
CREATE TABLE cases.case_visit (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  case_visit_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL,
  step text COLLATE "C" NOT NULL,
  visited_on date NOT NULL,
  method text NOT NULL CHECK (method IN ('home', 'phone', 'video')),
  visitors text[] NOT NULL CHECK (cardinality(visitors) >= 1),
  finding text NOT NULL CHECK (finding IN ('as-before', 'better', 'worse')),
  note text NOT NULL DEFAULT '',
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, case_visit_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id)
);
COMMENT ON TABLE cases.case_visit IS '@sensitivity C4 (the note may speak of health).';
CREATE INDEX case_visit_case ON cases.case_visit (county_code, case_id, visited_on);
SELECT kernel.protect_area('cases.case_visit', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON cases.case_visit TO app_area, app_county, app_system;
