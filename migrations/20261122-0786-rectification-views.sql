-- What indicators and other modules may read (design.md §9). Of petitions and discipline (closed kinds) only that there is one: no household,
-- class or unit, because a view knows no rights but the area's.
CREATE VIEW rectification.v_problem WITH (security_invoker = true) AS
  SELECT p.county_code, p.problem_id::text AS row_id, p.problem_id, p.problem_no, p.campaign_id, c.name AS campaign_name, p.source_kind,
    CASE WHEN p.is_closed_kind THEN '' ELSE p.class END AS class, p.is_closed_kind,
    CASE WHEN p.is_closed_kind THEN NULL ELSE p.household_id END AS household_id, p.area_path, p.found_on, p.state, p.state = 'closed' AS is_closed,
    p.state NOT IN ('closed', 'withdrawn') AS is_open, CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_kind END AS unit_kind,
    CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_id END AS unit_id, CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_name END AS unit_name,
    p.unit_level, p.letter_id, (p.assigned_at AT TIME ZONE 'Asia/Shanghai')::date AS assigned_on, p.due_on, p.overdue_at, p.completed_on, p.closed_at,
    (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on, p.closed_at >= p.overdue_at AS is_closed_late, p.listed_on IS NOT NULL AS is_supervised,
    p.samples, p.returns, p.reopened, p.extended
  FROM rectification.problem p JOIN rectification.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id;
COMMENT ON VIEW rectification.v_problem IS 'One row per problem. Counts of a ledger leave state = withdrawn out. Words of problems are not here; a problem has exactly one source kind (R14).';
COMMENT ON COLUMN rectification.v_problem.problem_no IS '问题编号 | Number';
COMMENT ON COLUMN rectification.v_problem.campaign_name IS '整改专项 | Campaign';
COMMENT ON COLUMN rectification.v_problem.source_kind IS '问题来源 | Source';
COMMENT ON COLUMN rectification.v_problem.class IS '问题类别 | Class';
COMMENT ON COLUMN rectification.v_problem.found_on IS '发现日期 | Found on';
COMMENT ON COLUMN rectification.v_problem.state IS '状态 | State';
COMMENT ON COLUMN rectification.v_problem.unit_name IS '责任单位 | Unit';
COMMENT ON COLUMN rectification.v_problem.unit_level IS '单位级别 | Level of the unit';
COMMENT ON COLUMN rectification.v_problem.assigned_on IS '交办日期 | Assigned on';
COMMENT ON COLUMN rectification.v_problem.due_on IS '整改时限 | Last day';
COMMENT ON COLUMN rectification.v_problem.closed_on IS '销号日期 | Struck off on';
COMMENT ON COLUMN rectification.v_problem.is_closed_late IS '超期销号 | Struck off late';
GRANT SELECT ON rectification.v_problem TO app_area, app_county, app_system;

CREATE VIEW rectification.v_letter WITH (security_invoker = true) AS
  SELECT l.county_code, l.letter_id::text AS row_id, l.letter_id, l.letter_no, l.campaign_id, l.area_path, l.unit_kind, l.unit_id, l.unit_name, l.unit_level, l.state,
    (l.issued_at AT TIME ZONE 'Asia/Shanghai')::date AS issued_on, l.due_on, l.received_at, l.closed_at, l.is_closed_kind,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = l.county_code AND p.letter_id = l.letter_id AND p.state <> 'withdrawn') AS problems,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = l.county_code AND p.letter_id = l.letter_id AND p.state = 'closed') AS closed
  FROM rectification.letter l WHERE NOT l.is_closed_kind;
COMMENT ON VIEW rectification.v_letter IS 'One row per letter of assignment; one open letter per unit and campaign (R16). Letters of petitions and discipline are not here.';
COMMENT ON COLUMN rectification.v_letter.letter_no IS '编号 | Number';
COMMENT ON COLUMN rectification.v_letter.unit_name IS '责任单位 | Unit';
COMMENT ON COLUMN rectification.v_letter.unit_level IS '单位级别 | Level of the unit';
COMMENT ON COLUMN rectification.v_letter.state IS '状态 | State';
COMMENT ON COLUMN rectification.v_letter.issued_on IS '发函日期 | Issued on';
COMMENT ON COLUMN rectification.v_letter.due_on IS '整改时限 | Last day';
COMMENT ON COLUMN rectification.v_letter.problems IS '问题数 | Problems on it, without those withdrawn';
COMMENT ON COLUMN rectification.v_letter.closed IS '已销号 | Struck off';
GRANT SELECT ON rectification.v_letter TO app_area, app_county, app_system;
