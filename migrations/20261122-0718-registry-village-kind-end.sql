-- A kind of a village that has ended says by what: its history shows both sources.
ALTER TABLE registry.village_kind ADD COLUMN end_source text;
COMMENT ON COLUMN registry.village_kind.end_source IS 'Document or notice by which it ended, or that of the kind which took its place; NULL while it holds, and for ends noted before this column.';
