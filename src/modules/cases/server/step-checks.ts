import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CaseFile, MissingItem, StepTerms } from '../rules/case-records.ts'
import type { CaseAction } from '../rules/case-steps.ts'

/** What is asked before a case moves: the case as it stands, the action, and what policy says of its step. */
export interface AskedMove {
  readonly file: CaseFile
  readonly action: CaseAction
  readonly terms: StepTerms
}

/** Names what is missing for a move; empty when nothing is. Runs inside the transaction of the move, and for the screen before it. */
export type StepCheck = (ctx: Context & { readonly db: Db }, asked: AskedMove) => Promise<readonly MissingItem[]>

/** The parts that are asked, each in its own file; a part answers for the steps that it keeps and for no other. */
export const stepChecks: readonly StepCheck[] = []
