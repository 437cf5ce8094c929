-- Ledgers: imports, files, reminders, migrations of records; the view for figures (docs/decisions/0032).

CREATE TABLE ledgers.import (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  import_id uuid NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  area_path text COLLATE "C" NOT NULL,
  closed boolean NOT NULL DEFAULT false,
  source text COLLATE "C" NOT NULL CHECK (source IN ('file', 'pasted')),
  file_name text NOT NULL,
  file_id uuid,
  file_hash text COLLATE "C" NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  state text COLLATE "C" NOT NULL CHECK (state IN ('staged', 'applied', 'undone', 'discarded')),
  columns jsonb NOT NULL CHECK (jsonb_typeof(columns) = 'array'),
  missing_fields text[] NOT NULL DEFAULT '{}',
  counts jsonb NOT NULL CHECK (jsonb_typeof(counts) = 'object'),
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  applied_at timestamptz,
  undone_at timestamptz,
  PRIMARY KEY (county_code, import_id),
  CHECK (state <> 'applied' OR applied_at IS NOT NULL)
);
COMMENT ON TABLE ledgers.import IS '@sensitivity C3. One import into a ledger: a dry run until it is applied; taken back as long as nobody touched its records.';
COMMENT ON COLUMN ledgers.import.area_path IS 'Area of who imports; rows outside of it are refused.';
CREATE INDEX import_of_template ON ledgers.import (county_code, template_key, made_at);
SELECT kernel.protect_area('ledgers.import');

-- COPY target (COPY FROM is refused on tables with row security); only app_system reaches it.
CREATE TABLE ledgers.staged_record (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  import_id uuid NOT NULL,
  row_no integer NOT NULL,
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('bad', 'new', 'changed', 'same')),
  record_id uuid,
  revision integer,
  area_path text COLLATE "C",
  household_id uuid,
  title text NOT NULL DEFAULT '',
  state text COLLATE "C" NOT NULL,
  settled boolean NOT NULL DEFAULT false,
  due_at timestamptz,
  text_1 text COLLATE "C", text_2 text COLLATE "C", text_3 text COLLATE "C", text_4 text COLLATE "C",
  text_5 text COLLATE "C", text_6 text COLLATE "C", text_7 text COLLATE "C", text_8 text COLLATE "C",
  number_1 bigint, number_2 bigint, number_3 bigint, number_4 bigint, number_5 bigint, number_6 bigint,
  day_1 date, day_2 date, day_3 date, day_4 date,
  unique_1 text COLLATE "C",
  unique_2 text COLLATE "C",
  links jsonb NOT NULL DEFAULT '[]',
  marks jsonb NOT NULL DEFAULT '[]',
  problems jsonb NOT NULL DEFAULT '[]',
  changes jsonb NOT NULL DEFAULT '{}',
  before jsonb,
  body jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (county_code, import_id, row_no)
);
COMMENT ON TABLE ledgers.staged_record IS '@sensitivity C3. Rows of an import until it is applied or thrown away; bad rows and what was changed stay for the receipt and the undo.';
GRANT SELECT, INSERT, UPDATE, DELETE ON ledgers.staged_record TO app_system;

CREATE TABLE ledgers.record_file (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_file_id uuid NOT NULL,
  record_id uuid NOT NULL,
  field_key text COLLATE "C" NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  file_id uuid NOT NULL,
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  bytes integer NOT NULL CHECK (bytes > 0),
  media_type text COLLATE "C" NOT NULL,
  added_by text NOT NULL,
  added_name text NOT NULL,
  added_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (county_code, record_file_id),
  FOREIGN KEY (county_code, record_id) REFERENCES ledgers.record (county_code, record_id)
);
COMMENT ON TABLE ledgers.record_file IS '@sensitivity C3. Photographs, files and signatures of records; the bytes lie encrypted beside the database.';
CREATE INDEX record_file_of_record ON ledgers.record_file (county_code, record_id) WHERE removed_at IS NULL;
SELECT kernel.protect_area('ledgers.record_file');
CREATE POLICY closed_ledger ON ledgers.record_file AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

CREATE TABLE ledgers.reminder (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  deadline_key text COLLATE "C" NOT NULL,
  due_on date NOT NULL,
  percent smallint NOT NULL CHECK (percent BETWEEN 1 AND 100),
  remind_on date NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  fired_at timestamptz,
  PRIMARY KEY (county_code, record_id, deadline_key, due_on, percent),
  FOREIGN KEY (county_code, record_id) REFERENCES ledgers.record (county_code, record_id)
);
COMMENT ON TABLE ledgers.reminder IS 'Marks of running deadlines; each fires once. Marks of a deadline that ended or moved go unless they have fired.';
CREATE INDEX reminder_to_fire ON ledgers.reminder (county_code, remind_on) WHERE fired_at IS NULL;
SELECT kernel.protect_area('ledgers.reminder', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY closed_ledger ON ledgers.reminder AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

CREATE TABLE ledgers.migration (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  migration_id uuid NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  records integer NOT NULL CHECK (records >= 0),
  done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
  incomplete integer NOT NULL DEFAULT 0 CHECK (incomplete >= 0),
  last_record uuid,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, migration_id)
);
COMMENT ON TABLE ledgers.migration IS 'Takes the records of older versions of a template to a newer one, in batches; goes on where it stopped.';
CREATE UNIQUE INDEX migration_one_open ON ledgers.migration (county_code, template_key) WHERE state IN ('waiting', 'running');
SELECT kernel.protect_county('ledgers.migration');

-- What ledgers publish for figures: records that were not removed, with the keys of their template and the whole body.
CREATE VIEW ledgers.v_record WITH (security_invoker = true) AS
  SELECT r.county_code, r.area_path, r.record_id::text AS row_id, r.record_id, r.template_key, r.version, r.household_id, r.record_no, r.title,
         r.state, r.settled, r.due_at, r.made_at, (r.made_at AT TIME ZONE 'Asia/Shanghai')::date AS made_on, r.changed_at,
         r.text_1, r.text_2, r.text_3, r.text_4, r.text_5, r.text_6, r.text_7, r.text_8,
         r.number_1 / 1000000.0 AS number_1, r.number_2 / 1000000.0 AS number_2, r.number_3 / 1000000.0 AS number_3,
         r.number_4 / 1000000.0 AS number_4, r.number_5 / 1000000.0 AS number_5, r.number_6 / 1000000.0 AS number_6,
         r.day_1, r.day_2, r.day_3, r.day_4, b.body
  FROM ledgers.record r JOIN ledgers.record_body b ON b.county_code = r.county_code AND b.record_id = r.record_id WHERE r.removed_at IS NULL;
COMMENT ON VIEW ledgers.v_record IS 'Records of all ledgers that the reader may see. Which field stands in text_1 … day_4 is in the version of the template; body has every field by its key, numbers and amounts as text.';
COMMENT ON COLUMN ledgers.v_record.template_key IS '台账 | Ledger';
COMMENT ON COLUMN ledgers.v_record.record_no IS '编号 | Number';
COMMENT ON COLUMN ledgers.v_record.title IS '名称 | Title';
COMMENT ON COLUMN ledgers.v_record.state IS '状态 | State';
COMMENT ON COLUMN ledgers.v_record.settled IS '已办结 | Settled';
COMMENT ON COLUMN ledgers.v_record.due_at IS '到期时刻 | First moment at which it is overdue';
COMMENT ON COLUMN ledgers.v_record.made_at IS '登记时间 | Entered at';
COMMENT ON COLUMN ledgers.v_record.made_on IS '登记日 | Day on which it was entered (Shanghai)';
COMMENT ON COLUMN ledgers.v_record.body IS '内容 | All fields by key';
GRANT SELECT ON ledgers.v_record TO app_area, app_household, app_county, app_system;
