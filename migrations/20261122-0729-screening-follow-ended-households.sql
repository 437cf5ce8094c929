-- Leads of a household that ends go to the household that lives on, and come back with its undo; repairs follow their person.
ALTER TABLE screening.lead_event DROP CONSTRAINT lead_event_kind_check;
ALTER TABLE screening.lead_event ADD CONSTRAINT lead_event_kind_check
  CHECK (kind IN ('raised', 'renewed', 'sent', 'answered', 'returned', 'closed', 'reopened', 'joined', 'parted'));
COMMENT ON COLUMN screening.lead_event.details IS 'Of joined: the household event, the reasons that went, and how the lead stood before, for the undo.';
GRANT UPDATE (household_id) ON screening.matched_row, screening.lead_event, screening.rested_reason TO app_area, app_county, app_system;

-- Who answers for the household lets a repair follow it and sees nothing of it but whom it is about; its row and value stay the county's.
GRANT SELECT (county_code, repair_id, household_id, person_id, area_path), UPDATE (household_id, area_path) ON screening.repair TO app_area;
CREATE POLICY area_follow ON screening.repair TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
CREATE INDEX repair_household ON screening.repair (county_code, household_id);
