-- Working days of a county's own (放假安排): what was announced for its area, or a year that the program does not hold yet.
-- Everything is appended; of a day and of a year the newest change counts.
CREATE TABLE kernel.calendar_change (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  calendar_change_id uuid NOT NULL,
  change_no bigint GENERATED ALWAYS AS IDENTITY,
  document text NOT NULL CHECK (length(document) BETWEEN 2 AND 400),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, calendar_change_id)
);
COMMENT ON TABLE kernel.calendar_change IS 'What was announced (document), and who wrote it down. The newest id is the revision of the county''s calendar.';
COMMENT ON COLUMN kernel.calendar_change.change_no IS 'Order of the changes of a county: written under a lock, so that none commits behind a later one.';
CREATE UNIQUE INDEX calendar_change_newest ON kernel.calendar_change (county_code, change_no);
SELECT kernel.protect_reference('kernel.calendar_change', 'SELECT, INSERT');

CREATE TABLE kernel.calendar_day (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  calendar_change_id uuid NOT NULL,
  day date NOT NULL CHECK (day BETWEEN '2000-01-01' AND '2199-12-31'),
  works boolean,
  PRIMARY KEY (county_code, calendar_change_id, day),
  FOREIGN KEY (county_code, calendar_change_id) REFERENCES kernel.calendar_change (county_code, calendar_change_id)
);
COMMENT ON COLUMN kernel.calendar_day.works IS 'True: worked. False: free. Null: taken back, the state''s calendar counts again.';
CREATE INDEX calendar_day_of_year ON kernel.calendar_day (county_code, day);
SELECT kernel.protect_reference('kernel.calendar_day', 'SELECT, INSERT');

CREATE TABLE kernel.calendar_year (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  calendar_change_id uuid NOT NULL,
  year smallint NOT NULL CHECK (year BETWEEN 2000 AND 2199),
  is_known boolean NOT NULL,
  PRIMARY KEY (county_code, calendar_change_id, year),
  FOREIGN KEY (county_code, calendar_change_id) REFERENCES kernel.calendar_change (county_code, calendar_change_id)
);
COMMENT ON TABLE kernel.calendar_year IS 'Years whose days are declared complete; false takes the declaration back.';
SELECT kernel.protect_reference('kernel.calendar_year', 'SELECT, INSERT');
