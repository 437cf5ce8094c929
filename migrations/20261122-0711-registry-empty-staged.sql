-- Waiting rows of a large batch go by emptying the tables, where no other batch waits: deleting 900,000 rows writes each of them once more
-- (docs/decisions/0013-import-with-statements.md). False when they must be deleted: fewer than
-- `from_bytes` of persons, rows of others, or somebody is at work there.
CREATE FUNCTION registry.empty_staged(county text, batch uuid, from_bytes bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET enable_seqscan = off SET enable_sort = off AS $$
DECLARE
  held text;
  first record;
  last record;
BEGIN
  IF pg_relation_size('registry.staged_person'::regclass) < from_bytes THEN RETURN false; END IF;
  BEGIN
    LOCK TABLE registry.staged_person, registry.staged_household, registry.staged_village, registry.staged_area
      IN ACCESS EXCLUSIVE MODE NOWAIT;
  EXCEPTION WHEN lock_not_available THEN
    RETURN false;
  END;
  FOREACH held IN ARRAY ARRAY['registry.staged_person', 'registry.staged_household', 'registry.staged_village', 'registry.staged_area'] LOOP
    EXECUTE format('SELECT county_code, batch_id FROM %s ORDER BY county_code, batch_id LIMIT 1', held) INTO first;
    EXECUTE format('SELECT county_code, batch_id FROM %s ORDER BY county_code DESC, batch_id DESC LIMIT 1', held) INTO last;
    IF (first.county_code, first.batch_id) <> (county, batch) OR (last.county_code, last.batch_id) <> (county, batch) THEN RETURN false; END IF;
  END LOOP;
  TRUNCATE registry.staged_person, registry.staged_household, registry.staged_village, registry.staged_area;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION registry.empty_staged(text, uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.empty_staged(text, uuid, bigint) TO app_system;
