-- Campaigns: who is asked by which form, who calls, what was said, what was found (M-008, M-013 to M-018, M-021; docs/decisions/0034-surveys.md).
CREATE SCHEMA surveys;
GRANT USAGE ON SCHEMA surveys TO app_area, app_household, app_county, app_system;

-- A form as it was when a campaign took it. Never changed: another text is another version.
CREATE TABLE surveys.form (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  form_id uuid NOT NULL,
  form_key text COLLATE "C" NOT NULL CHECK (form_key ~ '^[a-z][a-z0-9-]{1,39}$'),
  version integer NOT NULL CHECK (version > 0),
  title text NOT NULL CHECK (title <> ''),
  body jsonb NOT NULL CHECK (jsonb_typeof(body -> 'questions') = 'array'),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, form_id),
  UNIQUE (county_code, form_key, version)
);
COMMENT ON TABLE surveys.form IS 'Versions of forms: questions with types, options, checks (FEEL) and what an answer means as a problem.';
SELECT kernel.protect_reference('surveys.form', 'SELECT, INSERT');
-- A township's campaign may be the first to take a shipped form.
GRANT INSERT ON surveys.form TO app_area;
CREATE POLICY form_take ON surveys.form FOR INSERT TO app_area WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE surveys.campaign (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  campaign_id uuid NOT NULL,
  campaign_no text COLLATE "C" NOT NULL,
  series_id uuid NOT NULL,
  round_no integer NOT NULL CHECK (round_no > 0),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('phone', 'look-back', 'three-checks', 'screening-round', 'census', 'satisfaction')),
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 60),
  area_path text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'frozen', 'open', 'closed', 'cancelled')),
  subject text COLLATE "C" NOT NULL CHECK (subject IN ('household', 'village')),
  way text COLLATE "C" NOT NULL CHECK (way IN ('phone', 'visit')),
  form_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL CHECK (ends_on >= starts_on),
  filter jsonb NOT NULL DEFAULT '{}',
  draw text COLLATE "C" NOT NULL CHECK (draw IN ('all', 'sample', 'again')),
  sample_size integer CHECK (sample_size > 0),
  seed text COLLATE "C" CHECK (length(seed) BETWEEN 4 AND 80),
  again_of uuid,
  terms jsonb NOT NULL DEFAULT '{}',
  created_by text NOT NULL,
  created_name text NOT NULL,
  created_at timestamptz NOT NULL,
  frozen_on date,
  frozen_by text,
  frozen_name text,
  opened_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  closed_name text,
  reason text,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, campaign_id),
  UNIQUE (county_code, campaign_no),
  UNIQUE (county_code, series_id, round_no),
  FOREIGN KEY (county_code, form_id) REFERENCES surveys.form (county_code, form_id),
  FOREIGN KEY (county_code, again_of) REFERENCES surveys.campaign (county_code, campaign_id),
  CHECK ((draw = 'sample') = (sample_size IS NOT NULL) AND (draw = 'sample') = (seed IS NOT NULL)),
  CHECK ((draw = 'again') = (again_of IS NOT NULL)),
  CHECK ((state IN ('draft', 'cancelled')) OR (frozen_on IS NOT NULL AND frozen_by IS NOT NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL AND closed_by IS NOT NULL)),
  CHECK (state <> 'cancelled' OR reason IS NOT NULL)
);
COMMENT ON TABLE surveys.campaign IS 'Read by every office at or below its area; holds no counts, so that it tells nobody of other places.';
COMMENT ON COLUMN surveys.campaign.series_id IS 'Rounds of one action (过筛式排查 5轮, 回头看) share it; one answer per target and round follows, because a round is a campaign.';
COMMENT ON COLUMN surveys.campaign.filter IS 'What the population was filtered by. Household numbers that were pasted stand as their number and SHA-256 only.';
COMMENT ON COLUMN surveys.campaign.draw IS 'all: everybody behind the filter; sample: drawn by the seed, by township; again: the population of another campaign (回头看).';
COMMENT ON COLUMN surveys.campaign.seed IS 'Published: who has the list draws the same households (rules/draw-sample.ts).';
COMMENT ON COLUMN surveys.campaign.terms IS 'Policy values of the day on which it was opened: calls, hours, classes.';
CREATE INDEX campaign_area ON surveys.campaign (county_code, area_path);
SELECT kernel.protect_county('surveys.campaign');
GRANT SELECT ON surveys.campaign TO app_area, app_household;
GRANT INSERT, UPDATE ON surveys.campaign TO app_area;
-- Whose area lies in the campaign's, or the other way round, reads it; an office writes those of its own area.
CREATE POLICY campaign_read ON surveys.campaign FOR SELECT TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '') AND (
    (area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
    OR starts_with(nullif(current_setting('app.lo', true), ''), area_path)));
CREATE POLICY campaign_begin ON surveys.campaign FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
CREATE POLICY campaign_change ON surveys.campaign FOR UPDATE TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
CREATE POLICY campaign_read_own ON surveys.campaign FOR SELECT TO app_household
  USING (county_code = nullif(current_setting('app.county', true), '') AND nullif(current_setting('app.households', true), '') IS NOT NULL);

-- Who calls.
CREATE TABLE surveys.caller (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  campaign_id uuid NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  name text NOT NULL,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, campaign_id, user_id),
  FOREIGN KEY (county_code, campaign_id) REFERENCES surveys.campaign (county_code, campaign_id)
);
COMMENT ON TABLE surveys.caller IS 'area_path: where the caller may work; only households there are given to him.';
SELECT kernel.protect_area('surveys.caller');

CREATE TABLE surveys.target (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  target_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  household_no text COLLATE "C" NOT NULL DEFAULT '',
  head_name text NOT NULL DEFAULT '',
  township text NOT NULL,
  village text NOT NULL,
  persons integer NOT NULL CHECK (persons >= 0),
  frozen_path text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'retry', 'answered', 'refused', 'wrong-number', 'moved', 'deceased', 'unreached', 'ended')),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_from timestamptz,
  caller_id text COLLATE "C",
  caller_name text,
  conclusion text COLLATE "C" CHECK (conclusion IN ('clean', 'corrected', 'problems', 'risk')),
  answered_at timestamptz,
  last_call_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, target_id),
  UNIQUE (county_code, campaign_id, seq),
  FOREIGN KEY (county_code, campaign_id) REFERENCES surveys.campaign (county_code, campaign_id),
  CHECK ((state = 'answered') = (answered_at IS NOT NULL)),
  CHECK ((state = 'answered') = (conclusion IS NOT NULL)),
  CHECK ((caller_id IS NULL) = (caller_name IS NULL))
);
COMMENT ON TABLE surveys.target IS '@sensitivity C3. The frozen population: who is to be asked. persons: members on the day of freezing; the base of every rate.';
COMMENT ON COLUMN surveys.target.household_id IS 'NULL: the village as a whole is checked.';
COMMENT ON COLUMN surveys.target.frozen_path IS 'Where it was when the population was frozen; area_path follows the household.';
COMMENT ON COLUMN surveys.target.next_from IS 'A retry is offered from then on.';
CREATE UNIQUE INDEX target_household ON surveys.target (county_code, campaign_id, household_id) WHERE household_id IS NOT NULL;
CREATE UNIQUE INDEX target_village ON surveys.target (county_code, campaign_id, frozen_path) WHERE household_id IS NULL;
CREATE INDEX target_caller ON surveys.target (county_code, caller_id, campaign_id, state, seq);
CREATE INDEX target_state ON surveys.target (county_code, campaign_id, state, seq);
CREATE INDEX target_area ON surveys.target (county_code, area_path);
CREATE INDEX target_of_household ON surveys.target (county_code, household_id);
SELECT kernel.protect_area('surveys.target');

-- Each call or visit.
CREATE TABLE surveys.call (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  call_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  target_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  attempt integer NOT NULL CHECK (attempt > 0),
  way text COLLATE "C" NOT NULL CHECK (way IN ('phone', 'visit', 'import')),
  outcome text COLLATE "C" NOT NULL
    CHECK (outcome IN ('answered', 'no-answer', 'call-back', 'refused', 'wrong-number', 'moved', 'deceased')),
  note_cell bytea,
  by_id text COLLATE "C" NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, call_id),
  UNIQUE (county_code, target_id, attempt),
  FOREIGN KEY (county_code, target_id) REFERENCES surveys.target (county_code, target_id)
);
COMMENT ON COLUMN surveys.call.note_cell IS '@sensitivity C4, encrypted (may speak of health); associated data: surveys.call, note, call_id.';
CREATE INDEX call_campaign ON surveys.call (county_code, campaign_id, by_id);
CREATE INDEX call_area ON surveys.call (county_code, area_path);
SELECT kernel.protect_area('surveys.call', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON surveys.call TO app_area, app_household, app_county, app_system;

-- What was said. A correction is another version; what was said before stays.
CREATE TABLE surveys.response (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  response_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  target_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  is_current boolean NOT NULL DEFAULT true,
  answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
  way text COLLATE "C" NOT NULL CHECK (way IN ('phone', 'visit', 'import')),
  reason text,
  by_id text COLLATE "C" NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, response_id),
  UNIQUE (county_code, target_id, version),
  FOREIGN KEY (county_code, target_id) REFERENCES surveys.target (county_code, target_id),
  CHECK ((version = 1) = (reason IS NULL))
);
COMMENT ON TABLE surveys.response IS '@sensitivity C4. Question key to answer: text, number, true/false, list of words; free text and values of sealed fields as {"cell": base64}.';
CREATE UNIQUE INDEX response_current ON surveys.response (county_code, target_id) WHERE is_current;
CREATE INDEX response_campaign ON surveys.response (county_code, campaign_id) WHERE is_current;
CREATE INDEX response_area ON surveys.response (county_code, area_path);
SELECT kernel.protect_area('surveys.response', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, is_current) ON surveys.response TO app_area, app_household, app_county, app_system;

CREATE TABLE surveys.problem (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  problem_id uuid NOT NULL,
  problem_no text COLLATE "C" NOT NULL,
  campaign_id uuid NOT NULL,
  target_id uuid NOT NULL,
  household_id uuid,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL CHECK (source IN ('correction', 'policy', 'satisfaction', 'other')),
  class text NOT NULL CHECK (class <> ''),
  question text COLLATE "C" NOT NULL,
  word text NOT NULL DEFAULT '',
  description text NOT NULL CHECK (description <> ''),
  correction_id uuid,
  applied boolean,
  found_on date NOT NULL,
  found_by text COLLATE "C" NOT NULL,
  found_name text NOT NULL,
  found_at timestamptz NOT NULL,
  withdrawn_on date,
  withdrawn_reason text,
  PRIMARY KEY (county_code, problem_id),
  UNIQUE (county_code, campaign_id, problem_no),
  FOREIGN KEY (county_code, target_id) REFERENCES surveys.target (county_code, target_id),
  CHECK ((source = 'correction') = (correction_id IS NOT NULL)),
  CHECK ((withdrawn_on IS NULL) = (withdrawn_reason IS NULL))
);
COMMENT ON TABLE surveys.problem IS '@sensitivity C3. One problem of one source (R14). description is made of the form''s words; word: the chosen option.';
CREATE UNIQUE INDEX problem_once ON surveys.problem
  (county_code, target_id, question, word, (coalesce(person_id, '00000000-0000-0000-0000-000000000000'::uuid))) WHERE withdrawn_on IS NULL;
CREATE INDEX problem_campaign ON surveys.problem (county_code, campaign_id, source, class);
CREATE INDEX problem_area ON surveys.problem (county_code, area_path);
SELECT kernel.protect_area('surveys.problem', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, withdrawn_on, withdrawn_reason) ON surveys.problem TO app_area, app_household, app_county, app_system;

-- What may be a risk; announced, and looked at by the cases.
CREATE TABLE surveys.risk (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  risk_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  target_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  risks text[] NOT NULL CHECK (cardinality(risks) > 0),
  found_on date NOT NULL,
  PRIMARY KEY (county_code, risk_id),
  UNIQUE (county_code, target_id),
  FOREIGN KEY (county_code, target_id) REFERENCES surveys.target (county_code, target_id)
);
COMMENT ON TABLE surveys.risk IS '@sensitivity C3. Once per target: what is said again in a corrected answer is not told again.';
CREATE INDEX risk_area ON surveys.risk (county_code, area_path);
SELECT kernel.protect_area('surveys.risk', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON surveys.risk TO app_area, app_household, app_county, app_system;

-- Which state follows which; rules/target-states.ts and rules/campaign-states.ts say the same, a test compares them.
CREATE FUNCTION surveys.next_target_states(of_state text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE of_state
    WHEN 'waiting' THEN ARRAY['retry', 'answered', 'refused', 'wrong-number', 'moved', 'deceased', 'unreached', 'ended']
    WHEN 'retry' THEN ARRAY['retry', 'answered', 'refused', 'wrong-number', 'moved', 'deceased', 'unreached', 'ended']
    WHEN 'answered' THEN ARRAY['answered']
    WHEN 'refused' THEN ARRAY['retry', 'ended']
    WHEN 'wrong-number' THEN ARRAY['retry', 'ended']
    WHEN 'moved' THEN ARRAY['retry', 'ended']
    WHEN 'deceased' THEN ARRAY['retry', 'ended']
    WHEN 'unreached' THEN ARRAY['retry', 'ended']
    WHEN 'ended' THEN ARRAY['waiting', 'retry']
  END
$$;
CREATE FUNCTION surveys.next_campaign_states(of_state text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE of_state
    WHEN 'draft' THEN ARRAY['frozen', 'cancelled']
    WHEN 'frozen' THEN ARRAY['open', 'cancelled']
    WHEN 'open' THEN ARRAY['closed']
    ELSE ARRAY[]::text[]
  END
$$;

-- Closing takes the lock alone, everything that is recorded shares it: nothing slips in behind the close.
CREATE FUNCTION surveys.state_of(of_county text, of_campaign uuid) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE found text;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended(of_county || of_campaign::text, 788));
  SELECT state INTO found FROM surveys.campaign WHERE county_code = of_county AND campaign_id = of_campaign;
  RETURN found;
END $$;

CREATE FUNCTION surveys.check_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'closed' AND OLD.state <> 'closed' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.county_code || NEW.campaign_id::text, 788));
  END IF;
  IF NEW.state <> OLD.state AND NOT NEW.state = ANY (surveys.next_campaign_states(OLD.state)) THEN
    RAISE EXCEPTION 'no such move of a campaign' USING ERRCODE = 'BF781';
  END IF;
  IF OLD.state <> 'draft' AND (NEW.filter, NEW.draw, NEW.sample_size, NEW.seed, NEW.again_of, NEW.form_id, NEW.subject, NEW.area_path, NEW.kind,
      NEW.series_id, NEW.round_no, NEW.frozen_on) IS DISTINCT FROM
     (OLD.filter, OLD.draw, OLD.sample_size, OLD.seed, OLD.again_of, OLD.form_id, OLD.subject, OLD.area_path, OLD.kind, OLD.series_id, OLD.round_no,
      OLD.frozen_on) THEN
    RAISE EXCEPTION 'the population is frozen' USING ERRCODE = 'BF782';
  END IF;
  IF OLD.state IN ('closed', 'cancelled') THEN RAISE EXCEPTION 'the campaign is closed' USING ERRCODE = 'BF783'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_campaign BEFORE UPDATE ON surveys.campaign FOR EACH ROW EXECUTE FUNCTION surveys.check_campaign();

CREATE FUNCTION surveys.check_population() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT county_code, campaign_id FROM added) a
    WHERE surveys.state_of(a.county_code, a.campaign_id) IS DISTINCT FROM 'draft') THEN
    RAISE EXCEPTION 'the population is frozen' USING ERRCODE = 'BF782';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_population AFTER INSERT ON surveys.target REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION surveys.check_population();

CREATE FUNCTION surveys.check_target() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE in_state text;
BEGIN
  IF (NEW.campaign_id, NEW.seq, NEW.persons, NEW.frozen_path) IS DISTINCT FROM (OLD.campaign_id, OLD.seq, OLD.persons, OLD.frozen_path) THEN
    RAISE EXCEPTION 'the population is frozen' USING ERRCODE = 'BF782';
  END IF;
  IF NEW.state <> OLD.state OR NEW.attempts <> OLD.attempts OR NEW.answered_at IS DISTINCT FROM OLD.answered_at THEN
    IF NOT NEW.state = ANY (surveys.next_target_states(OLD.state)) THEN
      RAISE EXCEPTION 'no such move of a target' USING ERRCODE = 'BF784';
    END IF;
    in_state := surveys.state_of(NEW.county_code, NEW.campaign_id);
    -- A household may end at any time before the close.
    IF in_state <> 'open' AND NOT (in_state = 'frozen' AND (NEW.state = 'ended' OR OLD.state = 'ended')) THEN
      RAISE EXCEPTION 'the campaign is not open' USING ERRCODE = 'BF783';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_target BEFORE UPDATE ON surveys.target FOR EACH ROW EXECUTE FUNCTION surveys.check_target();

CREATE FUNCTION surveys.check_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF surveys.state_of(NEW.county_code, NEW.campaign_id) IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION 'the campaign is not open' USING ERRCODE = 'BF783';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_call BEFORE INSERT ON surveys.call FOR EACH ROW EXECUTE FUNCTION surveys.check_recorded();
CREATE TRIGGER check_response BEFORE INSERT ON surveys.response FOR EACH ROW EXECUTE FUNCTION surveys.check_recorded();
CREATE TRIGGER check_problem BEFORE INSERT ON surveys.problem FOR EACH ROW EXECUTE FUNCTION surveys.check_recorded();

CREATE FUNCTION surveys.check_response_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_current AND NOT OLD.is_current THEN RAISE EXCEPTION 'an earlier version stays earlier' USING ERRCODE = 'BF785'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_response_kept BEFORE UPDATE ON surveys.response FOR EACH ROW EXECUTE FUNCTION surveys.check_response_kept();

-- Published views for indicators: under the reader's scope.
CREATE VIEW surveys.v_target WITH (security_invoker = true) AS
  SELECT t.county_code, t.area_path, t.target_id::text AS row_id, t.campaign_id, c.campaign_no, c.kind, c.series_id, c.round_no, c.state AS campaign_state, c.frozen_on,
    t.target_id, t.household_id, t.persons, t.township, t.village, t.state, t.attempts, t.caller_id,
    t.attempts > 0 OR t.state = 'answered' AS is_recorded, t.state = 'answered' AS is_reached, t.conclusion,
    (t.answered_at AT TIME ZONE 'Asia/Shanghai')::date AS answered_on
  FROM surveys.target t JOIN surveys.campaign c ON c.county_code = t.county_code AND c.campaign_id = t.campaign_id
  WHERE c.state <> 'cancelled';
COMMENT ON VIEW surveys.v_target IS 'One row per household (or village) of a campaign''s frozen population. is_recorded, is_reached: both readings of full coverage (A30).';
CREATE VIEW surveys.v_answer WITH (security_invoker = true) AS
  SELECT r.county_code, r.area_path, r.response_id::text || ' ' || a.key || ' ' || coalesce(w.word, '') AS row_id, r.campaign_id, c.campaign_no, c.kind, c.series_id, c.round_no, r.target_id, r.household_id, a.key AS question,
    w.word, CASE WHEN jsonb_typeof(a.value) = 'number' THEN (a.value #>> '{}')::numeric END AS number,
    (r.at AT TIME ZONE 'Asia/Shanghai')::date AS answered_on
  FROM surveys.response r
  JOIN surveys.campaign c ON c.county_code = r.county_code AND c.campaign_id = r.campaign_id
  CROSS JOIN LATERAL jsonb_each(r.answers) a
  CROSS JOIN LATERAL (
    SELECT a.value #>> '{}' AS word WHERE jsonb_typeof(a.value) IN ('string', 'number', 'boolean')
    UNION ALL SELECT e FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(a.value) = 'array' THEN a.value ELSE '[]' END) e
    UNION ALL SELECT a.value ->> 'said' WHERE jsonb_typeof(a.value) = 'object' AND a.value ? 'said') w
  WHERE r.is_current;
COMMENT ON VIEW surveys.v_answer IS 'One row per current answer and chosen word; free text does not appear. Of a comparison with the register the word is same or different.';
CREATE VIEW surveys.v_problem WITH (security_invoker = true) AS
  SELECT p.county_code, p.area_path, p.problem_id::text AS row_id, p.campaign_id, c.campaign_no, c.kind, c.series_id, c.round_no, p.problem_id, p.problem_no, p.target_id,
    p.household_id, p.person_id, t.township, t.village, p.source, p.class, p.question, p.description, p.correction_id, p.found_on, p.withdrawn_on
  FROM surveys.problem p
  JOIN surveys.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id
  JOIN surveys.target t ON t.county_code = p.county_code AND t.target_id = p.target_id;
COMMENT ON VIEW surveys.v_problem IS 'One row per problem found; those withdrawn have withdrawn_on. corrections + policy + satisfaction + other = all (R14).';
COMMENT ON COLUMN surveys.v_target.campaign_no IS '调查编号 | Campaign';
COMMENT ON COLUMN surveys.v_target.kind IS '调查类型 | Kind';
COMMENT ON COLUMN surveys.v_target.township IS '乡镇 | Township';
COMMENT ON COLUMN surveys.v_target.village IS '行政村 | Village';
COMMENT ON COLUMN surveys.v_target.state IS '状态 | State';
COMMENT ON COLUMN surveys.v_target.attempts IS '拨打次数 | Calls made';
COMMENT ON COLUMN surveys.v_target.persons IS '家庭人口 | Members on the day of freezing';
COMMENT ON COLUMN surveys.v_target.is_recorded IS '有记录 | Has a record';
COMMENT ON COLUMN surveys.v_target.is_reached IS '已调查到 | Reached';
COMMENT ON COLUMN surveys.v_target.conclusion IS '结论 | Conclusion';
COMMENT ON COLUMN surveys.v_target.answered_on IS '调查日期 | Answered on';
COMMENT ON COLUMN surveys.v_answer.campaign_no IS '调查编号 | Campaign';
COMMENT ON COLUMN surveys.v_answer.question IS '问题 | Question';
COMMENT ON COLUMN surveys.v_answer.word IS '回答 | Answer';
COMMENT ON COLUMN surveys.v_answer.answered_on IS '调查日期 | Answered on';
COMMENT ON COLUMN surveys.v_problem.campaign_no IS '调查编号 | Campaign';
COMMENT ON COLUMN surveys.v_problem.problem_no IS '问题编号 | Number';
COMMENT ON COLUMN surveys.v_problem.township IS '乡镇 | Township';
COMMENT ON COLUMN surveys.v_problem.village IS '行政村 | Village';
COMMENT ON COLUMN surveys.v_problem.source IS '问题来源 | Source';
COMMENT ON COLUMN surveys.v_problem.class IS '问题类别 | Class';
COMMENT ON COLUMN surveys.v_problem.question IS '问题项 | Question';
COMMENT ON COLUMN surveys.v_problem.found_on IS '发现日期 | Found on';
COMMENT ON COLUMN surveys.v_problem.withdrawn_on IS '撤销日期 | Withdrawn on';
GRANT SELECT ON surveys.v_target, surveys.v_answer, surveys.v_problem TO app_area, app_household, app_county, app_system;
