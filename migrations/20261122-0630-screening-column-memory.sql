-- How a sender's list was mapped, by its labels: for later files that are not laid out quite alike.
ALTER TABLE screening.column_mapping ADD COLUMN memory jsonb;
COMMENT ON COLUMN screening.column_mapping.memory IS 'ColumnMemory (kernel/pure/tables): field key to label of the column, null where the sender has none; holds no cell.';
