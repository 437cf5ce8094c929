-- Ledgers: records are found by what is empty and by words of their title without looking at each (docs/decisions/0037).

-- Which keys are empty, as bits in the order text_1 … day_4. One narrow index by it finds "is empty" for every offered field: a filter asks for the
-- few combinations that stand in the ledger. A comparison of integers keeps its index under row security; IS NULL would need an index a key.
ALTER TABLE ledgers.record ADD COLUMN blanks integer NOT NULL GENERATED ALWAYS AS (
  (text_1 IS NULL)::integer | ((text_2 IS NULL)::integer << 1) | ((text_3 IS NULL)::integer << 2) | ((text_4 IS NULL)::integer << 3)
  | ((text_5 IS NULL)::integer << 4) | ((text_6 IS NULL)::integer << 5) | ((text_7 IS NULL)::integer << 6) | ((text_8 IS NULL)::integer << 7)
  | ((number_1 IS NULL)::integer << 8) | ((number_2 IS NULL)::integer << 9) | ((number_3 IS NULL)::integer << 10) | ((number_4 IS NULL)::integer << 11)
  | ((number_5 IS NULL)::integer << 12) | ((number_6 IS NULL)::integer << 13)
  | ((day_1 IS NULL)::integer << 14) | ((day_2 IS NULL)::integer << 15) | ((day_3 IS NULL)::integer << 16) | ((day_4 IS NULL)::integer << 17)) STORED;
COMMENT ON COLUMN ledgers.record.blanks IS 'Which keys are empty: bit 0 is text_1, bit 17 is day_4.';
CREATE INDEX record_blanks ON ledgers.record (county_code, template_key, blanks, area_path) WHERE removed_at IS NULL;

-- Single signs, and two and three neighbouring signs of titles, as numbers that differ from ledger to ledger. No row security: containment of arrays is not
-- leakproof and would lose its index; the app's logins have no right on it but through `find_titles`, which tells ids only, and those are looked up in
-- ledgers.record under its row security.
CREATE TABLE ledgers.record_gram (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  record_id uuid NOT NULL,
  grams integer[] NOT NULL,
  PRIMARY KEY (county_code, record_id)
);
COMMENT ON TABLE ledgers.record_gram IS '@sensitivity C3. Neighbouring signs of the titles of records, to find a title by words inside of it.';
CREATE INDEX record_gram_grams ON ledgers.record_gram USING gin (grams) WITH (gin_pending_list_limit = 1024);
GRANT SELECT, INSERT, UPDATE, DELETE ON ledgers.record_gram TO app_system;

-- The same as `gramsOfTitle` (server/title-grams.ts).
CREATE FUNCTION ledgers.grams_of(book text, title text) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
DECLARE
  salt bigint := ('x' || left(encode(sha256(convert_to(book, 'UTF8')), 'hex'), 7))::bit(28)::integer;
  signs integer[] := ARRAY(SELECT ascii(sign) FROM unnest(string_to_array(lower(title COLLATE "C"), NULL)) WITH ORDINALITY AS s (sign, at) ORDER BY at);
  grams integer[] := '{}';
  gram bigint;
BEGIN
  FOR start IN 1 .. coalesce(array_length(signs, 1), 0) LOOP
    gram := 0;
    FOR at IN start .. least(start + 2, array_length(signs, 1)) LOOP
      gram := (gram * 65599 + signs[at]) & 2147483647;
      grams := grams || (gram # salt)::integer;
    END LOOP;
  END LOOP;
  RETURN ARRAY(SELECT DISTINCT g FROM unnest(grams) AS g);
END $$;
REVOKE ALL ON FUNCTION ledgers.grams_of(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledgers.grams_of(text, text) TO app_system;

-- Ids of the county's records whose title may hold the words; the caller's own rows are chosen where they are looked up.
CREATE FUNCTION ledgers.find_titles(wanted integer[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
SET search_path = pg_catalog SET enable_seqscan = off SET enable_indexscan = off AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT record_id FROM ledgers.record_gram WHERE county_code = $1 AND grams @> $2' USING current_setting('app.county'), wanted;
END $$;
REVOKE ALL ON FUNCTION ledgers.find_titles(integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledgers.find_titles(integer[]) TO app_area, app_household, app_county, app_system;

-- Imports write those of their rows themselves, together; what is entered, changed or moved by hand is noted here.
CREATE FUNCTION ledgers.note_title() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO ledgers.record_gram (county_code, record_id, grams) VALUES (NEW.county_code, NEW.record_id, ledgers.grams_of(NEW.template_key, NEW.title))
  ON CONFLICT (county_code, record_id) DO UPDATE SET grams = EXCLUDED.grams;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ledgers.note_title() FROM PUBLIC;
CREATE TRIGGER note_title_made AFTER INSERT ON ledgers.record FOR EACH ROW WHEN (NEW.import_id IS NULL) EXECUTE FUNCTION ledgers.note_title();
CREATE TRIGGER note_title_changed AFTER UPDATE OF title ON ledgers.record FOR EACH ROW WHEN (NEW.title IS DISTINCT FROM OLD.title)
  EXECUTE FUNCTION ledgers.note_title();

ALTER TABLE ledgers.staged_record ADD COLUMN grams integer[] NOT NULL DEFAULT '{}';

-- Titles that stand already. The owner sees rows only while row security does not bind him.
ALTER TABLE ledgers.record NO FORCE ROW LEVEL SECURITY;
INSERT INTO ledgers.record_gram (county_code, record_id, grams)
  SELECT r.county_code, r.record_id, ledgers.grams_of(r.template_key, r.title) FROM ledgers.record r;
ALTER TABLE ledgers.record FORCE ROW LEVEL SECURITY;
