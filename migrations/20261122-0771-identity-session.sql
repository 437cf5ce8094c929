-- Who asks, in one round trip: each request reads it, and a function's plan is made once per connection (docs/decisions/0031).
CREATE FUNCTION identity.member_of_session(of_county text, of_token bytea, at_time timestamptz, on_day date)
  RETURNS TABLE (user_id uuid, name text, login_name text, organisation_id uuid, state text, must_change_password boolean, roles text[],
    area_path text, is_fresh boolean)
  LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT u.user_id, u.name, u.login_name, u.organisation_id, u.state, u.must_change_password, coalesce(held.roles, '{}'), held.area_path,
      s.last_seen_at > at_time - interval '30 seconds'
    FROM identity.session s JOIN identity.user_account u ON u.county_code = s.county_code AND u.user_id = s.user_id
    CROSS JOIN LATERAL (
      SELECT array_agg(r.role ORDER BY r.role) AS roles, CASE WHEN count(DISTINCT r.area_path) = 1 THEN min(r.area_path) END AS area_path
      FROM identity.user_role r WHERE r.county_code = s.county_code AND r.user_id = s.user_id
        AND r.valid_from <= on_day AND (r.valid_to IS NULL OR r.valid_to > on_day)
    ) held
    WHERE s.county_code = of_county AND s.token_hash = of_token AND s.ended_at IS NULL AND s.expires_at > at_time
      AND s.last_seen_at + make_interval(mins => s.idle_minutes) > at_time AND u.state = 'active';
END $$;
COMMENT ON FUNCTION identity.member_of_session IS 'The user of a session that is neither ended, idle for too long nor too old, with the roles in force. Runs with the rights and the row security of whoever calls it.';
REVOKE EXECUTE ON FUNCTION identity.member_of_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.member_of_session TO app_system;
