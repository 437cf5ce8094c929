-- The first load of an empty register checks its foreign keys set by set, after the rows (docs/decisions/0013-import-with-statements.md):
-- checked row by row they cost more than the rows themselves. As the indexes, they are set aside and put back in the same transaction.
CREATE OR REPLACE FUNCTION registry.set_indexes_aside() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  one record;
  aside integer := 0;
BEGIN
  IF pg_relation_size('registry.person'::regclass) > 0 OR pg_relation_size('registry.household'::regclass) > 0
    OR pg_relation_size('registry.membership'::regclass) > 0 THEN RETURN 0; END IF;
  FOR one IN
    SELECT k.conname AS name, k.conrelid::regclass AS owner, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k
    WHERE k.contype = 'f' AND k.conrelid IN ('registry.person'::regclass, 'registry.household'::regclass, 'registry.membership'::regclass)
  LOOP
    INSERT INTO registry.index_aside
    VALUES (one.name, format('ALTER TABLE %s ADD CONSTRAINT %I %s', one.owner, one.name, one.definition));
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.owner, one.name);
  END LOOP;
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

-- Puts one of them back, foreign keys first; false when none is left. A foreign key is checked against all rows: while it is, row security
-- does not bind the owner, who would see none otherwise; no other transaction can reach the tables until this one ends.
CREATE OR REPLACE FUNCTION registry.put_index_back() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  one record;
  held text;
BEGIN
  SELECT * INTO one FROM registry.index_aside ORDER BY definition NOT LIKE 'ALTER TABLE %', name LIMIT 1;
  IF NOT FOUND THEN RETURN false; END IF;
  IF one.definition LIKE 'ALTER TABLE %' THEN
    FOREACH held IN ARRAY ARRAY['registry.person', 'registry.household', 'registry.membership'] LOOP
      EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', held);
    END LOOP;
    EXECUTE one.definition;
    FOREACH held IN ARRAY ARRAY['registry.person', 'registry.household', 'registry.membership'] LOOP
      EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', held);
    END LOOP;
  ELSE
    EXECUTE one.definition;
  END IF;
  DELETE FROM registry.index_aside WHERE name = one.name;
  RETURN true;
END $$;
COMMENT ON TABLE registry.index_aside IS 'Definitions of indexes and foreign keys between set_indexes_aside and put_index_back, inside one transaction; empty otherwise.';

-- The same numbers as before: a counted repetition in a pattern costs ten times a length beside it, for every row that is written.
ALTER TABLE registry.person DROP CONSTRAINT person_person_no_check,
  ADD CONSTRAINT person_person_no_check CHECK (person_no !~ '[^0-9A-Za-z]' AND octet_length(person_no) BETWEEN 4 AND 40);
ALTER TABLE registry.household DROP CONSTRAINT household_household_no_check,
  ADD CONSTRAINT household_household_no_check CHECK (household_no !~ '[^0-9A-Za-z]' AND octet_length(household_no) BETWEEN 4 AND 32);
