-- Democratic appraisal (民主评议): the body of a village, its meetings, who may not vote because he is kin, votes and conclusions
-- (issue 5 points 1 and 4; policy.md §2.6 row 6, §2.8). The rules are rules/meeting-quorum.ts and rules/kin-graph.ts; tests compare them.

ALTER TABLE cases.kin_tie
  ADD COLUMN reason text,
  ADD COLUMN event_id uuid,
  ADD COLUMN ended_by text,
  ADD COLUMN end_reason text;
COMMENT ON COLUMN cases.kin_tie.relation IS 'Who the head of the other household is to the head of this one; the other row of the tie says it the other way round.';
COMMENT ON COLUMN cases.kin_tie.event_id IS 'The household event from which the tie was learnt; its undo ends it.';
CREATE INDEX kin_tie_event ON cases.kin_tie (county_code, event_id) WHERE event_id IS NOT NULL;
ALTER TABLE cases.caller_household
  ADD COLUMN event_id uuid,
  ADD COLUMN ended_by text,
  ADD COLUMN end_reason text;

-- How many ties lie between two households; null where it is more than two.
CREATE FUNCTION cases.kin_far(of_county text, one uuid, other uuid) RETURNS integer LANGUAGE sql STABLE AS $$
  WITH RECURSIVE reach (household_id, far) AS (
    SELECT one, 0
    UNION
    SELECT tie.other_household_id, reach.far + 1 FROM reach JOIN cases.kin_tie tie
      ON tie.county_code = of_county AND tie.household_id = reach.household_id AND tie.ended_at IS NULL
    WHERE reach.far < 2
  )
  SELECT min(far) FROM reach WHERE household_id = other
$$;

-- The body of a village that appraises: kept, so that next time only attendance is ticked.
CREATE TABLE cases.appraiser (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  appraiser_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  name text NOT NULL,
  capacity text COLLATE "C" NOT NULL CHECK (capacity IN ('representative', 'committee', 'first-secretary', 'work-team', 'observer')),
  of_household_id uuid,
  person_id uuid,
  user_id text COLLATE "C",
  place integer NOT NULL DEFAULT 0,
  event_id uuid,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, appraiser_id)
);
COMMENT ON TABLE cases.appraiser IS 'Who is entitled to appraise in a village; area_path is the village.';
COMMENT ON COLUMN cases.appraiser.of_household_id IS 'The household to which he belongs, where he is a villager: recusal is computed from it.';
COMMENT ON COLUMN cases.appraiser.event_id IS 'The household event by which of_household_id came to be another; its undo sets it back.';
CREATE INDEX appraiser_area ON cases.appraiser (county_code, area_path, place) WHERE ended_at IS NULL;
SELECT kernel.protect_area('cases.appraiser');

CREATE TABLE cases.meeting (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  meeting_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('appraisal', 'exit-appraisal')),
  state text COLLATE "C" NOT NULL DEFAULT 'called' CHECK (state IN ('called', 'held', 'closed', 'dropped')),
  held_on date NOT NULL,
  place text NOT NULL,
  chair_id uuid,
  minute_taker text NOT NULL DEFAULT '',
  minutes text NOT NULL DEFAULT '',
  corrects_id uuid,
  reason text,
  quorum_num integer NOT NULL CHECK (quorum_num > 0),
  quorum_den integer NOT NULL CHECK (quorum_den >= quorum_num),
  quorum_over boolean NOT NULL,
  carry_num integer NOT NULL CHECK (carry_num > 0),
  carry_den integer NOT NULL CHECK (carry_den >= carry_num),
  carry_over boolean NOT NULL,
  least_representatives integer NOT NULL CHECK (least_representatives >= 0),
  may_chair text[] NOT NULL,
  may_vote text[] NOT NULL,
  terms jsonb NOT NULL DEFAULT '[]',
  called_by text NOT NULL,
  called_name text NOT NULL,
  called_at timestamptz NOT NULL,
  closed_by text,
  closed_name text,
  closed_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, meeting_id),
  FOREIGN KEY (county_code, corrects_id) REFERENCES cases.meeting (county_code, meeting_id),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (corrects_id IS NULL OR reason IS NOT NULL),
  CHECK (state <> 'dropped' OR reason IS NOT NULL),
  CONSTRAINT closed_with_minutes CHECK (state <> 'closed' OR (length(minutes) > 0 AND length(minute_taker) > 0 AND chair_id IS NOT NULL))
);
COMMENT ON TABLE cases.meeting IS '@sensitivity C4 (minutes may speak of health). A closed meeting stays as it is; a mistake is mended by another meeting that names it.';
COMMENT ON COLUMN cases.meeting.quorum_over IS 'true: more than the share must be there (过半数); false: the share itself is enough (以上). The numbers are those of the policy on the day of the call.';
COMMENT ON COLUMN cases.meeting.corrects_id IS 'The closed meeting whose place this one takes, with the reason.';
COMMENT ON COLUMN cases.meeting.terms IS 'Versions of the policy from which the numbers come.';
CREATE INDEX meeting_area ON cases.meeting (county_code, area_path, held_on DESC, meeting_id DESC);
SELECT kernel.protect_area('cases.meeting');
-- The signed sheet comes back as a photo, also after the meeting was closed.
ALTER TABLE cases.attachment ADD FOREIGN KEY (county_code, meeting_id) REFERENCES cases.meeting (county_code, meeting_id);

-- Who was entitled to that meeting, and whether he came.
CREATE TABLE cases.meeting_member (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  meeting_member_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  appraiser_id uuid NOT NULL,
  name text NOT NULL,
  capacity text COLLATE "C" NOT NULL CHECK (capacity IN ('representative', 'committee', 'first-secretary', 'work-team', 'observer')),
  of_household_id uuid,
  user_id text COLLATE "C",
  votes boolean NOT NULL,
  attended boolean,
  place integer NOT NULL DEFAULT 0,
  PRIMARY KEY (county_code, meeting_member_id),
  UNIQUE (county_code, meeting_id, appraiser_id),
  FOREIGN KEY (county_code, meeting_id) REFERENCES cases.meeting (county_code, meeting_id)
);
COMMENT ON COLUMN cases.meeting_member.votes IS 'His capacity votes by the policy of the day of the call; an observer never does.';
COMMENT ON COLUMN cases.meeting_member.attended IS 'Null until attendance is entered.';
SELECT kernel.protect_area('cases.meeting_member', 'SELECT, INSERT, UPDATE, DELETE');
ALTER TABLE cases.meeting ADD FOREIGN KEY (county_code, chair_id) REFERENCES cases.meeting_member (county_code, meeting_member_id) DEFERRABLE INITIALLY DEFERRED;

-- One household before the meeting.
CREATE TABLE cases.meeting_item (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  meeting_item_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL CHECK (round > 0),
  place integer NOT NULL DEFAULT 0,
  by_name boolean NOT NULL DEFAULT false,
  votes_for integer CHECK (votes_for >= 0),
  votes_against integer CHECK (votes_against >= 0),
  abstained integer CHECK (abstained >= 0),
  opinion text NOT NULL DEFAULT '',
  deputy_id uuid,
  entitled integer CHECK (entitled >= 0),
  present integer CHECK (present >= 0 AND present <= entitled),
  representatives integer CHECK (representatives >= 0),
  conclusion text COLLATE "C" CHECK (conclusion IN ('agreed', 'refused', 'no-quorum')),
  PRIMARY KEY (county_code, meeting_item_id),
  UNIQUE (county_code, meeting_id, case_id),
  FOREIGN KEY (county_code, meeting_id) REFERENCES cases.meeting (county_code, meeting_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  FOREIGN KEY (county_code, deputy_id) REFERENCES cases.meeting_member (county_code, meeting_member_id) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE cases.meeting_item IS '@sensitivity C4 (the opinion may speak of health).';
COMMENT ON COLUMN cases.meeting_item.by_name IS 'The votes stand in meeting_vote, one by one; the counts are their sums.';
COMMENT ON COLUMN cases.meeting_item.deputy_id IS 'Who presides over this household where the chair is kin to it.';
COMMENT ON COLUMN cases.meeting_item.entitled IS 'Of those who vote, without whoever must keep away from this household; present, representatives: of these, who came.';
COMMENT ON COLUMN cases.meeting_item.conclusion IS 'Counted by cases.meeting_conclusion; a row that says anything else is refused.';
CREATE INDEX meeting_item_case ON cases.meeting_item (county_code, case_id, round);
CREATE INDEX meeting_item_household ON cases.meeting_item (county_code, household_id);
SELECT kernel.protect_area('cases.meeting_item', 'SELECT, INSERT, UPDATE, DELETE');

-- Who must keep away from a household, and by which ties.
CREATE TABLE cases.meeting_recusal (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  meeting_item_id uuid NOT NULL,
  meeting_member_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  why text COLLATE "C" NOT NULL CHECK (why IN ('own', 'kin', 'stated')),
  path text[] NOT NULL DEFAULT '{}' CHECK (cardinality(path) <= 3),
  reason text,
  PRIMARY KEY (county_code, meeting_item_id, meeting_member_id),
  FOREIGN KEY (county_code, meeting_item_id) REFERENCES cases.meeting_item (county_code, meeting_item_id),
  FOREIGN KEY (county_code, meeting_member_id) REFERENCES cases.meeting_member (county_code, meeting_member_id),
  CHECK ((why = 'stated') = (reason IS NOT NULL))
);
COMMENT ON COLUMN cases.meeting_recusal.path IS 'Relations from the head of the case''s household to the member''s, nearest first.';
SELECT kernel.protect_area('cases.meeting_recusal', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE cases.meeting_vote (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  meeting_item_id uuid NOT NULL,
  meeting_member_id uuid NOT NULL,
  meeting_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  vote text COLLATE "C" NOT NULL CHECK (vote IN ('for', 'against', 'abstain')),
  PRIMARY KEY (county_code, meeting_item_id, meeting_member_id),
  FOREIGN KEY (county_code, meeting_item_id) REFERENCES cases.meeting_item (county_code, meeting_item_id),
  FOREIGN KEY (county_code, meeting_member_id) REFERENCES cases.meeting_member (county_code, meeting_member_id)
);
SELECT kernel.protect_area('cases.meeting_vote', 'SELECT, INSERT, UPDATE, DELETE');

-- Whether a member must keep away from a household: he said so, he lives there, or he is at most two ties away.
CREATE FUNCTION cases.is_recused(of_county text, of_item uuid, of_member uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases.meeting_recusal WHERE county_code = of_county AND meeting_item_id = of_item AND meeting_member_id = of_member
  ) OR EXISTS (
    SELECT 1 FROM cases.meeting_item item JOIN cases.meeting_member member
      ON member.county_code = item.county_code AND member.meeting_member_id = of_member
    WHERE item.county_code = of_county AND item.meeting_item_id = of_item AND (
      cases.kin_far(of_county, member.of_household_id, item.household_id) IS NOT NULL
      OR (member.user_id IS NOT NULL AND cases.is_kin(of_county, member.user_id, item.household_id)))
  )
$$;

-- What the votes of a household come to; null until all who are there have voted. Whole numbers only: a share is compared by multiplying.
CREATE FUNCTION cases.meeting_conclusion(of_county text, of_item uuid,
  OUT entitled integer, OUT present integer, OUT representatives integer, OUT conclusion text) LANGUAGE plpgsql STABLE AS $$
DECLARE
  item cases.meeting_item;
  held cases.meeting;
  unasked integer;
BEGIN
  SELECT * INTO item FROM cases.meeting_item i WHERE i.county_code = of_county AND i.meeting_item_id = of_item;
  SELECT * INTO held FROM cases.meeting m WHERE m.county_code = of_county AND m.meeting_id = item.meeting_id;
  SELECT count(*), count(*) FILTER (WHERE member.attended), count(*) FILTER (WHERE member.attended AND member.capacity = 'representative'),
      count(*) FILTER (WHERE member.attended IS NULL)
    INTO entitled, present, representatives, unasked
  FROM cases.meeting_member member
  WHERE member.county_code = of_county AND member.meeting_id = item.meeting_id AND member.votes
    AND NOT cases.is_recused(of_county, of_item, member.meeting_member_id);
  IF unasked > 0 THEN
    conclusion := NULL;
  ELSIF entitled = 0 OR representatives < held.least_representatives
    OR present::bigint * held.quorum_den < entitled::bigint * held.quorum_num
    OR (held.quorum_over AND present::bigint * held.quorum_den = entitled::bigint * held.quorum_num) THEN
    conclusion := 'no-quorum';
  ELSIF item.votes_for IS NULL OR item.votes_for + item.votes_against + item.abstained <> present THEN
    conclusion := NULL;
  ELSIF item.votes_for::bigint * held.carry_den > present::bigint * held.carry_num
    OR (NOT held.carry_over AND item.votes_for::bigint * held.carry_den = present::bigint * held.carry_num) THEN
    conclusion := 'agreed';
  ELSE
    conclusion := 'refused';
  END IF;
END $$;

CREATE FUNCTION cases.check_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('closed', 'dropped') THEN
    RAISE EXCEPTION 'the meeting is closed' USING ERRCODE = 'BF409';
  END IF;
  IF NEW.revision <> OLD.revision + 1 THEN RAISE EXCEPTION 'the meeting has changed' USING ERRCODE = 'BF409'; END IF;
  IF OLD.state = 'held' AND NEW.state NOT IN ('held', 'closed') THEN RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422'; END IF;
  IF OLD.state = 'called' AND NEW.state = 'closed' THEN RAISE EXCEPTION 'no such move' USING ERRCODE = 'BF422'; END IF;
  IF NEW.state = 'closed' THEN
    IF EXISTS (SELECT 1 FROM cases.meeting_member WHERE county_code = NEW.county_code AND meeting_id = NEW.meeting_id AND attended IS NULL) THEN
      RAISE EXCEPTION 'attendance is open' USING ERRCODE = 'BF422';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM cases.meeting_member WHERE county_code = NEW.county_code AND meeting_member_id = NEW.chair_id
        AND meeting_id = NEW.meeting_id AND attended AND capacity = ANY (NEW.may_chair)) THEN
      RAISE EXCEPTION 'nobody who may preside' USING ERRCODE = 'BF422';
    END IF;
    IF EXISTS (
      SELECT 1 FROM cases.meeting_item item CROSS JOIN LATERAL cases.meeting_conclusion(item.county_code, item.meeting_item_id) said
      WHERE item.county_code = NEW.county_code AND item.meeting_id = NEW.meeting_id
        AND (said.conclusion IS NULL OR (item.conclusion, item.entitled, item.present, item.representatives)
          IS DISTINCT FROM (said.conclusion, said.entitled, said.present, said.representatives))
    ) THEN RAISE EXCEPTION 'a conclusion that was not counted' USING ERRCODE = 'BF422'; END IF;
    IF EXISTS (
      SELECT 1 FROM cases.meeting_item item
      WHERE item.county_code = NEW.county_code AND item.meeting_id = NEW.meeting_id
        AND cases.is_recused(NEW.county_code, item.meeting_item_id, coalesce(item.deputy_id, NEW.chair_id))
    ) THEN RAISE EXCEPTION 'who presides is kin' USING ERRCODE = 'BF403'; END IF;
    IF EXISTS (
      SELECT 1 FROM cases.meeting_vote vote WHERE vote.county_code = NEW.county_code AND vote.meeting_id = NEW.meeting_id
        AND cases.is_recused(NEW.county_code, vote.meeting_item_id, vote.meeting_member_id)
    ) THEN RAISE EXCEPTION 'kin has voted' USING ERRCODE = 'BF403'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_meeting BEFORE UPDATE ON cases.meeting FOR EACH ROW EXECUTE FUNCTION cases.check_meeting();

-- What belongs to a meeting that is closed stays; only where a household is may change.
CREATE FUNCTION cases.check_meeting_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part record;
  held cases.meeting;
BEGIN
  IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'area_path' - 'household_id' - 'of_household_id' = to_jsonb(OLD) - 'area_path' - 'household_id' - 'of_household_id' THEN
    RETURN NEW;
  END IF;
  SELECT * INTO held FROM cases.meeting WHERE county_code = part.county_code AND meeting_id = part.meeting_id FOR UPDATE;
  IF held.state IN ('closed', 'dropped') THEN RAISE EXCEPTION 'the meeting is closed' USING ERRCODE = 'BF409'; END IF;
  IF TG_TABLE_NAME = 'meeting_vote' AND TG_OP <> 'DELETE' THEN
    IF cases.is_recused(NEW.county_code, NEW.meeting_item_id, NEW.meeting_member_id) THEN
      RAISE EXCEPTION 'kin may not vote' USING ERRCODE = 'BF403';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM cases.meeting_member member JOIN cases.meeting_item item
        ON item.county_code = member.county_code AND item.meeting_id = member.meeting_id AND item.meeting_item_id = NEW.meeting_item_id
      WHERE member.county_code = NEW.county_code AND member.meeting_member_id = NEW.meeting_member_id AND member.meeting_id = NEW.meeting_id
        AND member.votes AND member.attended
    ) THEN RAISE EXCEPTION 'no voter of this meeting' USING ERRCODE = 'BF422'; END IF;
  END IF;
  RETURN part;
END $$;
CREATE TRIGGER check_part BEFORE INSERT OR UPDATE OR DELETE ON cases.meeting_member FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_part();
CREATE TRIGGER check_part BEFORE INSERT OR UPDATE OR DELETE ON cases.meeting_item FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_part();
CREATE TRIGGER check_part BEFORE INSERT OR UPDATE OR DELETE ON cases.meeting_recusal FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_part();
CREATE TRIGGER check_part BEFORE INSERT OR UPDATE OR DELETE ON cases.meeting_vote FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_part();

-- A household's votes: not more than there were people who may vote on it, and no conclusion but the counted one.
CREATE FUNCTION cases.check_meeting_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE said record;
BEGIN
  IF NEW.votes_for IS NULL AND NEW.conclusion IS NULL THEN RETURN NULL; END IF;
  IF EXISTS (SELECT 1 FROM cases.meeting WHERE county_code = NEW.county_code AND meeting_id = NEW.meeting_id AND state IN ('closed', 'dropped')) THEN
    RETURN NULL; -- only where the household is has changed
  END IF;
  SELECT * INTO said FROM cases.meeting_conclusion(NEW.county_code, NEW.meeting_item_id);
  IF NEW.votes_for + NEW.votes_against + NEW.abstained > said.present THEN
    RAISE EXCEPTION 'more votes than voters' USING ERRCODE = 'BF403';
  END IF;
  IF (NEW.conclusion, NEW.entitled, NEW.present, NEW.representatives)
    IS DISTINCT FROM (said.conclusion, said.entitled, said.present, said.representatives) THEN
    RAISE EXCEPTION 'a conclusion that was not counted' USING ERRCODE = 'BF422';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_item AFTER INSERT OR UPDATE ON cases.meeting_item FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_item();
