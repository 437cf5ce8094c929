-- Persons who stand in the register twice: the search, the pairs it found, what people decided, and merges that can be undone.
ALTER TABLE registry.person ADD COLUMN merged_into uuid;
ALTER TABLE registry.person ADD CONSTRAINT person_merged CHECK (merged_into IS NULL OR left_on IS NOT NULL);
COMMENT ON COLUMN registry.person.merged_into IS 'Somebody found this row to be the same person as another: the row has left, the other one stays. A later file that states its number again does not bring it back.';

CREATE TABLE registry.duplicate_search (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  search_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  step text,
  error text,
  revision bigint,
  persons integer NOT NULL DEFAULT 0,
  compared bigint NOT NULL DEFAULT 0,
  found integer NOT NULL DEFAULT 0,
  kept integer NOT NULL DEFAULT 0,
  cut jsonb NOT NULL DEFAULT '[]',
  started_by text NOT NULL,
  started_name text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (county_code, search_id)
);
COMMENT ON COLUMN registry.duplicate_search.revision IS 'The register revision that was searched.';
COMMENT ON COLUMN registry.duplicate_search.found IS 'Pairs worth a look; kept: of these the best, those that were decided before left out.';
COMMENT ON COLUMN registry.duplicate_search.cut IS 'Blocks too large to compare everybody with everybody: kind of key, persons, pairs compared.';
CREATE UNIQUE INDEX duplicate_search_running ON registry.duplicate_search (county_code) WHERE state = 'running';
CREATE INDEX duplicate_search_list ON registry.duplicate_search (county_code, started_at DESC);
-- Holds no person; a township reads how old the list is.
SELECT kernel.protect_reference('registry.duplicate_search');

CREATE TABLE registry.duplicate_pair (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  pair_id uuid NOT NULL,
  person_a uuid NOT NULL,
  person_b uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  score real NOT NULL,
  steps jsonb NOT NULL,
  block text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'later', 'different', 'merged')),
  search_id uuid NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  note text,
  revision integer NOT NULL DEFAULT 1,
  PRIMARY KEY (county_code, pair_id),
  UNIQUE (county_code, person_a, person_b),
  FOREIGN KEY (county_code, search_id) REFERENCES registry.duplicate_search (county_code, search_id),
  CHECK (person_a < person_b),
  CHECK ((state = 'open') = (decided_at IS NULL))
);
COMMENT ON TABLE registry.duplicate_pair IS '@sensitivity C3. Two persons who may be one. No foreign key to persons: an import that is taken back removes its persons, whoever was taken for them.';
COMMENT ON COLUMN registry.duplicate_pair.area_path IS 'The smallest area in which both persons live: who may see both, sees the pair.';
COMMENT ON COLUMN registry.duplicate_pair.steps IS 'The score as the sum of its steps: what was compared, how it stood, bits. Holds no value of a person.';
COMMENT ON COLUMN registry.duplicate_pair.state IS 'later: asked again by the next search; different: two persons, never asked again; merged: one person.';
CREATE INDEX duplicate_pair_list ON registry.duplicate_pair (county_code, state, score DESC, pair_id);
CREATE INDEX duplicate_pair_other ON registry.duplicate_pair (county_code, person_b);
SELECT kernel.protect_area('registry.duplicate_pair', 'SELECT, INSERT, UPDATE');
GRANT DELETE ON registry.duplicate_pair TO app_system;

CREATE TABLE registry.person_merge (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  merge_id uuid NOT NULL,
  pair_id uuid,
  winner_id uuid NOT NULL,
  loser_id uuid NOT NULL,
  area_path text COLLATE "C" NOT NULL,
  chosen jsonb NOT NULL,
  before jsonb NOT NULL,
  moved jsonb NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  merged_by text NOT NULL,
  merged_name text NOT NULL,
  merged_at timestamptz NOT NULL,
  undone_by text,
  undone_name text,
  undone_at timestamptz,
  undo_reason text,
  PRIMARY KEY (county_code, merge_id),
  CHECK (winner_id <> loser_id),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
COMMENT ON TABLE registry.person_merge IS '@sensitivity C4. Two rows that became one: which values were taken from the row that left, both rows as they stood, what was pointed at the other one; enough to undo it. No foreign key to persons: a merge that was undone does not hold an import that is taken back.';
COMMENT ON COLUMN registry.person_merge.chosen IS 'Field keys of which the value of the row that left survives.';
COMMENT ON COLUMN registry.person_merge.before IS 'Both rows and the membership as to_jsonb wrote them; encrypted cells stay encrypted.';
COMMENT ON COLUMN registry.person_merge.moved IS 'By part of the program: ids of what was pointed at the winner.';
CREATE UNIQUE INDEX person_merge_loser ON registry.person_merge (county_code, loser_id) WHERE undone_at IS NULL;
CREATE INDEX person_merge_list ON registry.person_merge (county_code, merged_at DESC);
CREATE INDEX person_merge_winner ON registry.person_merge (county_code, winner_id);
SELECT kernel.protect_area('registry.person_merge');
-- A helper may ask which rows became one with a person of their own household (who looked at its number), and no more of it.
GRANT SELECT (county_code, winner_id, loser_id, undone_at) ON registry.person_merge TO app_household;
CREATE POLICY household_scope ON registry.person_merge FOR SELECT TO app_household
  USING (county_code = nullif(current_setting('app.county', true), '')
    AND EXISTS (SELECT 1 FROM registry.person p WHERE p.county_code = person_merge.county_code AND p.person_id = person_merge.winner_id));
