-- Organisations as a register: firms, co-operatives and workshops are entered once and linked (issue 7), renamed with their history, merged when they
-- were entered twice. Every role of the county reads them; a township writes those that lie in it.

ALTER TABLE identity.organisation
  ADD COLUMN credit_code text COLLATE "C" CHECK (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  ADD COLUMN address text CHECK (char_length(address) <= 200),
  ADD COLUMN business text CHECK (char_length(business) <= 200),
  ADD COLUMN closed_on date,
  ADD COLUMN merged_into uuid,
  ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  -- What is left of a name without the words that every firm has: two names with the same core are looked at by a person.
  ADD COLUMN core_name text GENERATED ALWAYS AS (regexp_replace(lower(normalize(name, NFKC)),
    '[[:space:]()·.,，。-]|股份有限公司|有限责任公司|有限公司|农民专业合作社|专业合作社|合作社|就业帮扶车间|帮扶车间|扶贫车间|分公司|公司', '', 'g')) STORED,
  ADD FOREIGN KEY (county_code, merged_into) REFERENCES identity.organisation (county_code, organisation_id),
  ADD CHECK (merged_into <> organisation_id);
COMMENT ON COLUMN identity.organisation.credit_code IS '统一社会信用代码, 18 characters; unique among organisations that were not merged into another.';
COMMENT ON COLUMN identity.organisation.merged_into IS 'It was entered twice: this row is a mark that leads to the other one.';
COMMENT ON COLUMN identity.organisation.closed_on IS 'First day on which it no longer exists.';
CREATE UNIQUE INDEX organisation_credit_code ON identity.organisation (county_code, credit_code) WHERE merged_into IS NULL;
CREATE INDEX organisation_core_name ON identity.organisation (county_code, core_name);
CREATE INDEX organisation_list ON identity.organisation (county_code, area_path, name);
CREATE INDEX organisation_merged ON identity.organisation (county_code, merged_into) WHERE merged_into IS NOT NULL;

GRANT INSERT, UPDATE ON identity.organisation TO app_area;
CREATE POLICY own_area_add ON identity.organisation FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
CREATE POLICY own_area_change ON identity.organisation FOR UPDATE TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));

-- Names that an organisation had: who writes an old one in a list means it too.
CREATE TABLE identity.organisation_name (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  organisation_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  area_path text COLLATE "C" NOT NULL,
  valid_to date NOT NULL,
  PRIMARY KEY (county_code, organisation_id, name),
  FOREIGN KEY (county_code, organisation_id) REFERENCES identity.organisation (county_code, organisation_id)
);
COMMENT ON COLUMN identity.organisation_name.valid_to IS 'First day on which it had another name.';
CREATE INDEX organisation_by_former_name ON identity.organisation_name (county_code, name);
SELECT kernel.protect_reference('identity.organisation_name', 'SELECT, INSERT, UPDATE');
GRANT INSERT, UPDATE ON identity.organisation_name TO app_area;
CREATE POLICY own_area_write ON identity.organisation_name TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));

-- What happened to an organisation: append-only.
CREATE TABLE identity.organisation_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  organisation_event_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  organisation_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  act text COLLATE "C" NOT NULL CHECK (act IN ('add', 'change', 'merge', 'take-in', 'unmerge')),
  changes jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(changes) = 'object'),
  moved jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(moved) = 'object'),
  other_id uuid,
  reason text CHECK (char_length(reason) <= 200),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, organisation_event_id),
  FOREIGN KEY (county_code, organisation_id) REFERENCES identity.organisation (county_code, organisation_id)
);
COMMENT ON COLUMN identity.organisation_event.seq IS 'Order of events of one moment.';
COMMENT ON COLUMN identity.organisation_event.changes IS 'Field to what it was and what it is.';
COMMENT ON COLUMN identity.organisation_event.moved IS 'Of a merge: module to what of it was pointed at the other organisation, so that it can be taken back.';
CREATE INDEX organisation_event_of ON identity.organisation_event (county_code, organisation_id, at);
SELECT kernel.protect_reference('identity.organisation_event', 'SELECT, INSERT');
GRANT INSERT ON identity.organisation_event TO app_area;
CREATE POLICY own_area_add ON identity.organisation_event FOR INSERT TO app_area
  WITH CHECK (county_code = nullif(current_setting('app.county', true), '')
    AND area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''));
