-- What each kind of file states of a row, kept as stated beside what the register holds (M-009, round trip with the national system):
-- whose value wins, and a cell left empty, must not hide what the national system shows.
CREATE TABLE registry.statement_layout (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  layout_id text COLLATE "C" NOT NULL,
  keys text[] NOT NULL,
  PRIMARY KEY (county_code, layout_id)
);
COMMENT ON TABLE registry.statement_layout IS 'The field keys of the cells of a statement, in their order; a file without a column has no key for it.';
SELECT kernel.protect_reference('registry.statement_layout', 'SELECT, INSERT');

COMMENT ON COLUMN registry.household.sources IS '@sensitivity C4. Import kind to {"batch": id, "on": day of the export, "hash": of what it stated, "said": its cells (server/import/say-statement.ts)}: the last batch of each kind that changed the row.';
COMMENT ON COLUMN registry.person.sources IS '@sensitivity C4. As household.sources; "id" is the stated ID number, encrypted, associated data as id_cell.';
COMMENT ON COLUMN registry.village.sources IS 'As household.sources.';

ALTER TABLE registry.staged_household ADD COLUMN said text;
ALTER TABLE registry.staged_person ADD COLUMN said text, ADD COLUMN said_id text;
ALTER TABLE registry.staged_village ADD COLUMN said text;
