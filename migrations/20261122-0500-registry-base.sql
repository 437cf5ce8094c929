-- Households, persons, dated membership, tags, villages and corrections of a county (design.md §3; M-004, M-005, M-007, M-008).
CREATE SCHEMA registry;
GRANT USAGE ON SCHEMA registry TO app_area, app_household, app_county, app_system;

-- Rises with every change of the register, so that an index built from it knows whether it is still good.
CREATE TABLE registry.register_revision (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  revision bigint NOT NULL CHECK (revision > 0),
  changed_at timestamptz NOT NULL,
  changed_by uuid NOT NULL,
  PRIMARY KEY (county_code)
);
COMMENT ON COLUMN registry.register_revision.changed_by IS 'The import batch or the correction that changed the register last.';
SELECT kernel.protect_reference('registry.register_revision');
GRANT INSERT, UPDATE ON registry.register_revision TO app_area, app_household;
CREATE POLICY revision_begin ON registry.register_revision FOR INSERT TO app_area, app_household
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));
CREATE POLICY revision_rise ON registry.register_revision FOR UPDATE TO app_area, app_household
  USING (county_code = nullif(current_setting('app.county', true), ''))
  WITH CHECK (county_code = nullif(current_setting('app.county', true), ''));

CREATE TABLE registry.household (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  household_id uuid NOT NULL,
  household_no text COLLATE "C" NOT NULL CHECK (household_no ~ '^[0-9A-Za-z]{4,32}$'),
  area_path text COLLATE "C" NOT NULL,
  township text COLLATE "C" NOT NULL,
  village text COLLATE "C" NOT NULL,
  group_name text COLLATE "C",
  head_name text COLLATE "C",
  household_type text COLLATE "C",
  monitor_category text COLLATE "C",
  registered boolean NOT NULL DEFAULT false,
  exit_status text CHECK (exit_status IN ('exited', 'not-exited')),
  phone_cell bytea,
  phone_index bytea,
  phone_tail text,
  facts jsonb NOT NULL DEFAULT '{}',
  sources jsonb NOT NULL DEFAULT '{}',
  exceptions jsonb NOT NULL DEFAULT '{}',
  conflicts jsonb NOT NULL DEFAULT '{}',
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  touched_by uuid NOT NULL,
  PRIMARY KEY (county_code, household_id),
  UNIQUE (county_code, household_no)
);
COMMENT ON TABLE registry.household IS '@sensitivity C3. One row per rural household; what it is today.';
COMMENT ON COLUMN registry.household.registered IS '建档立卡: derived from household_type and the exit status by rules/exit-status.ts (M-004).';
COMMENT ON COLUMN registry.household.exit_status IS '脱贫状态: NULL for households never registered; a registered one without it breaks the balance of the totals.';
COMMENT ON COLUMN registry.household.phone_cell IS '@sensitivity C3, encrypted; associated data: registry.household, phone, household_no. phone_index is the blind index, phone_tail the last 4 digits.';
COMMENT ON COLUMN registry.household.facts IS '@sensitivity C4. Field key of policy/fields.json to value: money in fen, land in mu, days YYYY-MM-DD; a value that could not be read stands as written under its key and "?".';
COMMENT ON COLUMN registry.household.sources IS 'Import kind to {"batch": id, "on": day of the export, "hash": of what it stated}: the last batch of each kind that changed the row.';
COMMENT ON COLUMN registry.household.exceptions IS 'Field key to import kind or {"correction": id}, where the value does not come from the kind that policy/sources.json names first.';
COMMENT ON COLUMN registry.household.conflicts IS 'Field key to import kind to the value that this kind states and that was not taken; shown until it agrees.';
COMMENT ON COLUMN registry.household.touched_by IS 'The batch or correction that wrote the row last; a batch can be undone only while this is itself.';
CREATE INDEX household_area ON registry.household (county_code, area_path);
SELECT kernel.protect_area('registry.household');
GRANT DELETE ON registry.household TO app_system;

CREATE TABLE registry.person (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  person_id uuid NOT NULL,
  person_no text COLLATE "C" NOT NULL CHECK (person_no ~ '^[0-9A-Za-z]{4,40}$'),
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL CHECK (name <> ''),
  given_name text COLLATE "C" NOT NULL,
  pinyin text COLLATE "C" NOT NULL,
  given_pinyin text COLLATE "C" NOT NULL,
  initials text COLLATE "C" NOT NULL,
  sex text CHECK (sex IN ('male', 'female')),
  born_on date,
  id_cell bytea,
  id_index bytea,
  phone_cell bytea,
  phone_index bytea,
  phone_tail text,
  relation text COLLATE "C",
  seq_no smallint,
  is_head boolean NOT NULL DEFAULT false,
  labour_skill text COLLATE "C",
  monthly_income_fen bigint,
  facts jsonb NOT NULL DEFAULT '{}',
  sources jsonb NOT NULL DEFAULT '{}',
  exceptions jsonb NOT NULL DEFAULT '{}',
  conflicts jsonb NOT NULL DEFAULT '{}',
  left_on date,
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  touched_by uuid NOT NULL,
  PRIMARY KEY (county_code, person_id),
  UNIQUE (county_code, person_no),
  FOREIGN KEY (county_code, household_id) REFERENCES registry.household (county_code, household_id)
);
COMMENT ON TABLE registry.person IS '@sensitivity C3. One row per person; household_id, relation and seq_no repeat the membership that holds today (the last one when the person has left).';
COMMENT ON COLUMN registry.person.id_cell IS '@sensitivity C3, encrypted; associated data: registry.person, id, person_no. The number as written, tidy; id_index is the blind index of its first 18 characters.';
COMMENT ON COLUMN registry.person.phone_cell IS '@sensitivity C3, encrypted; associated data: registry.person, phone, person_no.';
COMMENT ON COLUMN registry.person.pinyin IS 'Without tones and spaces, surname readings right; given_pinyin without the surname; initials the first letters.';
COMMENT ON COLUMN registry.person.monthly_income_fen IS '务工月收入 in fen.';
COMMENT ON COLUMN registry.person.facts IS '@sensitivity C4 (health, disability). As household.facts.';
COMMENT ON COLUMN registry.person.left_on IS 'First day on which the person belongs to no household here; NULL: is a member.';
CREATE INDEX person_household ON registry.person (county_code, household_id);
CREATE INDEX person_area ON registry.person (county_code, area_path);
CREATE INDEX person_id_number ON registry.person (county_code, id_index);
CREATE INDEX person_name ON registry.person (county_code, name);
CREATE INDEX person_given_name ON registry.person (county_code, given_name);
CREATE INDEX person_pinyin ON registry.person (county_code, pinyin);
CREATE INDEX person_given_pinyin ON registry.person (county_code, given_pinyin);
CREATE INDEX person_initials ON registry.person (county_code, initials);
SELECT kernel.protect_area('registry.person');
GRANT DELETE ON registry.person TO app_system;

CREATE TABLE registry.membership (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  person_id uuid NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  relation text COLLATE "C",
  seq_no smallint,
  end_reason text,
  created_by uuid NOT NULL,
  touched_by uuid NOT NULL,
  PRIMARY KEY (county_code, person_id, valid_from),
  FOREIGN KEY (county_code, person_id) REFERENCES registry.person (county_code, person_id),
  FOREIGN KEY (county_code, household_id) REFERENCES registry.household (county_code, household_id)
);
COMMENT ON TABLE registry.membership IS 'Who belonged to which household when. A change of household, relation or sequence ends one row and begins another.';
COMMENT ON COLUMN registry.membership.valid_to IS 'First day on which it no longer holds; NULL: holds today.';
CREATE UNIQUE INDEX membership_today ON registry.membership (county_code, person_id) WHERE valid_to IS NULL;
CREATE INDEX membership_household ON registry.membership (county_code, household_id);
SELECT kernel.protect_area('registry.membership');
GRANT DELETE ON registry.membership TO app_system;

CREATE TABLE registry.household_tag (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  tag_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  tag text COLLATE "C" NOT NULL CHECK (tag <> ''),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  source text NOT NULL CHECK (source <> ''),
  source_batch_id uuid,
  set_by text NOT NULL,
  verified_by text,
  verified_on date,
  removed_by text,
  remove_reason text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, tag_id),
  FOREIGN KEY (county_code, household_id) REFERENCES registry.household (county_code, household_id),
  CHECK ((valid_to IS NULL) = (removed_by IS NULL))
);
COMMENT ON TABLE registry.household_tag IS '@sensitivity C3. 重点人群标签 (M-005): tagged, verified, removed; a household may have several.';
CREATE UNIQUE INDEX household_tag_today ON registry.household_tag (county_code, household_id, tag) WHERE valid_to IS NULL;
CREATE INDEX household_tag_household ON registry.household_tag (county_code, household_id);
SELECT kernel.protect_area('registry.household_tag');
GRANT DELETE ON registry.household_tag TO app_system;

CREATE TABLE registry.village (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  village_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  village_code text COLLATE "C",
  township text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}',
  sources jsonb NOT NULL DEFAULT '{}',
  exceptions jsonb NOT NULL DEFAULT '{}',
  conflicts jsonb NOT NULL DEFAULT '{}',
  revision integer NOT NULL DEFAULT 1,
  created_by uuid NOT NULL,
  touched_by uuid NOT NULL,
  PRIMARY KEY (county_code, village_id),
  UNIQUE (county_code, area_path)
);
COMMENT ON TABLE registry.village IS '行政村信息 (M-007): the facts of an administrative village as its export states them; facts as household.facts.';
SELECT kernel.protect_area('registry.village');
GRANT DELETE ON registry.village TO app_system;

CREATE TABLE registry.village_kind (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  village_kind_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('poor', 'exited', 'ordinary', 'ordinary-many-poor', 'key-support', 'demonstration')),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  source text NOT NULL CHECK (source <> ''),
  created_by uuid NOT NULL,
  touched_by uuid NOT NULL,
  PRIMARY KEY (county_code, village_kind_id)
);
COMMENT ON TABLE registry.village_kind IS '村类型 over time; a village may have several kinds at once (exited and key-support).';
CREATE UNIQUE INDEX village_kind_today ON registry.village_kind (county_code, area_path, kind) WHERE valid_to IS NULL;
SELECT kernel.protect_area('registry.village_kind');
GRANT DELETE ON registry.village_kind TO app_system;

CREATE TABLE registry.correction (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  correction_id uuid NOT NULL,
  household_id uuid NOT NULL,
  person_id uuid,
  area_path text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  old_value jsonb,
  new_value jsonb,
  source text NOT NULL CHECK (source <> ''),
  state text NOT NULL CHECK (state IN ('found', 'confirmed', 'applied', 'rejected')),
  found_on date NOT NULL,
  found_by text NOT NULL,
  confirmed_on date,
  confirmed_by text,
  applied_on date,
  applied_by text,
  rejected_on date,
  rejected_by text,
  reason text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, correction_id),
  FOREIGN KEY (county_code, household_id) REFERENCES registry.household (county_code, household_id),
  FOREIGN KEY (county_code, person_id) REFERENCES registry.person (county_code, person_id),
  CHECK ((applied_on IS NULL) = (applied_by IS NULL) AND (confirmed_on IS NULL) = (confirmed_by IS NULL)),
  CHECK (state <> 'applied' OR (applied_on IS NOT NULL AND confirmed_on IS NOT NULL)),
  CHECK (state <> 'rejected' OR (rejected_on IS NOT NULL AND reason IS NOT NULL))
);
COMMENT ON TABLE registry.correction IS '@sensitivity C4. 纠错 (M-008): every difference found is one row; found, confirmed, applied or rejected.';
COMMENT ON COLUMN registry.correction.old_value IS 'A sealed field (ID number, telephone) stands as {"cell": base64, "tail": last 4}, with correction_id as row id of the associated data.';
CREATE INDEX correction_household ON registry.correction (county_code, household_id);
CREATE INDEX correction_person ON registry.correction (county_code, person_id);
CREATE INDEX correction_state ON registry.correction (county_code, state, found_on);
SELECT kernel.protect_area('registry.correction');
