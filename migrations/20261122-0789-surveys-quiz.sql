-- Quiz meetings (因户施策工作会, M-020): a bank of questions, who was asked what, how it was answered, who must be asked again.
CREATE TABLE surveys.quiz_question (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  question_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
  question text NOT NULL CHECK (length(question) BETWEEN 2 AND 300),
  answer text NOT NULL DEFAULT '',
  points integer NOT NULL CHECK (points BETWEEN 1 AND 100),
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, question_id)
);
COMMENT ON TABLE surveys.quiz_question IS 'The bank: policy questions and topics about households (姓名、出生年、教育、健康、住房、兜底). Of the county or a township.';
CREATE INDEX quiz_question_area ON surveys.quiz_question (county_code, area_path);

CREATE TABLE surveys.quiz (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  quiz_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 60),
  held_on date NOT NULL,
  place text NOT NULL DEFAULT '',
  state text COLLATE "C" NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  pass_percent integer NOT NULL CHECK (pass_percent BETWEEN 0 AND 100),
  retake_days integer NOT NULL CHECK (retake_days >= 0),
  retake_of uuid,
  called_by text NOT NULL,
  called_name text NOT NULL,
  called_at timestamptz NOT NULL,
  closed_at timestamptz,
  closed_name text,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, quiz_id),
  FOREIGN KEY (county_code, retake_of) REFERENCES surveys.quiz (county_code, quiz_id),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
COMMENT ON COLUMN surveys.quiz.pass_percent IS 'Of the policy on the day of the call; 抽查问答合格线.';
CREATE UNIQUE INDEX quiz_retake ON surveys.quiz (county_code, retake_of) WHERE retake_of IS NOT NULL;
CREATE INDEX quiz_area ON surveys.quiz (county_code, area_path, held_on);
SELECT kernel.protect_area('surveys.quiz');

CREATE TABLE surveys.quiz_participant (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  participant_id uuid NOT NULL,
  quiz_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  post text NOT NULL DEFAULT '',
  PRIMARY KEY (county_code, participant_id),
  UNIQUE (county_code, quiz_id, name, post),
  FOREIGN KEY (county_code, quiz_id) REFERENCES surveys.quiz (county_code, quiz_id)
);
SELECT kernel.protect_area('surveys.quiz_participant', 'SELECT, INSERT');

CREATE TABLE surveys.quiz_answer (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  answer_id uuid NOT NULL,
  quiz_id uuid NOT NULL,
  participant_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  topic text NOT NULL,
  question text NOT NULL,
  about text NOT NULL DEFAULT '',
  points integer NOT NULL CHECK (points BETWEEN 1 AND 100),
  result text COLLATE "C" CHECK (result IN ('yes', 'partly', 'no')),
  follow_up text NOT NULL DEFAULT '',
  follow_due date,
  follow_done date,
  PRIMARY KEY (county_code, answer_id),
  UNIQUE (county_code, participant_id, seq),
  FOREIGN KEY (county_code, participant_id) REFERENCES surveys.quiz_participant (county_code, participant_id),
  CHECK (follow_due IS NULL OR follow_up <> '')
);
COMMENT ON COLUMN surveys.quiz_answer.about IS 'Number of the household that the cadre was asked about; what is known of it stands in the register.';
COMMENT ON COLUMN surveys.quiz_answer.follow_up IS 'What is not clear becomes a task at once (M-020).';
CREATE INDEX quiz_answer_quiz ON surveys.quiz_answer (county_code, quiz_id);
SELECT kernel.protect_area('surveys.quiz_answer', 'SELECT, INSERT');
GRANT UPDATE (result, follow_up, follow_due, follow_done) ON surveys.quiz_answer TO app_area, app_county, app_system;

SELECT kernel.protect_county('surveys.quiz_question');
GRANT SELECT, INSERT, UPDATE ON surveys.quiz_question TO app_area;
CREATE POLICY question_read ON surveys.quiz_question FOR SELECT TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '') AND (
    (area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
    OR starts_with(nullif(current_setting('app.lo', true), ''), area_path)));
CREATE POLICY question_begin ON surveys.quiz_question FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
CREATE POLICY question_end ON surveys.quiz_question FOR UPDATE TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));

-- A closed meeting takes no more questions and no other marks; only a task is still done.
CREATE FUNCTION surveys.check_quiz() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
  SELECT state INTO found FROM surveys.quiz WHERE county_code = NEW.county_code AND quiz_id = NEW.quiz_id;
  IF found = 'closed' AND (TG_OP = 'INSERT' OR NEW.result IS DISTINCT FROM OLD.result) THEN
    RAISE EXCEPTION 'the meeting is closed' USING ERRCODE = 'BF786';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_quiz_answer BEFORE INSERT OR UPDATE ON surveys.quiz_answer FOR EACH ROW EXECUTE FUNCTION surveys.check_quiz();
CREATE FUNCTION surveys.check_quiz_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'closed' THEN RAISE EXCEPTION 'the meeting is closed' USING ERRCODE = 'BF786'; END IF;
  IF NEW.state = 'closed' AND EXISTS (SELECT 1 FROM surveys.quiz_answer a
    WHERE a.county_code = NEW.county_code AND a.quiz_id = NEW.quiz_id AND a.result IS NULL) THEN
    RAISE EXCEPTION 'answers are not judged' USING ERRCODE = 'BF787';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_quiz_closed BEFORE UPDATE ON surveys.quiz FOR EACH ROW EXECUTE FUNCTION surveys.check_quiz_closed();
