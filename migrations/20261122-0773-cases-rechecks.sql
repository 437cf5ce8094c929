-- What an upheld objection leads to. Where its case has left the procedure, the county looks at what was decided once more (复核).
ALTER TABLE cases.objection
  ADD COLUMN consequence text COLLATE "C" CHECK (consequence IN ('returned', 'under-way', 'recheck', 'none')),
  ADD COLUMN recheck_due_on date,
  ADD COLUMN recheck_outcome text COLLATE "C" CHECK (recheck_outcome IN ('stands', 'reverted', 'handled')),
  ADD COLUMN recheck_cell bytea,
  ADD COLUMN rechecked_by text,
  ADD COLUMN rechecked_name text,
  ADD COLUMN rechecked_path text COLLATE "C",
  ADD COLUMN rechecked_at timestamptz,
  ADD CONSTRAINT consequence_of_upheld CHECK (consequence IS NULL OR state = 'upheld'),
  ADD CONSTRAINT recheck_has_a_day CHECK ((coalesce(consequence, '') = 'recheck') = (recheck_due_on IS NOT NULL)),
  ADD CONSTRAINT recheck_is_whole CHECK (num_nonnulls(recheck_outcome, recheck_cell, rechecked_by, rechecked_path, rechecked_at) IN (0, 5)),
  ADD CONSTRAINT recheck_was_asked CHECK (recheck_outcome IS NULL OR coalesce(consequence, '') = 'recheck');
COMMENT ON COLUMN cases.objection.consequence IS 'Of an upheld one. returned: the case went back to the visit. under-way: it is there already. recheck: the county looks at what was decided. none: the case has ended without it.';
COMMENT ON COLUMN cases.objection.recheck_outcome IS 'stands: what was decided stays. reverted: the elimination was taken back. handled: dealt with otherwise, as recheck_cell says.';
CREATE INDEX objection_recheck ON cases.objection (county_code, case_id) WHERE consequence = 'recheck' AND recheck_outcome IS NULL;

-- A recheck is done once, at the county, by nobody who answered for any of what was decided, in his own name.
CREATE FUNCTION cases.check_recheck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.consequence IS NOT NULL AND (NEW.consequence, NEW.recheck_due_on) IS DISTINCT FROM (OLD.consequence, OLD.recheck_due_on) THEN
    RAISE EXCEPTION 'what an objection led to stays' USING ERRCODE = 'BF422';
  END IF;
  IF NEW.consequence IS NOT NULL AND OLD.consequence IS NULL AND OLD.state <> 'checking' THEN
    RAISE EXCEPTION 'it is said with the answer' USING ERRCODE = 'BF422';
  END IF;
  IF (NEW.recheck_outcome, NEW.recheck_cell, NEW.rechecked_by) IS NOT DISTINCT FROM (OLD.recheck_outcome, OLD.recheck_cell, OLD.rechecked_by) THEN
    RETURN NEW;
  END IF;
  IF OLD.rechecked_at IS NOT NULL THEN RAISE EXCEPTION 'rechecked once' USING ERRCODE = 'BF422'; END IF;
  IF NEW.revision <> OLD.revision + 1 THEN RAISE EXCEPTION 'the objection has changed' USING ERRCODE = 'BF409'; END IF;
  IF NEW.rechecked_by IS DISTINCT FROM kernel.setting('caller') THEN RAISE EXCEPTION 'an act in another''s name' USING ERRCODE = 'BF400'; END IF;
  IF cases.did_what_is_objected_to(NEW.county_code, NEW.rechecked_by, NEW.notice_id, NEW.case_id) OR EXISTS (
    SELECT 1 FROM cases.notice_line line JOIN cases.case_event done
      ON done.county_code = line.county_code AND done.case_id = line.case_id AND done.round = line.round
    WHERE line.county_code = NEW.county_code AND line.notice_id = NEW.notice_id AND line.case_id = NEW.case_id AND done.action = 'pass'
      AND done.actor_id = NEW.rechecked_by
      AND done.step_before = ANY (CASE WHEN line.kind = 'elimination' THEN ARRAY['exit-review', 'exit-decision'] ELSE ARRAY['review', 'decision'] END)
  ) THEN RAISE EXCEPTION 'own work' USING ERRCODE = 'BF401'; END IF;
  IF cases.is_kin(NEW.county_code, NEW.rechecked_by, NEW.household_id) THEN RAISE EXCEPTION 'kin of the household' USING ERRCODE = 'BF403'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_recheck BEFORE UPDATE ON cases.objection FOR EACH ROW EXECUTE FUNCTION cases.check_recheck();
