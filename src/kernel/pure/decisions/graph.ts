import { checkGraph, type ModelProblem } from './graph-check.ts'
import type { Linked } from './graph-find.ts'
import type { Definitions } from './model.ts'

/** Models that belong together: one is asked, the others are imported. */
export interface Graph extends Linked {
  /** What an officer must mend before the model may be used; empty when nothing. */
  readonly problems: readonly ModelProblem[]
}

/** Puts models together and looks for what is wrong with the arrows between them (missing, wrong kind, in a ring, twice). Never throws. */
export function linkModels(main: Definitions, others: readonly Definitions[] = []): Graph {
  const models = new Map([...others, main].map((model) => [model.namespace, model]))
  const linked = { main, models }
  const twice =
    [main, ...others].length > models.size ? [{ code: 'model-twice', severity: 'error', of: main.name, details: {} } as const] : []
  return { ...linked, problems: [...twice, ...checkGraph(linked)] }
}
