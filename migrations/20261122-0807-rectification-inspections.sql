-- Inspections: who looked at which unit, when and how, and what was found (M-115 to M-121). Their findings are problems.
CREATE TABLE rectification.team (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  team_id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 2 AND 60),
  members jsonb NOT NULL CHECK (jsonb_typeof(members) = 'array'),
  from_on date NOT NULL,
  until_on date,
  by_path text COLLATE "C" NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, team_id),
  UNIQUE (county_code, name),
  CHECK (until_on >= from_on)
);
COMMENT ON TABLE rectification.team IS '督查组 (M-115): names of cadres and where they were taken from; no household.';
COMMENT ON COLUMN rectification.team.members IS 'List of {name, unit}.';
SELECT kernel.protect_reference('rectification.team');
GRANT INSERT ON rectification.team TO app_area;
CREATE POLICY team_write ON rectification.team FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '') AND by_path >= nullif(current_setting('app.lo', true), '')
    AND by_path < nullif(current_setting('app.hi', true), ''));

CREATE TABLE rectification.inspection (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  inspection_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('supervision', 'leader', 'unannounced', 'cross-check', 'township', 'signs', 'party-review', 'monthly',
    'patrol')),
  is_upgraded boolean NOT NULL DEFAULT false,
  round smallint NOT NULL DEFAULT 1 CHECK (round > 0),
  unit_kind text NOT NULL CHECK (unit_kind IN ('area', 'organisation')),
  unit_id text COLLATE "C" NOT NULL,
  unit_name text NOT NULL,
  unit_level text NOT NULL CHECK (unit_level IN ('county', 'township', 'village', 'department')),
  area_path text COLLATE "C" NOT NULL,
  by_path text COLLATE "C" NOT NULL,
  team_id uuid,
  checker_id text COLLATE "C",
  checker_name text NOT NULL DEFAULT '' CHECK (char_length(checker_name) <= 60),
  topics text[] NOT NULL DEFAULT '{}',
  planned_on date NOT NULL,
  month text COLLATE "C" GENERATED ALWAYS AS (
    lpad(extract(year FROM planned_on)::integer::text, 4, '0') || '-' || lpad(extract(month FROM planned_on)::integer::text, 2, '0')) STORED,
  inspected_on date,
  methods text[] NOT NULL DEFAULT '{}',
  items jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(items) = 'array'),
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 1000),
  recorded_by text,
  recorded_name text,
  recorded_at timestamptz,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, inspection_id),
  FOREIGN KEY (county_code, campaign_id) REFERENCES rectification.campaign (county_code, campaign_id),
  FOREIGN KEY (county_code, team_id) REFERENCES rectification.team (county_code, team_id),
  CHECK (num_nulls(inspected_on, recorded_by, recorded_name, recorded_at) IN (0, 4)),
  CHECK (kind = 'patrol' OR NOT is_upgraded),
  -- A village does not check itself (M-117).
  CONSTRAINT cross_check_by_another CHECK (kind <> 'cross-check' OR (checker_id IS NOT NULL AND checker_id <> unit_id))
);
COMMENT ON TABLE rectification.inspection IS 'One look at one unit: planned, then recorded once. What is wrong is a problem that names it (problem.inspection_id).';
COMMENT ON COLUMN rectification.inspection.checker_id IS 'Of a cross-check, the village that looks.';
COMMENT ON COLUMN rectification.inspection.checker_name IS 'The leader, or whoever looked, where no team did.';
COMMENT ON COLUMN rectification.inspection.items IS 'The sheet: list of {item, isFine, note}.';
-- Once per month and unit (M-119, M-120); once per round.
CREATE UNIQUE INDEX inspection_month ON rectification.inspection (county_code, kind, unit_id, month) WHERE kind IN ('party-review', 'monthly');
CREATE UNIQUE INDEX inspection_round ON rectification.inspection (county_code, campaign_id, kind, unit_id, round) WHERE kind = 'cross-check';
CREATE INDEX inspection_area ON rectification.inspection (county_code, area_path, planned_on);
CREATE INDEX inspection_campaign ON rectification.inspection (county_code, campaign_id, planned_on);
SELECT kernel.protect_area('rectification.inspection');
-- Without notice (M-116): until it was made, an unannounced check is seen by the office that planned it and by the county only.
CREATE POLICY inspection_unannounced ON rectification.inspection AS RESTRICTIVE TO app_area
  USING (kind <> 'unannounced' OR inspected_on IS NOT NULL OR (by_path >= nullif(current_setting('app.lo', true), '')
    AND by_path < nullif(current_setting('app.hi', true), '')))
  WITH CHECK (true);

ALTER TABLE rectification.problem ADD COLUMN inspection_id uuid;
ALTER TABLE rectification.problem ADD FOREIGN KEY (county_code, inspection_id) REFERENCES rectification.inspection (county_code, inspection_id);
CREATE INDEX problem_inspection ON rectification.problem (county_code, inspection_id) WHERE inspection_id IS NOT NULL;
COMMENT ON COLUMN rectification.problem.inspection_id IS 'The inspection that found it.';

CREATE OR REPLACE VIEW rectification.v_problem WITH (security_invoker = true) AS
  SELECT p.county_code, p.problem_id::text AS row_id, p.problem_id, p.problem_no, p.campaign_id, c.name AS campaign_name, p.source_kind,
    CASE WHEN p.is_closed_kind THEN '' ELSE p.class END AS class, p.is_closed_kind,
    CASE WHEN p.is_closed_kind THEN NULL ELSE p.household_id END AS household_id, p.area_path, p.found_on, p.state, p.state = 'closed' AS is_closed,
    p.state NOT IN ('closed', 'withdrawn') AS is_open, CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_kind END AS unit_kind,
    CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_id END AS unit_id, CASE WHEN p.is_closed_kind THEN NULL ELSE p.unit_name END AS unit_name,
    p.unit_level, p.letter_id, (p.assigned_at AT TIME ZONE 'Asia/Shanghai')::date AS assigned_on, p.due_on, p.overdue_at, p.completed_on, p.closed_at,
    (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on, p.closed_at >= p.overdue_at AS is_closed_late, p.listed_on IS NOT NULL AS is_supervised,
    p.samples, p.returns, p.reopened, p.extended,
    p.due_on + 1 AS overdue_from,
    (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date - (p.assigned_at AT TIME ZONE 'Asia/Shanghai')::date AS days_to_close,
    p.closed_at < p.overdue_at AS is_closed_in_time, p.inspection_id
  FROM rectification.problem p JOIN rectification.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id;
COMMENT ON COLUMN rectification.v_problem.overdue_from IS '超期起 | Overdue from';
COMMENT ON COLUMN rectification.v_problem.days_to_close IS '交办到销号天数 | Days from assignment to the end';
COMMENT ON COLUMN rectification.v_problem.is_closed_in_time IS '按期销号 | Struck off in time';

CREATE VIEW rectification.v_inspection WITH (security_invoker = true) AS
  SELECT i.county_code, i.inspection_id::text AS row_id, i.area_path, i.inspection_id, c.name AS campaign_name, i.kind, i.is_upgraded, i.round, i.unit_id,
    i.unit_name, i.unit_level, coalesce(t.name, i.checker_name) AS checker_name, i.planned_on, i.month, i.inspected_on,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = i.county_code AND p.inspection_id = i.inspection_id AND p.state <> 'withdrawn') AS problems,
    (SELECT count(*) FROM rectification.problem p WHERE p.county_code = i.county_code AND p.inspection_id = i.inspection_id AND p.state = 'closed') AS closed
  FROM rectification.inspection i JOIN rectification.campaign c ON c.county_code = i.county_code AND c.campaign_id = i.campaign_id
  LEFT JOIN rectification.team t ON t.county_code = i.county_code AND t.team_id = i.team_id;
COMMENT ON VIEW rectification.v_inspection IS 'One row per inspection of one unit; those that are only planned have no inspected_on.';
COMMENT ON COLUMN rectification.v_inspection.campaign_name IS '整改专项 | Campaign';
COMMENT ON COLUMN rectification.v_inspection.kind IS '检查方式 | Kind';
COMMENT ON COLUMN rectification.v_inspection.unit_name IS '被查单位 | Unit';
COMMENT ON COLUMN rectification.v_inspection.unit_level IS '单位级别 | Level of the unit';
COMMENT ON COLUMN rectification.v_inspection.checker_name IS '检查人 | By';
COMMENT ON COLUMN rectification.v_inspection.month IS '月份 | Month';
COMMENT ON COLUMN rectification.v_inspection.inspected_on IS '检查日期 | Inspected on';
COMMENT ON COLUMN rectification.v_inspection.problems IS '问题数 | Problems';
COMMENT ON COLUMN rectification.v_inspection.closed IS '已销号 | Struck off';
GRANT SELECT ON rectification.v_inspection TO app_area, app_county, app_system;

CREATE VIEW rectification.v_team_member WITH (security_invoker = true) AS
  SELECT t.county_code, t.by_path AS area_path, t.team_id::text || '-' || m.place AS row_id, t.name AS team_name, m.value ->> 'name' AS member_name,
    m.value ->> 'unit' AS unit_name, t.from_on, t.until_on, t.until_on + 1 AS gone_on,
    (m.value ->> 'name') || ' ' || coalesce(m.value ->> 'unit', '') AS member_key
  FROM rectification.team t CROSS JOIN LATERAL jsonb_array_elements(t.members) WITH ORDINALITY AS m (value, place);
COMMENT ON VIEW rectification.v_team_member IS 'One row per member of an inspection team.';
COMMENT ON COLUMN rectification.v_team_member.team_name IS '督查组 | Team';
COMMENT ON COLUMN rectification.v_team_member.member_name IS '姓名 | Name';
COMMENT ON COLUMN rectification.v_team_member.unit_name IS '抽调单位 | Taken from';
COMMENT ON COLUMN rectification.v_team_member.from_on IS '起 | From';
COMMENT ON COLUMN rectification.v_team_member.until_on IS '止 | Until';
GRANT SELECT ON rectification.v_team_member TO app_area, app_county, app_system;
