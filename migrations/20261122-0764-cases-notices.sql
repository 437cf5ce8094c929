-- Notices in the village and objections to them (policy.md §2.6 step 7; trust.md §5.5; docs/decisions/0025).

CREATE TABLE cases.notice_counter (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  what text NOT NULL CHECK (what IN ('notice', 'objection')),
  year smallint NOT NULL,
  last integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (county_code, what, year)
);
COMMENT ON TABLE cases.notice_counter IS 'The number of the last notice and of the last objection of a year, counted in the transaction that makes it.';
SELECT kernel.protect_reference('cases.notice_counter');
GRANT INSERT, UPDATE ON cases.notice_counter TO app_area;
CREATE POLICY counter_write ON cases.notice_counter TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE cases.notice (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  notice_id uuid NOT NULL,
  notice_no text COLLATE "C" NOT NULL CHECK (notice_no ~ '^[0-9]{4}-[0-9]{4,}$'),
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('identification', 'elimination')),
  state text NOT NULL CHECK (state IN ('draft', 'submitted', 'released', 'posted', 'paused', 'ended', 'withdrawn')),
  title text NOT NULL CHECK (char_length(title) BETWEEN 2 AND 60),
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 600),
  columns text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 5 AND columns <@ ARRAY['组', '户主姓名', '人数', '监测对象类别', '主要风险']),
  name_style text NOT NULL CHECK (name_style IN ('masked', 'full')),
  days smallint NOT NULL CHECK (days BETWEEN 5 AND 60),
  calendar text NOT NULL CHECK (calendar IN ('working', 'calendar')),
  phones text[] NOT NULL CHECK (cardinality(phones) BETWEEN 1 AND 5),
  policy text NOT NULL,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9a-f]{32}$'),
  findings integer NOT NULL DEFAULT 0 CHECK (findings >= 0),
  drafted_by text NOT NULL,
  drafted_name text NOT NULL,
  drafted_at timestamptz NOT NULL,
  edited_by text[] NOT NULL,
  submitted_by text,
  submitted_name text,
  submitted_at timestamptz,
  released_by text,
  released_name text,
  released_path text COLLATE "C",
  released_at timestamptz,
  posted_on date,
  posted_by text,
  posted_name text,
  counts_from date,
  ends_on date,
  paused_on date,
  days_left smallint CHECK (days_left BETWEEN 0 AND 60),
  ended_on date,
  withdrawn_by text,
  withdrawn_name text,
  withdrawn_at timestamptz,
  withdrawn_why text,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, notice_id),
  UNIQUE (county_code, notice_no),
  UNIQUE (county_code, code),
  CONSTRAINT released_by_another CHECK (released_by IS NULL OR NOT (released_by = ANY (edited_by || drafted_by || coalesce(submitted_by, '')))),
  CONSTRAINT released_from_above CHECK (released_path IS NULL OR (length(released_path) < length(area_path) AND starts_with(area_path, released_path))),
  CONSTRAINT released_without_findings CHECK (state IN ('draft', 'submitted', 'withdrawn') OR (findings = 0 AND released_by IS NOT NULL)),
  CHECK (state NOT IN ('posted', 'paused', 'ended') OR (posted_on IS NOT NULL AND posted_by IS NOT NULL AND counts_from >= posted_on)),
  CHECK ((state IN ('posted', 'ended')) = (ends_on IS NOT NULL) OR state = 'withdrawn'),
  CHECK ((state = 'paused') = (days_left IS NOT NULL) OR state = 'withdrawn'),
  CHECK ((state = 'paused') = (paused_on IS NOT NULL) OR state = 'withdrawn'),
  CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_why IS NOT NULL)),
  CHECK (state <> 'ended' OR ended_on > ends_on)
);
COMMENT ON TABLE cases.notice IS '@sensitivity C3. A notice of one village; what it may show is an allow-list, here and in cases.notice_line.';
COMMENT ON COLUMN cases.notice.policy IS 'Hash of the parameters cases.notice by which it was drafted.';
COMMENT ON COLUMN cases.notice.code IS '128 random bits: the address of the public page for objections, printed as QR code.';
COMMENT ON COLUMN cases.notice.findings IS 'What the scan of its texts and files found when it was last written; it is released only at 0.';
COMMENT ON COLUMN cases.notice.edited_by IS 'Everybody who wrote any of it; none of them may release it.';
COMMENT ON COLUMN cases.notice.counts_from IS 'The day after which days are counted: of posting, or of the last resumption.';
COMMENT ON COLUMN cases.notice.ends_on IS 'Last day on which it hangs. Null while an objection pauses it.';
COMMENT ON COLUMN cases.notice.days_left IS 'Days that were left when an objection paused it; the day of the objection does not count.';
CREATE INDEX notice_area ON cases.notice (county_code, area_path, notice_id);
CREATE INDEX notice_state ON cases.notice (county_code, state, ends_on) WHERE state IN ('submitted', 'released', 'posted', 'paused');
SELECT kernel.protect_area('cases.notice');

CREATE TABLE cases.notice_line (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  notice_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('identification', 'elimination')),
  round smallint NOT NULL CHECK (round > 0),
  line_no smallint NOT NULL CHECK (line_no > 0),
  shown jsonb NOT NULL CHECK (jsonb_typeof(shown) = 'object' AND shown - ARRAY['组', '户主姓名', '人数', '监测对象类别', '主要风险'] = '{}'::jsonb),
  monitor_kind text,
  risk text,
  struck_on date,
  struck_why text CHECK (struck_why IN ('withdrawn', 'upheld', 'moved-back')),
  PRIMARY KEY (county_code, notice_id, case_id),
  FOREIGN KEY (county_code, notice_id) REFERENCES cases.notice (county_code, notice_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((struck_on IS NULL) = (struck_why IS NULL))
);
COMMENT ON TABLE cases.notice_line IS '@sensitivity C3. A household on a notice, word for word as it is printed.';
COMMENT ON COLUMN cases.notice_line.shown IS 'Only the five allowed columns; the name as it is masked.';
COMMENT ON COLUMN cases.notice_line.risk IS 'What was chosen for the line; the paper shows general words for it.';
COMMENT ON COLUMN cases.notice_line.struck_on IS 'No longer part of the notice: it was withdrawn, an objection was upheld, or the case went back.';
CREATE UNIQUE INDEX notice_line_once ON cases.notice_line (county_code, case_id, round, kind) WHERE struck_on IS NULL;
CREATE INDEX notice_line_household ON cases.notice_line (county_code, household_id);
SELECT kernel.protect_area('cases.notice_line', 'SELECT, INSERT, DELETE');
GRANT UPDATE (struck_on, struck_why, area_path, household_id) ON cases.notice_line TO app_area, app_county, app_system;

-- What happened to a notice: append-only; `seq` counts within the notice.
CREATE TABLE cases.notice_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  notice_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  area_path text COLLATE "C" NOT NULL,
  act text NOT NULL CHECK (act IN ('draft', 'change', 'submit', 'return', 'release', 'post', 'pause', 'resume', 'end', 'withdraw')),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  on_day date NOT NULL,
  reason text,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  PRIMARY KEY (county_code, notice_id, seq),
  FOREIGN KEY (county_code, notice_id) REFERENCES cases.notice (county_code, notice_id),
  CHECK (act NOT IN ('return', 'withdraw') OR reason IS NOT NULL)
);
COMMENT ON COLUMN cases.notice_event.details IS 'Days and counts; no names.';
SELECT kernel.protect_area('cases.notice_event', 'SELECT, INSERT');

-- Photos of the posted notice, and what hangs beside it.
CREATE TABLE cases.notice_file (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  notice_file_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('photo', 'enclosure')),
  stored_id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
  content_type text NOT NULL,
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 20971520),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  cleaned text[] NOT NULL DEFAULT '{}',
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (county_code, notice_file_id),
  FOREIGN KEY (county_code, notice_id) REFERENCES cases.notice (county_code, notice_id)
);
COMMENT ON COLUMN cases.notice_file.cleaned IS 'Kinds of what was hidden in the picture as it came and was taken out.';
CREATE INDEX notice_file_notice ON cases.notice_file (county_code, notice_id);
SELECT kernel.protect_area('cases.notice_file');

CREATE FUNCTION cases.is_legal_notice_move(from_state text, into_state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT from_state = into_state AND from_state NOT IN ('ended', 'withdrawn') OR from_state || ' ' || into_state IN (
    'draft submitted', 'submitted draft', 'submitted released', 'released posted', 'posted paused', 'paused posted', 'posted ended',
    'draft withdrawn', 'submitted withdrawn', 'released withdrawn', 'posted withdrawn', 'paused withdrawn')
$$;

CREATE FUNCTION cases.check_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.revision <> OLD.revision + 1 THEN RAISE EXCEPTION 'the notice has changed' USING ERRCODE = 'BF409'; END IF;
  IF NOT cases.is_legal_notice_move(OLD.state, NEW.state) THEN RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422'; END IF;
  IF (OLD.state <> 'draft' OR NEW.state <> 'draft') AND
    (NEW.title, NEW.note, NEW.columns, NEW.name_style, NEW.days, NEW.calendar, NEW.phones) IS DISTINCT FROM
    (OLD.title, OLD.note, OLD.columns, OLD.name_style, OLD.days, OLD.calendar, OLD.phones) THEN
    RAISE EXCEPTION 'only a draft is written on' USING ERRCODE = 'BF422';
  END IF;
  IF (NEW.kind, NEW.area_path, NEW.code, NEW.notice_no, NEW.drafted_by) IS DISTINCT FROM (OLD.kind, OLD.area_path, OLD.code, OLD.notice_no, OLD.drafted_by)
    THEN RAISE EXCEPTION 'a notice stays what it is' USING ERRCODE = 'BF422';
  END IF;
  IF (NEW.state = 'released' AND OLD.state = 'submitted' AND NEW.released_by IS DISTINCT FROM kernel.setting('caller'))
    OR (NEW.state = 'draft' AND NOT kernel.setting('caller') = ANY (NEW.edited_by) AND OLD.state = 'draft') THEN
    RAISE EXCEPTION 'an act in another''s name' USING ERRCODE = 'BF400';
  END IF;
  IF NEW.released_by IS DISTINCT FROM OLD.released_by AND (NEW.state <> 'released' OR OLD.state <> 'submitted') THEN
    RAISE EXCEPTION 'released once' USING ERRCODE = 'BF422';
  END IF;
  IF NEW.state = 'released' AND OLD.state = 'submitted' AND EXISTS (
    SELECT 1 FROM cases.notice_line line WHERE line.county_code = NEW.county_code AND line.notice_id = NEW.notice_id AND line.struck_on IS NULL
      AND cases.is_kin(NEW.county_code, NEW.released_by, line.household_id)
  ) THEN RAISE EXCEPTION 'kin of a household' USING ERRCODE = 'BF403'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_notice BEFORE UPDATE ON cases.notice FOR EACH ROW EXECUTE FUNCTION cases.check_notice();

-- Households come and go only while a notice is a draft.
CREATE FUNCTION cases.check_notice_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line cases.notice_line;
  held text;
BEGIN
  IF TG_OP = 'DELETE' THEN line := OLD; ELSE line := NEW; END IF;
  SELECT state INTO held FROM cases.notice WHERE county_code = line.county_code AND notice_id = line.notice_id FOR UPDATE;
  IF held IS DISTINCT FROM 'draft' THEN RAISE EXCEPTION 'only a draft is written on' USING ERRCODE = 'BF422'; END IF;
  RETURN line;
END $$;
CREATE TRIGGER check_notice_line BEFORE INSERT OR DELETE ON cases.notice_line FOR EACH ROW EXECUTE FUNCTION cases.check_notice_line();

CREATE TABLE cases.objection (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  objection_id uuid NOT NULL,
  objection_no text COLLATE "C" NOT NULL,
  notice_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  case_id uuid,
  household_id uuid,
  source text NOT NULL CHECK (source IN ('page', 'walk-in', 'phone', 'letter')),
  state text NOT NULL CHECK (state IN ('open', 'checking', 'upheld', 'rejected')),
  form_no text COLLATE "C" NOT NULL CHECK (char_length(form_no) <= 80),
  receipt_code text COLLATE "C" NOT NULL CHECK (receipt_code ~ '^[0-9a-f]{32}$'),
  text_cell bytea NOT NULL,
  name_cell bytea,
  contact_cell bytea,
  received_at timestamptz NOT NULL,
  received_on date NOT NULL,
  due_on date NOT NULL,
  entered_by text,
  entered_name text,
  checker_id text,
  checker_name text,
  check_began_at timestamptz,
  finding_cell bytea,
  checked_on date,
  answer_cell bytea,
  answered_by text,
  answered_name text,
  answered_path text COLLATE "C",
  answered_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, objection_id),
  UNIQUE (county_code, objection_no),
  UNIQUE (county_code, receipt_code),
  CONSTRAINT objection_once UNIQUE (county_code, form_no),
  FOREIGN KEY (county_code, notice_id) REFERENCES cases.notice (county_code, notice_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((case_id IS NULL) = (household_id IS NULL)),
  CHECK ((state = 'open') = (checker_id IS NULL)),
  CHECK ((state IN ('upheld', 'rejected')) = (answered_at IS NOT NULL AND answer_cell IS NOT NULL AND finding_cell IS NOT NULL)),
  CONSTRAINT upheld_of_a_case CHECK (state <> 'upheld' OR case_id IS NOT NULL)
);
COMMENT ON TABLE cases.objection IS '@sensitivity C4 (the text may speak of health).';
COMMENT ON COLUMN cases.objection.case_id IS 'Against whom it is; null while it is against the notice as a whole or nobody has read it yet.';
COMMENT ON COLUMN cases.objection.form_no IS 'Number of the form that was sent: the same form twice is one objection.';
COMMENT ON COLUMN cases.objection.receipt_code IS '128 random bits: the address of the page that shows its progress.';
CREATE INDEX objection_notice ON cases.objection (county_code, notice_id, received_at);
CREATE INDEX objection_case ON cases.objection (county_code, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX objection_area ON cases.objection (county_code, area_path, objection_id);
CREATE INDEX objection_due ON cases.objection (county_code, due_on) WHERE answered_at IS NULL;
SELECT kernel.protect_area('cases.objection');

-- Whose work an objection is about: who wrote the notice, and who did the steps before it, of the household or of all that it shows.
CREATE FUNCTION cases.did_what_is_objected_to(of_county text, of_user text, of_notice uuid, of_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases.notice n WHERE n.county_code = of_county AND n.notice_id = of_notice
      AND of_user = ANY (n.edited_by || n.drafted_by || coalesce(n.submitted_by, ''))
  ) OR EXISTS (
    SELECT 1 FROM cases.notice_line line JOIN cases.case_event done ON done.county_code = line.county_code AND done.case_id = line.case_id AND done.round = line.round
    WHERE line.county_code = of_county AND line.notice_id = of_notice AND (of_case IS NULL OR line.case_id = of_case)
      AND done.actor_id = of_user AND done.action = 'pass'
      AND done.step_before = ANY (CASE WHEN line.kind = 'elimination' THEN ARRAY['exit-visit', 'exit-appraisal', 'exit-notice']
        ELSE ARRAY['visit', 'statement', 'check', 'appraisal', 'notice'] END)
  )
$$;

CREATE FUNCTION cases.check_objection() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor text;
BEGIN
  IF (NEW.state, NEW.case_id, NEW.checker_id, NEW.finding_cell, NEW.answer_cell) IS NOT DISTINCT FROM
    (OLD.state, OLD.case_id, OLD.checker_id, OLD.finding_cell, OLD.answer_cell) THEN RETURN NEW; END IF;
  IF NEW.revision <> OLD.revision + 1 THEN RAISE EXCEPTION 'the objection has changed' USING ERRCODE = 'BF409'; END IF;
  IF OLD.state || ' ' || NEW.state NOT IN ('open checking', 'checking checking', 'checking upheld', 'checking rejected') THEN
    RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422';
  END IF;
  IF NEW.text_cell IS DISTINCT FROM OLD.text_cell OR NEW.received_at IS DISTINCT FROM OLD.received_at OR NEW.notice_id IS DISTINCT FROM OLD.notice_id
    THEN RAISE EXCEPTION 'what was objected stays as it came' USING ERRCODE = 'BF422';
  END IF;
  IF NEW.answered_by IS NOT NULL AND OLD.answered_by IS NULL AND NEW.answered_by IS DISTINCT FROM kernel.setting('caller') THEN
    RAISE EXCEPTION 'an act in another''s name' USING ERRCODE = 'BF400';
  END IF;
  FOREACH actor IN ARRAY ARRAY[NEW.checker_id, NEW.answered_by] LOOP
    CONTINUE WHEN actor IS NULL;
    IF cases.did_what_is_objected_to(NEW.county_code, actor, NEW.notice_id, NEW.case_id) THEN
      RAISE EXCEPTION 'own work' USING ERRCODE = 'BF401';
    END IF;
    IF NEW.household_id IS NOT NULL AND cases.is_kin(NEW.county_code, actor, NEW.household_id) THEN
      RAISE EXCEPTION 'kin of the household' USING ERRCODE = 'BF403';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER check_objection BEFORE UPDATE ON cases.objection FOR EACH ROW EXECUTE FUNCTION cases.check_objection();
