-- What followed from the first use of cases: a clock of the whole elimination.
ALTER TABLE cases.clock DROP CONSTRAINT clock_kind_check;
ALTER TABLE cases.clock ADD CONSTRAINT clock_kind_check
  CHECK (kind IN ('step', 'total', 'exit-total', 'supplement', 'notice', 'measures', 'helper', 'tracking'));
COMMENT ON COLUMN cases.clock.kind IS 'step: one step. total, exit-total: the whole identification, the whole elimination. supplement: what was asked for. notice: days that it must stand. measures, helper: after the decision. tracking: to the next visit.';
