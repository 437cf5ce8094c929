-- What is kept about a household or a person is where the household is today: who saw a number, and what imports changed, follow it too.
GRANT UPDATE (area_path, household_id) ON registry.reveal TO app_area, app_county, app_system;
COMMENT ON COLUMN registry.reveal.area_path IS 'Where the person belongs today, not where he belonged when somebody looked: it follows household events.';
COMMENT ON COLUMN registry.batch_change.area_path IS 'Where the household belongs today: it follows household events, so that nobody reads what was of a household that left him.';
COMMENT ON COLUMN registry.membership.area_path IS 'Where the household belongs today, also for a membership that has ended.';
