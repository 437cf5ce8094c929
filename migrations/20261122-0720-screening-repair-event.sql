-- A list may show that somebody has died or moved away whom the register still has: what is proposed then is a household event.
ALTER TABLE screening.repair ADD COLUMN event_id uuid;
COMMENT ON COLUMN screening.repair.event_id IS 'The household event of registry that was reported; correction_id stands for corrections of a field.';
COMMENT ON COLUMN screening.repair.field IS 'A field of registry''s corrections, or household-event: the person has died or moved away.';
CREATE INDEX repair_person ON screening.repair (county_code, person_id, field) WHERE state = 'proposed';
