-- Imports at full strength: pasted cells, columns mapped by hand, rows mended in place, whose value wins, undo in part, work in the background.
ALTER TABLE registry.import_batch
  ADD COLUMN source text NOT NULL DEFAULT 'file' CHECK (source IN ('file', 'pasted')),
  ADD COLUMN mapping jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN sheets jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN choices jsonb NOT NULL DEFAULT '{"fields": {}}',
  ADD COLUMN staged_rows jsonb,
  ADD COLUMN fixes jsonb NOT NULL DEFAULT '{"cells": 0, "rows": 0, "replacements": 0}',
  ADD COLUMN fix_no integer NOT NULL DEFAULT 0,
  ADD COLUMN staged_fix_no integer NOT NULL DEFAULT 0,
  ADD COLUMN returned jsonb,
  ADD COLUMN undone_part jsonb NOT NULL DEFAULT '{"households": 0, "persons": 0, "villages": 0}';
COMMENT ON COLUMN registry.import_batch.mapping IS 'Column number (from 0) to field key as chosen by hand; an empty key keeps the column out.';
COMMENT ON COLUMN registry.import_batch.sheets IS 'How each data sheet was understood: name, kind, columns; enough to check one of its rows again.';
COMMENT ON COLUMN registry.import_batch.choices IS 'Whose value wins, where a person chose: file, register or newer.';
COMMENT ON COLUMN registry.import_batch.staged_rows IS 'Waiting rows when the file had been read to its end; a restart then goes on with the comparison.';
COMMENT ON COLUMN registry.import_batch.fix_no IS 'Counts what was mended; staged_fix_no is what the waiting rows know of.';

CREATE TABLE registry.import_act (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  act_id uuid NOT NULL,
  batch_id uuid NOT NULL,
  did text NOT NULL CHECK (did IN ('stage', 'return', 'compare', 'apply', 'undo', 'discard')),
  reason text,
  details jsonb NOT NULL DEFAULT '{}',
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (county_code, act_id),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_act IS 'What somebody asked the background to do with a batch; the job carries its id.';
CREATE INDEX import_act_open ON registry.import_act (county_code, batch_id) WHERE ended_at IS NULL;
SELECT kernel.protect_county('registry.import_act');

CREATE TABLE registry.import_act_row (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  act_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('household', 'person', 'village')),
  row_id uuid NOT NULL,
  PRIMARY KEY (county_code, act_id, entity, row_id),
  FOREIGN KEY (county_code, act_id) REFERENCES registry.import_act (county_code, act_id)
);
COMMENT ON TABLE registry.import_act_row IS 'The households, persons and villages of which a batch is taken back in part; a household stands for its members.';
SELECT kernel.protect_county('registry.import_act_row');

CREATE TABLE registry.import_bad_row (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  bad_no integer NOT NULL,
  sheet text NOT NULL,
  row_no integer NOT NULL,
  severity text NOT NULL CHECK (severity IN ('refused', 'suspicious', 'mended')),
  realigned boolean NOT NULL,
  cells bytea NOT NULL,
  PRIMARY KEY (county_code, batch_id, bad_no),
  UNIQUE (county_code, batch_id, sheet, row_no),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_bad_row IS '@sensitivity C4. Rows of the file with problems, encrypted; they go when the batch is applied, discarded or read again.';
COMMENT ON COLUMN registry.import_bad_row.realigned IS 'Its cells stood beside their labels and were put right; a fix then says all of them.';
COMMENT ON COLUMN registry.import_bad_row.cells IS 'The cells as the file has them, a list of texts, encrypted as a whole.';
SELECT kernel.protect_county('registry.import_bad_row', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE registry.import_fix (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  sheet text NOT NULL,
  row_no integer NOT NULL,
  column_no integer NOT NULL,
  value bytea NOT NULL,
  origin text NOT NULL CHECK (origin IN ('hand', 'returned')),
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, batch_id, sheet, row_no, column_no),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_fix IS '@sensitivity C4. Cells as they should be, encrypted; they are laid over the file whenever it is read.';
SELECT kernel.protect_county('registry.import_fix', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE registry.import_replacement (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  replacement_id uuid NOT NULL,
  column_no integer NOT NULL,
  old_value bytea NOT NULL,
  new_value bytea NOT NULL,
  row_count integer NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, batch_id, replacement_id),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_replacement IS '@sensitivity C4. One value of a column that is read as another, encrypted.';
SELECT kernel.protect_county('registry.import_replacement', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE registry.import_decision (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  batch_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('household', 'person')),
  row_id uuid NOT NULL,
  decision text NOT NULL CHECK (decision IN ('keep', 'left')),
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, batch_id, entity, row_id),
  FOREIGN KEY (county_code, batch_id) REFERENCES registry.import_batch (county_code, batch_id)
);
COMMENT ON TABLE registry.import_decision IS 'Decisions on rows that a file does not hold; they outlast a new comparison.';
SELECT kernel.protect_county('registry.import_decision');

CREATE TABLE registry.column_memory (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  sender text NOT NULL,
  kind text NOT NULL,
  field_key text NOT NULL,
  remembered jsonb,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (county_code, sender, kind, field_key)
);
COMMENT ON TABLE registry.column_memory IS 'Under which label a sender''s files of one kind hold a field, as confirmed by hand; an empty sender stands for files without one.';
COMMENT ON COLUMN registry.column_memory.remembered IS 'Label, how-manieth of that label, column; NULL: the sender has no such column.';
SELECT kernel.protect_county('registry.column_memory', 'SELECT, INSERT, UPDATE, DELETE');

ALTER TABLE registry.batch_change ADD COLUMN undone_at timestamptz;
COMMENT ON COLUMN registry.batch_change.undone_at IS 'When this row alone was taken back while the rest of the batch stayed.';

CREATE INDEX import_problem_row ON registry.import_problem (county_code, batch_id, row_no);
GRANT DELETE ON registry.import_problem TO app_county;
GRANT DELETE ON registry.import_decision TO app_system;
