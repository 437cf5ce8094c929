-- Who took which list out of the system, with which filter, when and what for; and requests to take whole numbers out (trust.md §5.3).
CREATE TABLE registry.export_record (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  export_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  list text NOT NULL,
  filter jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('xlsx', 'csv')),
  purpose text NOT NULL CHECK (purpose <> ''),
  rows integer NOT NULL CHECK (rows >= 0),
  is_masked boolean NOT NULL,
  has_minors boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('made', 'asked', 'approved', 'refused')),
  asked_by text COLLATE "C" NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by text COLLATE "C",
  decided_name text,
  decided_at timestamptz,
  decision_note text,
  expires_at timestamptz,
  file_hash text COLLATE "C",
  made_at timestamptz,
  downloads integer NOT NULL DEFAULT 0,
  PRIMARY KEY (county_code, export_id),
  CONSTRAINT export_four_eyes CHECK (decided_by <> asked_by),
  CONSTRAINT export_decided CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  CONSTRAINT export_expires CHECK ((state = 'approved') = (expires_at IS NOT NULL) AND (expires_at IS NULL OR expires_at <= decided_at + interval '24 hours')),
  CONSTRAINT export_needs_approval CHECK (is_masked OR state <> 'made' OR (rows <= 200 AND NOT has_minors)),
  CONSTRAINT export_made CHECK (file_hash IS NULL OR state IN ('made', 'approved'))
);
COMMENT ON TABLE registry.export_record IS 'One row per export, or request for one. Holds no row of the list: the file is made when it is fetched and not kept.';
COMMENT ON COLUMN registry.export_record.area_path IS 'The area of the scope under which the list was read.';
COMMENT ON COLUMN registry.export_record.list IS 'Which list: a word of the module that shows it, such as registry.households.';
COMMENT ON COLUMN registry.export_record.has_minors IS 'Whole numbers of people under 18 are among the rows (C4): never without a second person.';
COMMENT ON COLUMN registry.export_record.file_hash IS 'SHA-256 of the file as it went out last, hexadecimal.';
CREATE INDEX export_record_list ON registry.export_record (county_code, asked_at DESC, export_id DESC);
SELECT kernel.protect_area('registry.export_record', 'SELECT, INSERT, UPDATE');
