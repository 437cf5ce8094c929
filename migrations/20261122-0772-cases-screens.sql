-- Who writes a meeting down is no kin of any household that it appraises, and stands beside what was written.
ALTER TABLE cases.meeting ADD COLUMN entered_by text, ADD COLUMN entered_name text;
COMMENT ON COLUMN cases.meeting.entered_by IS 'The user who entered attendance, votes and minutes last.';
CREATE FUNCTION cases.check_meeting_writer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  writer text;
BEGIN
  writer := CASE WHEN NEW.state = 'closed' AND OLD.state <> 'closed' THEN NEW.closed_by
    WHEN NEW.entered_by IS DISTINCT FROM OLD.entered_by OR NEW.minutes IS DISTINCT FROM OLD.minutes THEN NEW.entered_by END;
  IF writer IS NOT NULL AND EXISTS (
    SELECT 1 FROM cases.meeting_item i
    WHERE i.county_code = NEW.county_code AND i.meeting_id = NEW.meeting_id AND cases.is_kin(NEW.county_code, writer, i.household_id))
  THEN RAISE EXCEPTION 'who writes a meeting down may not be kin of a household before it' USING ERRCODE = 'BF403'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER check_writer BEFORE UPDATE ON cases.meeting FOR EACH ROW EXECUTE FUNCTION cases.check_meeting_writer();

-- Who typed a user's own household in: the user himself, or an office for him. What an office stated only an office takes back.
COMMENT ON COLUMN cases.caller_household.stated_by IS 'The user himself, or the officer who named it for him; then only an officer may take it back.';
ALTER TABLE cases.caller_household ADD COLUMN reason text;
COMMENT ON COLUMN cases.caller_household.reason IS 'How the office that named it for the user knows it.';

-- Limits of public pages are counted for all programs together. What is lost by a crash is a minute of counting.
CREATE UNLOGGED TABLE cases.public_limit (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  bucket bytea NOT NULL,
  tokens double precision NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, bucket)
);
COMMENT ON TABLE cases.public_limit IS 'What is left of a limit of the public pages. The bucket is a keyed hash: no address can be read from it.';
COMMENT ON COLUMN cases.public_limit.at IS 'When tokens were counted last; they grow back with time.';
SELECT kernel.protect_county('cases.public_limit', 'SELECT, INSERT, UPDATE, DELETE');
