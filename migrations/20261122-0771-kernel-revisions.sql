-- What says at once whether anything that is kept in memory has changed: policies and the calendar (docs/decisions/0031).
CREATE FUNCTION kernel.revisions(of_county text) RETURNS TABLE (policies text, calendar uuid) LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY SELECT
    (SELECT count(*) || ' ' || coalesce(sum(v.revision), 0) || ' ' || coalesce(max(v.version_id::text), '') FROM kernel.policy_version v
      WHERE v.county_code = of_county),
    (SELECT c.calendar_change_id FROM kernel.calendar_change c WHERE c.county_code = of_county ORDER BY c.change_no DESC LIMIT 1);
END $$;
COMMENT ON FUNCTION kernel.revisions IS 'Of the rows that the caller may read: every change of a version raises its revision by one and every new one has a new id, so that no two states of the policies say the same. The calendar''s newest change, null where the county has none of its own.';
REVOKE EXECUTE ON FUNCTION kernel.revisions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.revisions TO app_area, app_household, app_county, app_system;
