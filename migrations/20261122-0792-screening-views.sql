-- What screening publishes for figures (docs/decisions/0035). Column comments are 中文 | English.

CREATE VIEW screening.v_lead WITH (security_invoker = true) AS
  SELECT l.county_code, l.area_path, l.lead_id::text AS row_id, l.household_id, l.month, l.state, l.answer, l.reason_count, l.flag_count,
         (l.raised_at AT TIME ZONE 'Asia/Shanghai')::date AS raised_on, (l.answered_at AT TIME ZONE 'Asia/Shanghai')::date AS answered_on, l.due_on
  FROM screening.lead l;
COMMENT ON VIEW screening.v_lead IS 'Risk leads, one per household and month. State and answer are today''s.';
COMMENT ON COLUMN screening.v_lead.month IS '比对月份 | Month of the lists';
COMMENT ON COLUMN screening.v_lead.state IS '状态 | State';
COMMENT ON COLUMN screening.v_lead.answer IS '核实结果 | Answer';
COMMENT ON COLUMN screening.v_lead.reason_count IS '原因数 | Reasons';
COMMENT ON COLUMN screening.v_lead.flag_count IS '反向标记数 | Counter-signs';
COMMENT ON COLUMN screening.v_lead.raised_on IS '生成日期 | Raised on';
COMMENT ON COLUMN screening.v_lead.answered_on IS '核实日期 | Answered on';
COMMENT ON COLUMN screening.v_lead.due_on IS '核实期限 | Due on';
GRANT SELECT ON screening.v_lead TO app_area, app_household, app_county, app_system;
