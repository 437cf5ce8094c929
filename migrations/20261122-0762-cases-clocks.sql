-- Clocks (时限): terms that run while a case is worked on, what held them, and the reminders that they gave (M-012; docs/decisions/0025).
CREATE TABLE cases.clock (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  clock_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL CHECK (round > 0),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('step', 'total', 'supplement', 'notice', 'measures', 'helper', 'tracking')),
  step text COLLATE "C" NOT NULL,
  limit_kind text NOT NULL CHECK (limit_kind IN ('statutory', 'internal')),
  party text NOT NULL CHECK (party IN ('own', 'others')),
  held_by text COLLATE "C" NOT NULL,
  days smallint NOT NULL CHECK (days BETWEEN 0 AND 3660),
  calendar text NOT NULL CHECK (calendar IN ('working', 'calendar')),
  started_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'paused', 'stopped')),
  stopped_on date CHECK (stopped_on >= started_on),
  stopped_by text COLLATE "C",
  took_days smallint,
  mark_50_on date,
  mark_75_on date,
  due_on date,
  unknown_year smallint,
  calendar_revision text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, clock_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((state = 'stopped') = (stopped_on IS NOT NULL)),
  CHECK ((state = 'stopped') = (stopped_by IS NOT NULL)),
  CHECK ((state = 'stopped') = (took_days IS NOT NULL))
);
COMMENT ON TABLE cases.clock IS '@sensitivity C2. Ids and days only.';
COMMENT ON COLUMN cases.clock.kind IS 'step: one step. total: the whole identification. supplement: what was asked for. notice: days that it must stand. measures, helper: after the decision. tracking: to the next visit.';
COMMENT ON COLUMN cases.clock.step IS 'Step of the case at which it began.';
COMMENT ON COLUMN cases.clock.party IS 'others: time in which the household or a department is waited for.';
COMMENT ON COLUMN cases.clock.days IS '0: no limit; it only measures time.';
COMMENT ON COLUMN cases.clock.started_on IS 'The first day counted is the next one.';
COMMENT ON COLUMN cases.clock.took_days IS 'Counted days until it was stopped.';
COMMENT ON COLUMN cases.clock.mark_50_on IS 'Day on which half of the days is used; null where no limit is, or a pause without end stands before it. So mark_75_on and due_on.';
COMMENT ON COLUMN cases.clock.unknown_year IS 'First year on the way whose holidays are not known; the due day may still move.';
COMMENT ON COLUMN cases.clock.calendar_revision IS 'Calendar by which the days were counted.';
CREATE UNIQUE INDEX clock_once ON cases.clock (county_code, case_id, kind, step) WHERE state <> 'stopped';
CREATE INDEX clock_case ON cases.clock (county_code, case_id, started_on);
CREATE INDEX clock_due ON cases.clock (county_code, due_on, clock_id) WHERE state <> 'stopped';
CREATE INDEX clock_area ON cases.clock (county_code, area_path, due_on) WHERE state <> 'stopped';
CREATE INDEX clock_took ON cases.clock (county_code, stopped_on) WHERE state = 'stopped';
CREATE INDEX clock_household ON cases.clock (county_code, household_id);
SELECT kernel.protect_area('cases.clock');

CREATE TABLE cases.clock_pause (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  clock_pause_id uuid NOT NULL,
  clock_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL CHECK (reason IN ('supplement', 'paused', 'objection')),
  paused_on date NOT NULL,
  resumed_on date CHECK (resumed_on >= paused_on),
  PRIMARY KEY (county_code, clock_pause_id),
  FOREIGN KEY (county_code, clock_id) REFERENCES cases.clock (county_code, clock_id)
);
COMMENT ON TABLE cases.clock_pause IS 'Days from paused_on to the day before resumed_on do not count. Pauses for different reasons may overlap.';
CREATE UNIQUE INDEX clock_pause_open ON cases.clock_pause (county_code, clock_id, reason) WHERE resumed_on IS NULL;
CREATE INDEX clock_pause_clock ON cases.clock_pause (county_code, clock_id, paused_on);
SELECT kernel.protect_area('cases.clock_pause');

CREATE TABLE cases.reminder (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  reminder_id uuid NOT NULL DEFAULT gen_random_uuid(),
  clock_id uuid NOT NULL,
  mark smallint NOT NULL CHECK (mark IN (50, 75, 100)),
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  to_path text COLLATE "C" NOT NULL,
  above_path text COLLATE "C",
  mark_on date NOT NULL,
  fired_on date NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, clock_id, mark),
  FOREIGN KEY (county_code, clock_id) REFERENCES cases.clock (county_code, clock_id),
  CHECK (above_path IS NULL OR mark = 100)
);
COMMENT ON TABLE cases.reminder IS 'A mark of a clock was reached. The key makes it fire once, whoever runs the job and however often.';
COMMENT ON COLUMN cases.reminder.to_path IS 'Area of the office that held the case.';
COMMENT ON COLUMN cases.reminder.above_path IS 'Area of the office above it, told at 100 %.';
CREATE INDEX reminder_to ON cases.reminder (county_code, to_path, fired_on);
CREATE INDEX reminder_above ON cases.reminder (county_code, above_path, fired_on) WHERE above_path IS NOT NULL;
SELECT kernel.protect_area('cases.reminder', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON cases.reminder TO app_area, app_county, app_system;
