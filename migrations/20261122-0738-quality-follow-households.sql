-- The history of a finding is read by who answers for the household today: it follows it when it moves.
GRANT UPDATE (area_path, household_id) ON quality.finding_event TO app_area, app_county, app_system;
