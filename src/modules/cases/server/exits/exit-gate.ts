import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { MissingItem } from '../../rules/case-records.ts'
import { isThrough, judgeExit, type ExitItem, type ExitMode } from '../../rules/exits/exit-gate.ts'
import type { ExitGate } from '../../rules/exits/exit-records.ts'
import { findCase } from '../case-store.ts'
import { exitFactsOf } from './exit-facts.ts'
import type { StepCheck } from '../step-check.ts'

/** The gate of a case today, item by item; `mode`: what it would be for a natural elimination. Throws `http.not-found` out of scope. */
export async function readExitGate(ctx: Context, given: { caseId: string; mode?: ExitMode | undefined }): Promise<ExitGate> {
  const { caseId, mode = null } = given
  return inTransaction(ctx, async (db) => {
    const file = await findCase(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    const { facts, terms, versions } = await exitFactsOf({ ...ctx, db }, file, mode)
    const items = judgeExit(facts, terms)
    return { caseId, asOf: ctx.today, mode, items, isThrough: isThrough(items), versions }
  })
}

/**
 * What the gate still asks before an elimination is begun and before it is decided; the township is told at its review. As long as nobody has
 * said how the risk went away, what a natural elimination is excused from is a warning only.
 */
export const missingExit: StepCheck = async (ctx, { file, action, mode }) => {
  const isBegun = action === 'start-exit'
  const isDecided = action === 'pass' && file.step === 'exit-decision'
  const isReviewed = action === 'pass' && file.step === 'exit-review'
  if (!isBegun && !isDecided && !isReviewed) return []
  const { facts, terms } = await exitFactsOf(ctx, file, mode ?? null)
  const open = judgeExit(facts, terms).filter(({ state }) => state === 'not-met' || state === 'unknown')
  const natural = mode === undefined ? judgeExit({ ...facts, mode: 'natural' }, terms) : []
  const isExcused = (one: ExitItem) =>
    natural.some(({ state, word, details }) => state === 'excused' && word === one.word && details['risk'] === one.details['risk'])
  return open.map(
    (one): MissingItem => ({
      code: `exit.${one.word}`,
      blocks: !isReviewed && !isExcused(one),
      details: one.details,
    }),
  )
}
