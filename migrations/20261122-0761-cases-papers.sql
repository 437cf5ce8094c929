-- Papers of a case (文书) and what people attach (附件): printed, signed, photographed back (issue 5 point 8; docs/decisions/0027).

-- A paper of a step: when it was printed, when it was signed. One row for a step of a round; what was photographed hangs on it.
CREATE TABLE cases.paper (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  paper_id uuid NOT NULL,
  case_id uuid NOT NULL,
  household_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  round smallint NOT NULL CHECK (round > 0),
  step text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 40),
  printed_at timestamptz,
  printed_name text,
  template_hash text COLLATE "C" CHECK (template_hash ~ '^[0-9a-f]{64}$'),
  signed_on date,
  filed_at timestamptz,
  filed_name text,
  PRIMARY KEY (county_code, paper_id),
  UNIQUE (county_code, case_id, round, step, kind),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  CHECK ((signed_on IS NULL) = (filed_at IS NULL))
);
COMMENT ON COLUMN cases.paper.kind IS 'Key of a shipped kind (application, review, …), or the name by which the policy of the county asks for a paper of its own.';
COMMENT ON COLUMN cases.paper.template_hash IS 'SHA-256 of the template by which it was last printed.';
COMMENT ON COLUMN cases.paper.filed_at IS 'When the newest page of the signed paper came back. A step of an elimination counts papers filed since it was started.';
CREATE INDEX paper_household ON cases.paper (county_code, household_id);
SELECT kernel.protect_area('cases.paper');

CREATE TABLE cases.attachment (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  attachment_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  household_id uuid,
  case_id uuid,
  paper_id uuid,
  meeting_id uuid,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('paper', 'photo', 'sheet', 'evidence')),
  media_type text COLLATE "C" NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 20971520),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  width integer CHECK (width BETWEEN 1 AND 2000),
  height integer CHECK (height BETWEEN 1 AND 2000),
  file_id uuid NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_name text,
  withdrawn_reason text,
  PRIMARY KEY (county_code, attachment_id),
  UNIQUE (county_code, file_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases.case_file (county_code, case_id),
  FOREIGN KEY (county_code, paper_id) REFERENCES cases.paper (county_code, paper_id),
  CHECK (num_nonnulls(case_id, meeting_id) = 1),
  CHECK ((case_id IS NULL) = (household_id IS NULL)),
  CHECK ((kind = 'paper') = (paper_id IS NOT NULL)),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
COMMENT ON TABLE cases.attachment IS '@sensitivity C4 (signed papers show numbers and state health). The file lies encrypted beside the database.';
COMMENT ON COLUMN cases.attachment.hash IS 'SHA-256 of what is kept, which is not what was sent: pictures are written anew.';
COMMENT ON COLUMN cases.attachment.file_id IS 'Name under which it lies; the name that the sender gave is not kept.';
COMMENT ON COLUMN cases.attachment.withdrawn_at IS 'Attached by mistake: the file is destroyed, the row stays.';
CREATE INDEX attachment_case ON cases.attachment (county_code, case_id, at) WHERE case_id IS NOT NULL;
CREATE INDEX attachment_paper ON cases.attachment (county_code, paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX attachment_meeting ON cases.attachment (county_code, meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX attachment_household ON cases.attachment (county_code, household_id) WHERE household_id IS NOT NULL;
SELECT kernel.protect_area('cases.attachment', 'SELECT, INSERT');
GRANT UPDATE (area_path, household_id, withdrawn_at, withdrawn_name, withdrawn_reason) ON cases.attachment TO app_area, app_county, app_system;

-- Templates of the county's own; without one a paper is filled into the shipped one.
CREATE TABLE cases.paper_template (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  paper_template_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  docx bytea NOT NULL CHECK (octet_length(docx) BETWEEN 1 AND 2097152),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  left_out text[] NOT NULL DEFAULT '{}',
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  retired_at timestamptz,
  retired_name text,
  PRIMARY KEY (county_code, paper_template_id),
  CHECK ((retired_at IS NULL) = (retired_name IS NULL))
);
COMMENT ON TABLE cases.paper_template IS 'Templates stay when another takes their place: a paper names the one by which it was printed.';
COMMENT ON COLUMN cases.paper_template.left_out IS 'Fields of the kind that the template does not show, as they were told when it was uploaded.';
CREATE UNIQUE INDEX paper_template_used ON cases.paper_template (county_code, kind) WHERE retired_at IS NULL;
SELECT kernel.protect_reference('cases.paper_template');
