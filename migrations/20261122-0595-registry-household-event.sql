-- Household events: split, merge, move, death, moved away, joined, birth; reported, confirmed, applied, and taken back while nothing touched the rows since.
ALTER TABLE registry.household ADD COLUMN closed_on date;
COMMENT ON COLUMN registry.household.closed_on IS 'First day on which nobody belongs to the household any more; an event closed it. NULL: it exists today. Lists and totals leave closed ones out.';

CREATE TABLE registry.household_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  event_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('split', 'merge', 'move', 'death', 'moved-away', 'joined', 'birth')),
  state text NOT NULL CHECK (state IN ('reported', 'confirmed', 'applied', 'rejected', 'undone')),
  happened_on date NOT NULL,
  household_id uuid NOT NULL,
  other_household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  person_ids uuid[] NOT NULL,
  names text[] NOT NULL,
  command jsonb NOT NULL,
  before jsonb,
  touched integer,
  reason text NOT NULL CHECK (reason <> ''),
  paper text,
  reported_by text NOT NULL,
  reported_name text NOT NULL,
  reported_at timestamptz NOT NULL,
  confirmed_by text,
  confirmed_name text,
  confirmed_at timestamptz,
  applied_by text,
  applied_name text,
  applied_at timestamptz,
  ended_by text,
  ended_name text,
  ended_at timestamptz,
  end_reason text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, event_id),
  CHECK (state NOT IN ('applied', 'undone') OR (applied_at IS NOT NULL AND confirmed_at IS NOT NULL AND before IS NOT NULL)),
  CHECK ((state IN ('rejected', 'undone')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL))
);
COMMENT ON TABLE registry.household_event IS '@sensitivity C4. What happened to a household. Append-only: only the state, who decided, and the area (which follows the household) change. No foreign keys: an event that is taken back removes the household it made.';
COMMENT ON COLUMN registry.household_event.other_household_id IS 'The household that was made by a split, or closed by a merge.';
COMMENT ON COLUMN registry.household_event.command IS 'As asked; an ID number stands encrypted as {"cell": base64} with event_id as row id of the associated data.';
COMMENT ON COLUMN registry.household_event.before IS 'The rows as they stood, for the undo; touched counts the rows that the event wrote: as long as they name it, it can be undone.';
CREATE INDEX household_event_household ON registry.household_event (county_code, household_id);
CREATE INDEX household_event_other ON registry.household_event (county_code, other_household_id) WHERE other_household_id IS NOT NULL;
CREATE INDEX household_event_open ON registry.household_event (county_code, area_path, reported_at) WHERE state IN ('reported', 'confirmed');
SELECT kernel.protect_area('registry.household_event', 'SELECT, INSERT');
GRANT UPDATE (state, area_path, other_household_id, command, before, touched, confirmed_by, confirmed_name, confirmed_at, applied_by, applied_name, applied_at,
  ended_by, ended_name, ended_at, end_reason, revision) ON registry.household_event TO app_area, app_county, app_system;

-- Taking an event back removes the rows that it made, and those only: the event still stands as applied while they go.
CREATE POLICY made_by_event ON registry.household AS RESTRICTIVE FOR DELETE TO app_area, app_county
  USING (county_code = nullif(current_setting('app.county', true), '') AND EXISTS (SELECT 1 FROM registry.household_event e WHERE e.county_code = household.county_code AND e.event_id = household.created_by AND e.state = 'applied'));
CREATE POLICY made_by_event ON registry.person AS RESTRICTIVE FOR DELETE TO app_area, app_county
  USING (county_code = nullif(current_setting('app.county', true), '') AND EXISTS (SELECT 1 FROM registry.household_event e WHERE e.county_code = person.county_code AND e.event_id = person.created_by AND e.state = 'applied'));
CREATE POLICY made_by_event ON registry.membership AS RESTRICTIVE FOR DELETE TO app_area, app_county
  USING (county_code = nullif(current_setting('app.county', true), '') AND EXISTS (SELECT 1 FROM registry.household_event e WHERE e.county_code = membership.county_code AND e.event_id = membership.created_by AND e.state = 'applied'));
GRANT DELETE ON registry.household, registry.person, registry.membership TO app_area, app_county;
