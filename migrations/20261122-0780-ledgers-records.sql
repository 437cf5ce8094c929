-- Ledgers: any register of a county, by templates that are data (design.md §8; docs/decisions/0032).

CREATE SCHEMA ledgers;
GRANT USAGE ON SCHEMA ledgers TO app_area, app_household, app_county, app_system;

-- A county's own templates. Shipped ones are files of the program.
CREATE TABLE ledgers.template (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  template_key text COLLATE "C" NOT NULL CHECK (template_key ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
  definition jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
  keys jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(keys) = 'object'),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  published_by text,
  published_name text,
  published_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, template_key, version),
  CHECK ((state = 'draft') = (published_at IS NULL))
);
COMMENT ON TABLE ledgers.template IS 'Versions of templates that this county made or changed. A published version is never changed, only withdrawn.';
COMMENT ON COLUMN ledgers.template.keys IS 'Field key → column of ledgers.record (text_1 …) that keeps it sortable; a field keeps its column from version to version.';
CREATE UNIQUE INDEX template_one_draft ON ledgers.template (county_code, template_key) WHERE state = 'draft';
SELECT kernel.protect_reference('ledgers.template', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY only_drafts_go ON ledgers.template AS RESTRICTIVE FOR DELETE USING (state = 'draft');

CREATE FUNCTION ledgers.keep_published_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.definition, NEW.keys, NEW.hash, NEW.published_by, NEW.published_at)
    IS DISTINCT FROM (OLD.definition, OLD.keys, OLD.hash, OLD.published_by, OLD.published_at) THEN
    RAISE EXCEPTION 'a published version of a template is never changed' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn' OR OLD.state = 'published' AND NEW.state = 'draft' THEN
    RAISE EXCEPTION 'a version of a template does not go back' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_published BEFORE UPDATE ON ledgers.template FOR EACH ROW EXECUTE FUNCTION ledgers.keep_published_template();

CREATE TABLE ledgers.record (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  record_no text COLLATE "C",
  title text COLLATE "C" NOT NULL DEFAULT '',
  state text COLLATE "C" NOT NULL,
  closed boolean NOT NULL DEFAULT false,
  due_at timestamptz,
  settled boolean NOT NULL DEFAULT false,
  text_1 text COLLATE "C", text_2 text COLLATE "C", text_3 text COLLATE "C", text_4 text COLLATE "C",
  text_5 text COLLATE "C", text_6 text COLLATE "C", text_7 text COLLATE "C", text_8 text COLLATE "C",
  number_1 bigint, number_2 bigint, number_3 bigint, number_4 bigint, number_5 bigint, number_6 bigint,
  day_1 date, day_2 date, day_3 date, day_4 date,
  unique_1 text COLLATE "C",
  unique_2 text COLLATE "C",
  import_id uuid,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, record_id)
);
COMMENT ON TABLE ledgers.record IS '@sensitivity C3. One record of one ledger, narrow: what it says is in record_body; what can be sorted, filtered or summed by is kept a second time in the key columns.';
COMMENT ON COLUMN ledgers.record.number_1 IS 'Millionths: 1.5 is 1500000. Comparisons of bigint keep their index under row security, those of numeric do not.';
COMMENT ON COLUMN ledgers.record.settled IS 'The state is a final one; nothing is due.';
COMMENT ON COLUMN ledgers.record.due_at IS 'First moment at which it is overdue: the start of the day after the last day.';
COMMENT ON COLUMN ledgers.record.closed IS 'Of a closed ledger: seen only in a transaction that opened the template by name.';
COMMENT ON COLUMN ledgers.record.text_1 IS 'Keys: which field stands in which is in the version of the template. At most 200 characters; a place is its path, a link the id.';
COMMENT ON COLUMN ledgers.record.unique_1 IS 'Hash of the fields that may stand only once in this ledger. Null when one of them is empty, or the record was removed.';
CREATE INDEX record_of_template ON ledgers.record (county_code, template_key, record_id) WHERE removed_at IS NULL;
CREATE INDEX record_area ON ledgers.record (county_code, template_key, area_path, record_id) WHERE removed_at IS NULL;
CREATE INDEX record_state ON ledgers.record (county_code, template_key, state, record_id) WHERE removed_at IS NULL;
CREATE INDEX record_title ON ledgers.record (county_code, template_key, title, record_id) WHERE removed_at IS NULL;
CREATE INDEX record_changed ON ledgers.record (county_code, template_key, changed_at, record_id) WHERE removed_at IS NULL;
CREATE INDEX record_due ON ledgers.record (county_code, template_key, due_at, record_id) WHERE removed_at IS NULL AND NOT settled AND due_at IS NOT NULL;
CREATE INDEX record_household ON ledgers.record (county_code, household_id) WHERE household_id IS NOT NULL;
CREATE INDEX record_import ON ledgers.record (county_code, import_id) WHERE import_id IS NOT NULL;
CREATE UNIQUE INDEX record_no_once ON ledgers.record (county_code, template_key, record_no) WHERE record_no IS NOT NULL;
CREATE UNIQUE INDEX record_unique_1 ON ledgers.record (county_code, template_key, unique_1) WHERE unique_1 IS NOT NULL;
CREATE UNIQUE INDEX record_unique_2 ON ledgers.record (county_code, template_key, unique_2) WHERE unique_2 IS NOT NULL;
DO $$
DECLARE key text;
BEGIN
  FOREACH key IN ARRAY ARRAY['text_1', 'text_2', 'text_3', 'text_4', 'text_5', 'text_6', 'text_7', 'text_8',
    'number_1', 'number_2', 'number_3', 'number_4', 'number_5', 'number_6', 'day_1', 'day_2', 'day_3', 'day_4'] LOOP
    EXECUTE format('CREATE INDEX record_%1$s ON ledgers.record (county_code, template_key, %1$s, record_id) WHERE %1$s IS NOT NULL AND removed_at IS NULL', key);
  END LOOP;
END $$;
SELECT kernel.protect_area('ledgers.record');
-- The second lock of closed ledgers.
CREATE POLICY closed_ledger ON ledgers.record AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

-- What a record says. Beside the record and not in it: lists, counts and sums read the narrow rows only. No foreign key here and in record_link:
-- records are never deleted, and an import would look up and lock each of its rows again.
CREATE TABLE ledgers.record_body (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  body jsonb NOT NULL CHECK (jsonb_typeof(body) = 'object'),
  PRIMARY KEY (county_code, record_id)
);
COMMENT ON TABLE ledgers.record_body IS '@sensitivity C3. All fields of a record by key: numbers and amounts as decimal text, links as id and name, sensitive texts sealed.';
CREATE INDEX record_body_household ON ledgers.record_body (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('ledgers.record_body');
CREATE POLICY closed_ledger ON ledgers.record_body AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

-- What happened to a record: append-only. `body` holds what a change replaced or a migration dropped, so nothing is lost.
CREATE TABLE ledgers.record_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  act text COLLATE "C" NOT NULL CHECK (act IN ('make', 'change', 'move', 'migrate', 'remove', 'restore', 'sample', 'attach', 'detach')),
  move text COLLATE "C",
  from_state text COLLATE "C",
  into_state text COLLATE "C",
  by_another boolean NOT NULL DEFAULT false,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  reason text CHECK (char_length(reason) <= 1000),
  version integer NOT NULL,
  body jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(body) = 'object'),
  PRIMARY KEY (county_code, record_id, seq),
  FOREIGN KEY (county_code, record_id) REFERENCES ledgers.record (county_code, record_id),
  CHECK (act <> 'move' OR (move IS NOT NULL AND from_state IS NOT NULL AND into_state IS NOT NULL))
);
COMMENT ON TABLE ledgers.record_event IS '@sensitivity C3. History of a record: what it was before each change. A record that an import made has no event of its own; the import says who and when.';
COMMENT ON COLUMN ledgers.record_event.body IS 'Values before the change, by field key; for a migration also what the new version has no field for.';
SELECT kernel.protect_area('ledgers.record_event', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON ledgers.record_event TO app_area, app_county, app_system;
CREATE POLICY closed_ledger ON ledgers.record_event AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

-- A move that another person must do is refused to whoever made, changed or last moved the record.
CREATE FUNCTION ledgers.check_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.by_another AND (EXISTS (SELECT 1 FROM ledgers.record r
      WHERE r.county_code = NEW.county_code AND r.record_id = NEW.record_id AND r.made_by = NEW.by_id)
    OR EXISTS (SELECT 1 FROM ledgers.record_event e
      WHERE e.county_code = NEW.county_code AND e.record_id = NEW.record_id AND e.by_id = NEW.by_id AND NOT e.by_another AND e.act IN ('make', 'change', 'move', 'attach'))) THEN
    RAISE EXCEPTION 'this is for another person than who entered or moved it' USING ERRCODE = 'check_violation', CONSTRAINT = 'by_another';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER by_another BEFORE INSERT ON ledgers.record_event FOR EACH ROW EXECUTE FUNCTION ledgers.check_by_another();

CREATE TABLE ledgers.record_link (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  field_key text COLLATE "C" NOT NULL,
  target_kind text COLLATE "C" NOT NULL CHECK (target_kind IN ('household', 'person', 'organisation', 'area', 'record')),
  target text COLLATE "C" NOT NULL,
  template_key text COLLATE "C" NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  closed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (county_code, record_id, field_key, target_kind, target)
);
COMMENT ON TABLE ledgers.record_link IS '@sensitivity C3. Whom and what a record names, so that a household, a firm or a village finds its records.';
COMMENT ON COLUMN ledgers.record_link.target IS 'Id of the household, person, organisation or record; path of the area.';
CREATE INDEX record_link_target ON ledgers.record_link (county_code, target_kind, target, template_key);
SELECT kernel.protect_area('ledgers.record_link', 'SELECT, INSERT, UPDATE, DELETE');
CREATE POLICY closed_ledger ON ledgers.record_link AS RESTRICTIVE
  USING (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')))
  WITH CHECK (NOT closed OR template_key = ANY (string_to_array(coalesce(nullif(current_setting('app.open_ledgers', true), ''), ''), ',')));

CREATE TABLE ledgers.record_counter (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  template_key text COLLATE "C" NOT NULL,
  series text COLLATE "C" NOT NULL,
  last integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (county_code, template_key, series)
);
COMMENT ON TABLE ledgers.record_counter IS 'The last number of each series (a year, a township) of a ledger; taken as late as possible in the transaction.';
SELECT kernel.protect_reference('ledgers.record_counter');
GRANT INSERT, UPDATE ON ledgers.record_counter TO app_area, app_household;
CREATE POLICY counter_write ON ledgers.record_counter TO app_area, app_household
  USING (county_code = nullif(current_setting('app.county', true), '')) WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));
