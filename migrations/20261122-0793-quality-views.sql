-- What data quality publishes for figures (docs/decisions/0035). Column comments are 中文 | English.

CREATE VIEW quality.v_finding WITH (security_invoker = true) AS
  SELECT f.county_code, f.area_path, f.finding_id::text AS row_id, f.household_id, f.person_id, f.rule, f.severity, f.state,
         (f.first_seen_at AT TIME ZONE 'Asia/Shanghai')::date AS found_on, (f.fixed_at AT TIME ZONE 'Asia/Shanghai')::date AS fixed_on
  FROM quality.finding f;
COMMENT ON VIEW quality.v_finding IS 'Findings of the data rules. One that came back after it was fixed has the first day on which it was seen and none on which it was fixed.';
COMMENT ON COLUMN quality.v_finding.rule IS '规则 | Rule';
COMMENT ON COLUMN quality.v_finding.severity IS '严重程度 | Severity';
COMMENT ON COLUMN quality.v_finding.state IS '状态 | State';
COMMENT ON COLUMN quality.v_finding.found_on IS '发现日期 | Found on';
COMMENT ON COLUMN quality.v_finding.fixed_on IS '改正日期 | Fixed on';
GRANT SELECT ON quality.v_finding TO app_area, app_household, app_county, app_system;
