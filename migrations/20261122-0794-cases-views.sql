-- What cases publish for figures (docs/decisions/0035). Column comments are 中文 | English.

CREATE VIEW cases.v_case WITH (security_invoker = true) AS
  SELECT f.county_code, f.area_path, f.case_id::text AS row_id, f.household_id, f.case_no, f.source, f.step, f.state, f.kind, f.outcome,
         f.round, f.is_green, f.opened_on, f.identified_on, f.eliminated_on, f.ended_on
  FROM cases.case_file f;
COMMENT ON VIEW cases.v_case IS 'Cases as they stand today. Who was monitored on a past day is in v_monitored.';
COMMENT ON COLUMN cases.v_case.case_no IS '个案编号 | Case number';
COMMENT ON COLUMN cases.v_case.source IS '来源 | Source';
COMMENT ON COLUMN cases.v_case.step IS '环节 | Step';
COMMENT ON COLUMN cases.v_case.state IS '状态 | State';
COMMENT ON COLUMN cases.v_case.kind IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN cases.v_case.outcome IS '结果 | Outcome';
COMMENT ON COLUMN cases.v_case.round IS '轮次 | Round';
COMMENT ON COLUMN cases.v_case.is_green IS '绿色通道 | Green channel';
COMMENT ON COLUMN cases.v_case.opened_on IS '开案日期 | Opened on';
COMMENT ON COLUMN cases.v_case.identified_on IS '识别日期 | Identified on';
COMMENT ON COLUMN cases.v_case.eliminated_on IS '风险消除日期 | Risk eliminated on';
COMMENT ON COLUMN cases.v_case.ended_on IS '结案日期 | Ended on';
GRANT SELECT ON cases.v_case TO app_area, app_household, app_county, app_system;

-- A household is a monitored object with its risk not eliminated from the decision until the decision of elimination; a relapse or a
-- reverted elimination begins again. Told from the events, so that any past day comes out as it was.
CREATE VIEW cases.v_monitored WITH (security_invoker = true) AS
  SELECT t.county_code, f.area_path, t.case_id::text || ' ' || t.seq AS row_id, f.household_id, f.case_no, f.kind, f.risks[1] AS risk, t.round,
         CASE WHEN t.action = 'open' THEN least(t.on_day, coalesce(f.identified_on, t.on_day)) ELSE t.on_day END AS monitored_from,
         t.until AS monitored_until, t.after AS ended_how
  FROM (
    SELECT e.county_code, e.case_id, e.seq, e.round, e.action, e.on_day, e.is_in,
           lead(e.on_day) OVER flips AS until, lead(e.step_after) OVER flips AS after
    FROM (
      SELECT county_code, case_id, seq, round, action, on_day, step_after, is_in,
             lag(is_in, 1, false) OVER (PARTITION BY county_code, case_id ORDER BY seq) AS was_in
      FROM (
        SELECT county_code, case_id, seq, round, action, on_day, step_after,
               step_after IN ('entry', 'measures', 'tracking', 'exit-visit', 'exit-appraisal', 'exit-notice', 'exit-review', 'exit-decision') AS is_in
        FROM cases.case_event
      ) AS steps
    ) AS e
    WHERE e.is_in <> e.was_in
    WINDOW flips AS (PARTITION BY e.county_code, e.case_id ORDER BY e.seq)
  ) AS t
  JOIN cases.case_file f ON f.county_code = t.county_code AND f.case_id = t.case_id
  WHERE t.is_in;
COMMENT ON VIEW cases.v_monitored IS 'Since when and until when a household was a monitored object whose risk was not eliminated. Kind and risk are today''s.';
COMMENT ON COLUMN cases.v_monitored.case_no IS '个案编号 | Case number';
COMMENT ON COLUMN cases.v_monitored.kind IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN cases.v_monitored.risk IS '主要风险 | Main risk';
COMMENT ON COLUMN cases.v_monitored.round IS '轮次 | Round';
COMMENT ON COLUMN cases.v_monitored.monitored_from IS '纳入日期 | Identified on';
COMMENT ON COLUMN cases.v_monitored.monitored_until IS '风险消除日期 | Risk eliminated on';
COMMENT ON COLUMN cases.v_monitored.ended_how IS '之后的环节 | Step after it';
GRANT SELECT ON cases.v_monitored TO app_area, app_household, app_county, app_system;

CREATE VIEW cases.v_monitored_person WITH (security_invoker = true) AS
  SELECT m.county_code, p.area_path, m.row_id || ' ' || p.row_id AS row_id, m.household_id, p.person_id, p.name, p.relation, m.kind, m.risk,
         greatest(m.monitored_from, p.valid_from) AS monitored_from, least(m.monitored_until, p.valid_to) AS monitored_until
  FROM cases.v_monitored m
  JOIN registry.v_member p ON p.county_code = m.county_code AND p.household_id = m.household_id
   AND p.valid_from < coalesce(m.monitored_until, 'infinity') AND coalesce(p.valid_to, 'infinity') > m.monitored_from;
COMMENT ON VIEW cases.v_monitored_person IS 'Members of monitored households, for the days on which both held.';
COMMENT ON COLUMN cases.v_monitored_person.name IS '姓名 | Name';
COMMENT ON COLUMN cases.v_monitored_person.relation IS '与户主关系 | Relation to the head';
COMMENT ON COLUMN cases.v_monitored_person.kind IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN cases.v_monitored_person.risk IS '主要风险 | Main risk';
COMMENT ON COLUMN cases.v_monitored_person.monitored_from IS '从哪天起 | Since';
COMMENT ON COLUMN cases.v_monitored_person.monitored_until IS '到哪天前 | Until';
GRANT SELECT ON cases.v_monitored_person TO app_area, app_household, app_county, app_system;

CREATE VIEW cases.v_class WITH (security_invoker = true) AS
  SELECT c.county_code, c.area_path, c.household_id::text || ' ' || c.valid_from AS row_id, c.household_id, c.layer, c.labour_class, c.kind,
         c.card, c.alert, c.in_export, c.valid_from, c.valid_to
  FROM cases.classification c;
COMMENT ON VIEW cases.v_class IS 'What every household is, since when and until when (M-001 to M-006).';
COMMENT ON COLUMN cases.v_class.layer IS '层次 | Layer';
COMMENT ON COLUMN cases.v_class.labour_class IS '劳动分类 | Labour class';
COMMENT ON COLUMN cases.v_class.kind IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN cases.v_class.card IS '卡色 | Card';
COMMENT ON COLUMN cases.v_class.alert IS '措施落实 | Measures';
COMMENT ON COLUMN cases.v_class.in_export IS '在监测信息表 | In the monitoring export';
COMMENT ON COLUMN cases.v_class.valid_from IS '从哪天起 | Since';
COMMENT ON COLUMN cases.v_class.valid_to IS '到哪天前 | Until';
GRANT SELECT ON cases.v_class TO app_area, app_household, app_county, app_system;

CREATE VIEW cases.v_act WITH (security_invoker = true) AS
  SELECT e.county_code, e.area_path, e.case_event_id::text AS row_id, e.household_id, f.case_no, f.kind, e.action, e.step_before, e.step_after, e.round, e.on_day
  FROM cases.case_event e JOIN cases.case_file f ON f.county_code = e.county_code AND f.case_id = e.case_id;
COMMENT ON VIEW cases.v_act IS 'Acts upon cases by day: decisions, eliminations, relapses.';
COMMENT ON COLUMN cases.v_act.case_no IS '个案编号 | Case number';
COMMENT ON COLUMN cases.v_act.kind IS '监测对象类别 | Kind of monitored object';
COMMENT ON COLUMN cases.v_act.action IS '办理 | Act';
COMMENT ON COLUMN cases.v_act.step_before IS '原环节 | Step before';
COMMENT ON COLUMN cases.v_act.step_after IS '新环节 | Step after';
COMMENT ON COLUMN cases.v_act.round IS '轮次 | Round';
COMMENT ON COLUMN cases.v_act.on_day IS '日期 | On';
GRANT SELECT ON cases.v_act TO app_area, app_household, app_county, app_system;
