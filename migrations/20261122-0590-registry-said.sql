-- The statements of the national system's exports beside the row, for reads of the whole register (the data rules): inside `sources` they
-- lie in a value that is stored compressed, and taking four of them out of it costs six times the reading of the row.
ALTER TABLE registry.household ADD COLUMN said text COLLATE "C"
  GENERATED ALWAYS AS (sources #>> '{monitoring,said}') STORED;
COMMENT ON COLUMN registry.household.said IS '@sensitivity C4. Derived from sources: what the monitoring export states (rules/statement.ts).';

ALTER TABLE registry.person ADD COLUMN said text COLLATE "C"
  GENERATED ALWAYS AS (coalesce(sources #>> '{monitoring,said}', '') || E'\x1c' || coalesce(sources #>> '{monitoring,id}', '') || E'\x1c'
    || coalesce(sources #>> '{work,said}', '') || E'\x1c' || coalesce(sources #>> '{planned-work,said}', '')) STORED;
COMMENT ON COLUMN registry.person.said IS '@sensitivity C4. Derived from sources, separated by \x1c: statement of the monitoring export, its ID number (encrypted, base64), statements of the out-work and the planned-work export.';
