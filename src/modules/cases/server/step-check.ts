import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CaseFile, MissingItem, StepTerms } from '../rules/case-records.ts'
import type { CaseAction } from '../rules/case-steps.ts'
import type { CaseTerms } from '../rules/case-terms.ts'

/** What is asked before a case moves: the case as it stands, the action, and what policy says of its step. */
export interface AskedMove {
  readonly file: CaseFile
  readonly action: CaseAction
  readonly terms: StepTerms
  /** Everything that policy says of the procedure. */
  readonly all: CaseTerms
  /** How the risk went away, where it is decided; absent before anybody has said it. */
  readonly mode?: 'helped' | 'natural' | undefined
}

/** Names what is missing for a move; empty when nothing is. Runs inside the transaction of the move, and for the screen before it. */
export type StepCheck = (ctx: Context & { readonly db: Db }, asked: AskedMove) => Promise<readonly MissingItem[]>
