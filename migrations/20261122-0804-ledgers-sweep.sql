-- What nobody needs any more goes (docs/decisions/0037): bytes of files that were taken away, dry runs that nobody applied.
ALTER TABLE ledgers.record_file ADD COLUMN destroyed_at timestamptz CHECK (destroyed_at IS NULL OR removed_at IS NOT NULL);
COMMENT ON COLUMN ledgers.record_file.destroyed_at IS 'When the bytes of a file that was taken away were destroyed; the row stays for the history.';
CREATE INDEX record_file_to_destroy ON ledgers.record_file (county_code, removed_at) WHERE removed_at IS NOT NULL AND destroyed_at IS NULL;
CREATE INDEX import_staged ON ledgers.import (county_code, made_at) WHERE state = 'staged';
