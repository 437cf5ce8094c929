-- Problems made of findings of the data rules and of leads are known by where they came from, so that data that fail again open them again.
ALTER TABLE rectification.problem DROP CONSTRAINT problem_origin_check;
ALTER TABLE rectification.problem ADD CONSTRAINT problem_origin_check
  CHECK (origin IN ('surveys', 'check', 'import', 'other', 'quality', 'screening'));
COMMENT ON COLUMN rectification.problem.origin_id IS 'Of quality: the finding. Of screening: rule and household, one problem however many months say so.';
