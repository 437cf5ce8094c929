-- What comes in: self-declarations by the village's QR code, the hotline, petitions, visits of cadres, other departments.
-- A person on whom nothing is on file stands here by name and (encrypted) numbers until it is known what becomes of it.

CREATE TABLE cases.village_code (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  village_code_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9a-f]{32}$'),
  phone text CHECK (length(phone) BETWEEN 3 AND 40),
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  replaced_at timestamptz,
  replaced_reason text,
  PRIMARY KEY (county_code, village_code_id),
  UNIQUE (county_code, code),
  CHECK ((replaced_at IS NULL) = (replaced_reason IS NULL))
);
COMMENT ON COLUMN cases.village_code.code IS '128 random bits, printed on posters: whoever has it reaches the page of the village and no more.';
COMMENT ON COLUMN cases.village_code.phone IS 'Telephone of the village''s office, shown on the page; no number of a private person.';
CREATE UNIQUE INDEX village_code_in_force ON cases.village_code (county_code, area_path) WHERE replaced_at IS NULL;
SELECT kernel.protect_area('cases.village_code');

CREATE TABLE cases.intake (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  intake_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  channel text NOT NULL CHECK (channel IN ('declaration', 'hotline', 'petition', 'visit', 'department')),
  sender text,
  sender_no text COLLATE "C",
  received_at timestamptz NOT NULL,
  received_on date NOT NULL,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'matched', 'linked', 'in-case', 'closed')),
  held_by text COLLATE "C" NOT NULL,
  due_on date NOT NULL,
  name text,
  phone_cell bytea,
  phone_index bytea,
  phone_tail text COLLATE "C",
  id_cell bytea,
  id_index bytea,
  text_cell bytea,
  difficulties text[] NOT NULL DEFAULT '{}' CHECK (cardinality(difficulties) <= 10),
  wants_call boolean NOT NULL DEFAULT false,
  reporter_name text,
  reporter_relation text,
  match_way text CHECK (match_way IN ('id-number', 'phone-and-name', 'name-in-village', 'name', 'phone', 'officer')),
  match_name text,
  matches smallint NOT NULL DEFAULT 0 CHECK (matches >= 0),
  submissions smallint NOT NULL DEFAULT 1 CHECK (submissions > 0),
  handler_id text,
  handler_name text,
  case_id uuid,
  case_opened_on date,
  case_decided_on date,
  outcome text CHECK (outcome IN ('not-belonging', 'duplicate', 'transferred', 'identified', 'not-identified')),
  reason text,
  closed_on date,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  erased_on date,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, intake_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((state = 'closed') = (closed_on IS NOT NULL)),
  CHECK ((state = 'closed') = (outcome IS NOT NULL)),
  CHECK (state NOT IN ('matched', 'linked', 'in-case') OR household_id IS NOT NULL),
  CHECK (state <> 'in-case' OR case_id IS NOT NULL),
  CHECK (name IS NOT NULL OR erased_on IS NOT NULL),
  CONSTRAINT intake_reason CHECK (outcome NOT IN ('not-belonging', 'duplicate', 'transferred') OR reason IS NOT NULL)
);
COMMENT ON TABLE cases.intake IS '@sensitivity C4 (text and difficulties may speak of health).';
COMMENT ON COLUMN cases.intake.held_by IS 'Area path of the village, township or county that must look at it.';
COMMENT ON COLUMN cases.intake.household_id IS 'State matched: what the program found, to be confirmed; linked: what an officer confirmed.';
COMMENT ON COLUMN cases.intake.matches IS 'How many households the best way of matching found; more than one is for an officer to decide.';
COMMENT ON COLUMN cases.intake.submissions IS 'How often the same person sent it before it was closed; each has its receipt.';
COMMENT ON COLUMN cases.intake.sender IS 'Which hotline or office: 12317, 12345, 信访局. sender_no: its number there.';
CREATE INDEX intake_area ON cases.intake (county_code, area_path, received_at);
CREATE INDEX intake_open ON cases.intake (county_code, due_on, intake_id) WHERE state <> 'closed';
CREATE INDEX intake_list ON cases.intake (county_code, received_at, intake_id);
CREATE INDEX intake_household ON cases.intake (county_code, household_id) WHERE household_id IS NOT NULL;
CREATE INDEX intake_person_id ON cases.intake (county_code, id_index) WHERE id_index IS NOT NULL;
CREATE INDEX intake_person_phone ON cases.intake (county_code, phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX intake_case ON cases.intake (county_code, case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX intake_sender_no ON cases.intake (county_code, channel, sender, sender_no) WHERE sender_no IS NOT NULL;
SELECT kernel.protect_area('cases.intake');

-- Each time somebody sent something: its number, and the code by which its sender sees how far it is.
CREATE TABLE cases.intake_receipt (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  intake_receipt_id uuid NOT NULL,
  intake_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  receipt_no text COLLATE "C" NOT NULL CHECK (receipt_no ~ '^[0-9]{8}-[0-9]{6}$'),
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[0-9a-f]{32}$'),
  form_no text COLLATE "C",
  received_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, intake_receipt_id),
  CONSTRAINT intake_receipt_no UNIQUE (county_code, receipt_no),
  UNIQUE (county_code, code),
  CONSTRAINT intake_form_no UNIQUE (county_code, form_no),
  FOREIGN KEY (county_code, intake_id) REFERENCES cases.intake (county_code, intake_id)
);
COMMENT ON COLUMN cases.intake_receipt.form_no IS 'Number of the form that was handed out once; the same form again gets the same receipt.';
CREATE INDEX intake_receipt_intake ON cases.intake_receipt (county_code, intake_id);
SELECT kernel.protect_area('cases.intake_receipt', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id) ON cases.intake_receipt TO app_area, app_county, app_system;

CREATE TABLE cases.intake_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  intake_event_id uuid NOT NULL,
  intake_id uuid NOT NULL,
  household_id uuid,
  area_path text COLLATE "C" NOT NULL,
  action text NOT NULL CHECK (action IN ('receive', 'join', 'match', 'link', 'unlink', 'return', 'send', 'open-case', 'case', 'close', 'reopen', 'erase', 'show')),
  state_after text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  at timestamptz NOT NULL,
  reason text,
  text_cell bytea,
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  PRIMARY KEY (county_code, intake_event_id),
  FOREIGN KEY (county_code, intake_id) REFERENCES cases.intake (county_code, intake_id),
  CHECK (action NOT IN ('return', 'close', 'unlink', 'reopen') OR reason IS NOT NULL)
);
COMMENT ON TABLE cases.intake_event IS '@sensitivity C4. What happened to an intake, append-only; what was sent again stands encrypted in text_cell until it is erased.';
CREATE INDEX intake_event_intake ON cases.intake_event (county_code, intake_id, at);
SELECT kernel.protect_area('cases.intake_event', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, text_cell) ON cases.intake_event TO app_area, app_county, app_system;
