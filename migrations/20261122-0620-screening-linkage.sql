-- Why a row that was repaired or matched by likeness was tied to this person; and persons that become one take their rows along.
ALTER TABLE screening.matched_row
  ADD COLUMN score real,
  ADD COLUMN steps jsonb,
  ADD CHECK ((score IS NULL) = (steps IS NULL));
COMMENT ON COLUMN screening.matched_row.score IS 'Bits of evidence that the row is about this person (registry/policy/linkage.json); NULL for rows matched as written.';
COMMENT ON COLUMN screening.matched_row.steps IS 'The score as the sum of its steps: what was compared, how it stood, bits. Holds no value of the row.';
CREATE INDEX matched_row_score ON screening.matched_row (county_code, run_id, score, matched_row_id) WHERE score IS NOT NULL;
CREATE INDEX matched_row_person ON screening.matched_row (county_code, person_id);
CREATE INDEX lead_reason_person ON screening.lead_reason (county_code, person_id);
GRANT UPDATE (person_id) ON screening.matched_row TO app_area, app_county, app_system;
