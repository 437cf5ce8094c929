import type { TemplateProblem } from '../rules/template-records.ts'
import type { Draft } from './designer-draft.ts'

/** What the parts of the designer are given: the draft and a way to change it. */
export interface PartProps {
  draft: Draft
  change: (change: (draft: Draft) => Draft) => void
  problems: readonly TemplateProblem[]
  /** Keys that fields of earlier versions had: they never come back. */
  retired: readonly string[]
}
