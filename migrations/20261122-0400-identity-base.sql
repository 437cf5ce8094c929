-- Who works in the county, where, as what; areas in six levels; logins and sessions (design.md §3, trust.md §2).
CREATE SCHEMA identity;
GRANT USAGE ON SCHEMA identity TO app_area, app_household, app_county, app_system;

-- The tenant. Read before the caller's county is known (is there a county at all?), so a system act may read it.
CREATE TABLE identity.county (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  name text NOT NULL CHECK (name <> ''),
  is_demo boolean NOT NULL,
  filing_number text,
  founded_at timestamptz NOT NULL,
  PRIMARY KEY (county_code)
);
COMMENT ON COLUMN identity.county.county_code IS 'The code at founding; it never changes. Today''s official code is area.official_code of the county''s area.';
COMMENT ON COLUMN identity.county.filing_number IS '备案号, shown on the login page.';
SELECT kernel.protect_system('identity.county');
GRANT SELECT ON identity.county TO app_area, app_household, app_county;
CREATE POLICY own_county ON identity.county FOR SELECT TO app_area, app_household, app_county
  USING (county_code = nullif(current_setting('app.county', true), ''));
GRANT UPDATE (filing_number) ON identity.county TO app_county;
CREATE POLICY own_county_change ON identity.county FOR UPDATE TO app_county
  USING (county_code = nullif(current_setting('app.county', true), ''));

-- One row per area and time in which name and official code held; the path never changes.
CREATE TABLE identity.area (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  area_path text COLLATE "C" NOT NULL CHECK (area_path ~ '^([0-9]+\.){1,6}$'),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  level text NOT NULL CHECK (level IN ('province', 'prefecture', 'county', 'township', 'village', 'group')),
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9]{2,14}$'),
  is_own_code boolean NOT NULL DEFAULT false,
  official_code text COLLATE "C" CHECK (official_code ~ '^[0-9]{2,14}$'),
  name text NOT NULL CHECK (name <> ''),
  parent_path text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, area_path, valid_from),
  CHECK (area_path ^@ parent_path AND area_path <> parent_path)
);
COMMENT ON COLUMN identity.area.area_path IS 'Segments ended by a dot, one per level; a group''s segment is its two digits: 43.4305.430525.430525101.430525101203.07.';
COMMENT ON COLUMN identity.area.valid_to IS 'First day on which the row no longer holds; NULL: holds today.';
COMMENT ON COLUMN identity.area.code IS 'The code in the path, fixed when the area was made; a group''s is its village''s code and two digits.';
COMMENT ON COLUMN identity.area.is_own_code IS 'The code was made here, because no list named an official one.';
COMMENT ON COLUMN identity.area.official_code IS 'Today''s official code where a list named one; NULL for areas known only from exports.';
CREATE UNIQUE INDEX area_today ON identity.area (county_code, area_path) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX area_code_today ON identity.area (county_code, code) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX area_official_code_today ON identity.area (county_code, official_code) WHERE valid_to IS NULL;
SELECT kernel.protect_reference('identity.area');

-- Offices, departments, firms, co-operatives, workshops.
CREATE TABLE identity.organisation (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  organisation_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('office', 'department', 'firm', 'cooperative', 'workshop', 'other')),
  name text NOT NULL CHECK (name <> ''),
  area_path text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, organisation_id),
  UNIQUE (county_code, name)
);
SELECT kernel.protect_reference('identity.organisation');

CREATE TABLE identity.user_account (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  user_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  login_name text COLLATE "C" NOT NULL CHECK (login_name ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
  phone_cell bytea,
  phone_index bytea,
  organisation_id uuid,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled', 'left')),
  must_change_password boolean NOT NULL DEFAULT true,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, user_id),
  UNIQUE (county_code, login_name),
  UNIQUE (county_code, user_id, login_name),
  FOREIGN KEY (county_code, organisation_id) REFERENCES identity.organisation (county_code, organisation_id)
);
COMMENT ON COLUMN identity.user_account.phone_cell IS '@sensitivity C3: the work telephone, encrypted; phone_index is its blind index.';
COMMENT ON COLUMN identity.user_account.revision IS 'Rises with every change; a change based on an older revision is refused.';
CREATE INDEX user_by_name ON identity.user_account (county_code, name, user_id);
CREATE INDEX user_by_phone ON identity.user_account (county_code, phone_index);
SELECT kernel.protect_reference('identity.user_account');

-- Roles of a user with the area in which they hold.
CREATE TABLE identity.user_role (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  user_role_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL CHECK (role ~ '^[a-z-]{3,40}$'),
  area_path text COLLATE "C" NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  PRIMARY KEY (county_code, user_role_id),
  FOREIGN KEY (county_code, user_id) REFERENCES identity.user_account (county_code, user_id)
);
COMMENT ON COLUMN identity.user_role.valid_to IS 'First day on which the role no longer holds; NULL: holds until changed.';
CREATE UNIQUE INDEX user_role_once ON identity.user_role (county_code, user_id, role) WHERE valid_to IS NULL;
-- System, security and audit administrator are three people (trust.md §2.9); the database refuses a second one of them for a user.
CREATE UNIQUE INDEX user_role_three_administrators ON identity.user_role (county_code, user_id)
  WHERE valid_to IS NULL AND role IN ('system-administrator', 'security-administrator', 'audit-administrator');
SELECT kernel.protect_reference('identity.user_role');

-- What a login is checked against. Read before the county is known, so only system acts reach it; login names are unique everywhere.
CREATE TABLE identity.login (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  user_id uuid NOT NULL,
  login_name text COLLATE "C" NOT NULL,
  password_hash text NOT NULL,
  is_one_time boolean NOT NULL,
  password_set_at timestamptz NOT NULL,
  totp_cell bytea,
  totp_confirmed_at timestamptz,
  PRIMARY KEY (county_code, user_id),
  FOREIGN KEY (county_code, user_id, login_name) REFERENCES identity.user_account (county_code, user_id, login_name) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX login_name_everywhere ON identity.login (login_name);
COMMENT ON COLUMN identity.login.password_hash IS 'argon2id in its own notation.';
COMMENT ON COLUMN identity.login.totp_cell IS 'Secret of the second factor, encrypted; used when the screens for it exist.';
SELECT kernel.protect_system('identity.login');

-- Failed tries per written login name, whether or not somebody has it, so that a lock tells nobody which names exist.
CREATE TABLE identity.login_try (
  name_hash bytea PRIMARY KEY,
  failed_tries integer NOT NULL,
  locked_until timestamptz,
  last_try_at timestamptz NOT NULL
);
COMMENT ON COLUMN identity.login_try.name_hash IS 'SHA-256 of the written login name.';
SELECT kernel.protect_system('identity.login_try', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE identity.session (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  token_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  idle_minutes integer NOT NULL CHECK (idle_minutes > 0),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  PRIMARY KEY (county_code, token_hash),
  FOREIGN KEY (county_code, user_id) REFERENCES identity.user_account (county_code, user_id)
);
COMMENT ON COLUMN identity.session.token_hash IS 'SHA-256 of the cookie; the token itself is kept nowhere.';
CREATE INDEX session_by_user ON identity.session (county_code, user_id) WHERE ended_at IS NULL;
SELECT kernel.protect_system('identity.session');

CREATE TABLE identity.login_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  login_event_id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('login', 'refused', 'locked', 'logout')),
  at timestamptz NOT NULL,
  address text NOT NULL,
  PRIMARY KEY (county_code, login_event_id),
  FOREIGN KEY (county_code, user_id) REFERENCES identity.user_account (county_code, user_id)
);
CREATE INDEX login_event_by_user ON identity.login_event (county_code, user_id, at);
SELECT kernel.protect_system('identity.login_event', 'SELECT, INSERT');
