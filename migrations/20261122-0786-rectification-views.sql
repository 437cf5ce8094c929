-- What indicators and other modules may read (design.md §9).
CREATE VIEW rectification.v_problem WITH (security_invoker = true) AS
  SELECT p.county_code, p.problem_id, p.problem_no, p.campaign_id, c.name AS campaign_name, p.source_kind, p.class, p.is_closed_kind, p.household_id,
    p.area_path, p.found_on, p.state, p.state = 'closed' AS is_closed, p.state NOT IN ('closed', 'withdrawn') AS is_open, p.unit_kind, p.unit_id,
    p.unit_name, p.unit_level, p.letter_id, (p.assigned_at AT TIME ZONE 'Asia/Shanghai')::date AS assigned_on, p.due_on, p.overdue_at,
    p.completed_on, p.closed_at, (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on, p.closed_at >= p.overdue_at AS is_closed_late,
    p.listed_on IS NOT NULL AS is_supervised, p.samples, p.returns, p.reopened, p.extended
  FROM rectification.problem p JOIN rectification.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id;
COMMENT ON VIEW rectification.v_problem IS 'One row per problem. Counts of a ledger leave state = withdrawn out. Words of problems are not here.';
COMMENT ON COLUMN rectification.v_problem.source_kind IS 'Exactly one per problem (R14): corrections + policy + satisfaction = all of a phone survey.';
COMMENT ON COLUMN rectification.v_problem.is_closed IS 'Struck off after acceptance by another person (R15).';
COMMENT ON COLUMN rectification.v_problem.overdue_at IS 'First second after the last day in Shanghai; open and overdue = is_open AND overdue_at <= the moment asked for.';
COMMENT ON COLUMN rectification.v_problem.is_closed_late IS 'Null while it is not closed or has no day.';
COMMENT ON COLUMN rectification.v_problem.unit_level IS 'county, township, village, department: of the responsible unit.';
GRANT SELECT ON rectification.v_problem TO app_area, app_county, app_system;

CREATE VIEW rectification.v_letter WITH (security_invoker = true) AS
  SELECT l.county_code, l.letter_id, l.letter_no, l.campaign_id, l.area_path, l.unit_kind, l.unit_id, l.unit_name, l.unit_level, l.state,
    (l.issued_at AT TIME ZONE 'Asia/Shanghai')::date AS issued_on, l.due_on, l.received_at, l.closed_at, l.is_closed_kind,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = l.county_code AND p.letter_id = l.letter_id AND p.state <> 'withdrawn') AS problems,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = l.county_code AND p.letter_id = l.letter_id AND p.state = 'closed') AS closed
  FROM rectification.letter l;
COMMENT ON VIEW rectification.v_letter IS 'One row per letter of assignment; one open letter per unit and campaign (R16).';
COMMENT ON COLUMN rectification.v_letter.problems IS 'Problems on it, without those withdrawn.';
GRANT SELECT ON rectification.v_letter TO app_area, app_county, app_system;
