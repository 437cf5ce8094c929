-- The first load of an empty register builds the search indexes after the rows, in the same transaction (docs/decisions/0006-first-load.md).
CREATE TABLE registry.index_aside (
  name text PRIMARY KEY,
  definition text NOT NULL
);
COMMENT ON TABLE registry.index_aside IS 'Definitions of indexes between set_indexes_aside and put_index_back, inside one transaction; empty otherwise.';

-- Sets the indexes that are not unique aside when the register has never held a row; says how many.
CREATE FUNCTION registry.set_indexes_aside() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  one record;
  aside integer := 0;
BEGIN
  IF pg_relation_size('registry.person'::regclass) > 0 OR pg_relation_size('registry.household'::regclass) > 0 THEN RETURN 0; END IF;
  FOR one IN
    SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid IN ('registry.person'::regclass, 'registry.household'::regclass, 'registry.membership'::regclass) AND NOT i.indisunique
  LOOP
    INSERT INTO registry.index_aside VALUES (one.name, one.definition);
    EXECUTE format('DROP INDEX registry.%I', one.name);
    aside := aside + 1;
  END LOOP;
  RETURN aside;
END $$;

-- Builds one of them again; false when none is left. One a statement, so that each keeps within its deadline.
CREATE FUNCTION registry.put_index_back() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE one record;
BEGIN
  SELECT * INTO one FROM registry.index_aside ORDER BY name LIMIT 1;
  IF NOT FOUND THEN RETURN false; END IF;
  EXECUTE one.definition;
  DELETE FROM registry.index_aside WHERE name = one.name;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION registry.set_indexes_aside(), registry.put_index_back() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.set_indexes_aside(), registry.put_index_back() TO app_system;
