-- Versions of what an authority decided: decision tables and dated values (design.md §6, docs/decisions/0019). The kernel keeps them and does
-- not read their text. Four eyes, legal steps, revisions and "no publication without a document number" are held here (trust.md §2.8).
CREATE TABLE kernel.policy_version (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  version_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL CHECK (key ~ '^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$'),
  area_path text COLLATE "C" NOT NULL CHECK (area_path ~ '^([0-9]+\.){0,6}$'),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'published', 'replaced', 'returned', 'discarded')),
  effective_from date NOT NULL,
  effective_to date,
  content text NOT NULL CHECK (length(content) BETWEEN 1 AND 2000000),
  hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  document_no text NOT NULL DEFAULT '' CHECK (length(document_no) <= 200),
  document_title text NOT NULL DEFAULT '' CHECK (length(document_title) <= 400),
  clause text NOT NULL DEFAULT '' CHECK (length(clause) <= 400),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
  examples jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(examples) = 'array'),
  drafted_by text COLLATE "C" NOT NULL,
  drafted_name text NOT NULL,
  drafted_at timestamptz NOT NULL,
  written_by text[] COLLATE "C" NOT NULL,
  submitted_by text COLLATE "C",
  submitted_name text,
  submitted_at timestamptz,
  published_by text COLLATE "C",
  published_name text,
  published_at timestamptz,
  replaced_by uuid,
  replaced_at timestamptz,
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  PRIMARY KEY (county_code, version_id),
  CONSTRAINT policy_version_hash CHECK (hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  CONSTRAINT policy_version_days CHECK (effective_to >= effective_from),
  CONSTRAINT policy_version_document CHECK (state NOT IN ('published', 'replaced') OR btrim(document_no, E' \t\n\r　') <> ''),
  CONSTRAINT policy_version_four_eyes CHECK (
    published_by IS NULL OR (published_by <> ALL (written_by) AND published_by <> drafted_by AND published_by <> submitted_by)),
  CONSTRAINT policy_version_published CHECK (
    (state IN ('published', 'replaced')) = (published_by IS NOT NULL) AND (published_by IS NULL) = (published_at IS NULL)),
  CONSTRAINT policy_version_submitted CHECK (
    state NOT IN ('submitted', 'published', 'replaced') OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)),
  CONSTRAINT policy_version_replaced CHECK (
    (state = 'replaced') = (replaced_by IS NOT NULL) AND (replaced_by IS NULL) = (replaced_at IS NULL) AND replaced_by <> version_id),
  FOREIGN KEY (county_code, replaced_by) REFERENCES kernel.policy_version (county_code, version_id) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE kernel.policy_version IS 'One row per version of a policy that this county wrote or wrote down; what is shipped with the program is not in it.';
COMMENT ON COLUMN kernel.policy_version.area_path IS 'Whose text it is: empty for the nation, 43. for a province, down to a group; also that of a superior, as written down by this county.';
COMMENT ON COLUMN kernel.policy_version.effective_to IS 'Last day on which it holds; NULL: until another one begins.';
COMMENT ON COLUMN kernel.policy_version.hash IS 'SHA-256 of the text, hexadecimal.';
COMMENT ON COLUMN kernel.policy_version.written_by IS 'Everybody who wrote on the text, kept by a trigger; none of them may publish it.';
COMMENT ON COLUMN kernel.policy_version.replaced_by IS 'The version of the same first day that took its place; until replaced_at this one counted.';
COMMENT ON COLUMN kernel.policy_version.revision IS 'Rises by one with every change; the database refuses another step.';
CREATE UNIQUE INDEX policy_version_one_in_force ON kernel.policy_version (county_code, key, area_path, effective_from) WHERE state = 'published';
CREATE INDEX policy_version_key ON kernel.policy_version (county_code, key, effective_from);

SELECT kernel.protect_county('kernel.policy_version');
-- Whoever is judged by a text may read it: what is published above or within the area of the caller.
GRANT SELECT ON kernel.policy_version TO app_area, app_household;
CREATE POLICY published_above ON kernel.policy_version FOR SELECT TO app_area
  USING (county_code = nullif(current_setting('app.county', true), '') AND state IN ('published', 'replaced')
    AND (nullif(current_setting('app.lo', true), '') ^@ area_path
      OR (area_path >= nullif(current_setting('app.lo', true), '') AND area_path < nullif(current_setting('app.hi', true), ''))));
CREATE POLICY published_of_county ON kernel.policy_version FOR SELECT TO app_household
  USING (county_code = nullif(current_setting('app.county', true), '') AND state IN ('published', 'replaced'));

-- Steps, revisions and authorship. The caller is the one of the transaction, whatever the statement says.
CREATE FUNCTION kernel.guard_policy_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE caller text := kernel.setting('caller');
BEGIN
  IF caller IS NULL THEN
    RAISE EXCEPTION 'no caller' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_caller';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' OR NEW.revision <> 1 OR NEW.drafted_by <> caller THEN
      RAISE EXCEPTION 'a version begins as a draft of the caller' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_step';
    END IF;
    NEW.written_by := ARRAY[caller];
    RETURN NEW;
  END IF;
  IF NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION 'changed meanwhile' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_revision';
  END IF;
  IF NOT (OLD.state || '>' || NEW.state = ANY (ARRAY['draft>draft', 'draft>submitted', 'draft>discarded', 'submitted>published',
      'submitted>returned', 'returned>draft', 'returned>discarded', 'published>replaced'])) THEN
    RAISE EXCEPTION 'no such step' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_step';
  END IF;
  IF (NEW.county_code, NEW.version_id, NEW.key, NEW.area_path, NEW.drafted_by, NEW.drafted_name, NEW.drafted_at)
      IS DISTINCT FROM (OLD.county_code, OLD.version_id, OLD.key, OLD.area_path, OLD.drafted_by, OLD.drafted_name, OLD.drafted_at)
    OR (NEW.state <> 'draft' AND (NEW.content, NEW.effective_from, NEW.effective_to, NEW.document_title, NEW.clause, NEW.examples, NEW.note)
      IS DISTINCT FROM (OLD.content, OLD.effective_from, OLD.effective_to, OLD.document_title, OLD.clause, OLD.examples, OLD.note))
    -- A document often gets its number when it is signed: whoever publishes may write it where none stands, and no other.
    OR (NEW.state <> 'draft' AND NEW.document_no IS DISTINCT FROM OLD.document_no
      AND NOT (NEW.state = 'published' AND btrim(OLD.document_no, E' \t\n\r　') = '')) THEN
    RAISE EXCEPTION 'what was handed in stays as it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_fixed';
  END IF;
  -- A draft carries the marks of nobody; a step leaves the marks of those before it as they are, and bears the caller's own.
  IF (NEW.state IN ('draft', 'submitted') AND NEW.published_by IS NOT NULL)
    OR (NEW.state = 'submitted' AND NEW.submitted_by IS DISTINCT FROM caller)
    OR (NEW.state IN ('published', 'returned', 'replaced', 'discarded') AND (NEW.submitted_by, NEW.submitted_name, NEW.submitted_at)
      IS DISTINCT FROM (OLD.submitted_by, OLD.submitted_name, OLD.submitted_at))
    OR (NEW.state = 'published' AND NEW.published_by IS DISTINCT FROM caller)
    OR (NEW.state = 'replaced' AND (NEW.published_by, NEW.published_name, NEW.published_at)
      IS DISTINCT FROM (OLD.published_by, OLD.published_name, OLD.published_at)) THEN
    RAISE EXCEPTION 'a step is signed by its caller' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_signed';
  END IF;
  NEW.written_by := CASE WHEN NEW.state = 'draft' AND caller <> ALL (OLD.written_by) THEN OLD.written_by || caller ELSE OLD.written_by END;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_policy_version BEFORE INSERT OR UPDATE ON kernel.policy_version
  FOR EACH ROW EXECUTE FUNCTION kernel.guard_policy_version();

-- A version is replaced by a published one of the same policy, area and first day, at the moment when that one was published.
CREATE FUNCTION kernel.guard_policy_successor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM kernel.policy_version v WHERE v.county_code = NEW.county_code AND v.version_id = NEW.replaced_by
      AND v.state IN ('published', 'replaced') AND v.published_at = NEW.replaced_at
      AND (v.key, v.area_path, v.effective_from) = (NEW.key, NEW.area_path, NEW.effective_from)) THEN
    RAISE EXCEPTION 'replaced by what was not published' USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_version_successor';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guard_policy_successor AFTER UPDATE ON kernel.policy_version DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'replaced') EXECUTE FUNCTION kernel.guard_policy_successor();

-- What happened to a version; only ever added to.
CREATE TABLE kernel.policy_event (
  county_code text COLLATE "C" NOT NULL CHECK (county_code ~ '^[0-9]{6}$'),
  policy_event_id uuid NOT NULL,
  version_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('drafted', 'changed', 'submitted', 'returned', 'published', 'replaced', 'discarded')),
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (county_code, policy_event_id),
  FOREIGN KEY (county_code, version_id) REFERENCES kernel.policy_version (county_code, version_id)
);
COMMENT ON COLUMN kernel.policy_event.hash IS 'SHA-256 of the text as it then stood.';
CREATE INDEX policy_event_version ON kernel.policy_event (county_code, version_id, at);
SELECT kernel.protect_county('kernel.policy_event', 'SELECT, INSERT');
