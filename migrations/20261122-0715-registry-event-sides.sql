-- Marriage as an event, and what an event is to each of its two households: both histories name the other one, whoever may see only one of them.
ALTER TABLE registry.household_event DROP CONSTRAINT household_event_kind_check;
ALTER TABLE registry.household_event ADD CONSTRAINT household_event_kind_check
  CHECK (kind IN ('split', 'merge', 'marriage', 'move', 'death', 'moved-away', 'joined', 'birth'));
COMMENT ON COLUMN registry.household_event.other_household_id IS 'The household that was made by a split, closed by a merge, or left or entered by a marriage.';

CREATE TABLE registry.household_event_side (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  event_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  way text NOT NULL CHECK (way IN ('from', 'to')),
  other_household_id uuid NOT NULL,
  other_no text NOT NULL,
  other_head text,
  other_place text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('applied', 'undone')),
  happened_on date NOT NULL,
  names text[] NOT NULL,
  applied_name text NOT NULL,
  applied_at timestamptz NOT NULL,
  undone_name text,
  undone_at timestamptz,
  PRIMARY KEY (county_code, event_id, household_id),
  FOREIGN KEY (county_code, event_id) REFERENCES registry.household_event (county_code, event_id),
  CHECK (household_id <> other_household_id),
  CHECK ((state = 'undone') = (undone_at IS NOT NULL))
);
COMMENT ON TABLE registry.household_event_side IS '@sensitivity C3. What a split, a merge or a marriage was to one of the two households: its history, which follows it when it moves. Holds the other household as it stood then, and no more of it. No foreign keys to households: an event that is taken back removes the one it made.';
COMMENT ON COLUMN registry.household_event_side.way IS 'from: the persons came from the other household; to: they went there.';
CREATE INDEX household_event_side_household ON registry.household_event_side (county_code, household_id);
SELECT kernel.protect_area('registry.household_event_side', 'SELECT, INSERT');
GRANT UPDATE (state, area_path, undone_name, undone_at) ON registry.household_event_side TO app_area, app_county, app_system;
CREATE INDEX household_event_mine ON registry.household_event (county_code, reported_by, reported_at);
