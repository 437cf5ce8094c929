import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { AddMeasure, AddVisit } from '../rules/case-requests.ts'
import { caseSteps } from '../rules/case-steps.ts'
import { insertMeasure, insertVisit, withdrawMeasure } from './case-parts-store.ts'
import { findCaseForUpdate } from './case-store.ts'
import { termsOf } from './case-terms.ts'
import { finishClock, noteVisit } from './clocks/clock-keep.ts'
import { casesErrors } from './errors.ts'

/** Whether help may be entered: once it was decided, or before where the green channel is open. */
export function takesMeasures(file: CaseFile): boolean {
  return file.state !== 'ended' && (file.isGreen || caseSteps[file.step].procedure !== 'identification')
}

/** Adds a measure against a risk. Throws `cases.unknown-word`, `move-refused`. */
export async function addMeasure(ctx: Context, given: { caseId: string; measure: AddMeasure }): Promise<{ caseMeasureId: string }> {
  const { measure } = given
  return onCase(ctx, given.caseId, async (within, file) => {
    if (!takesMeasures(file)) throw casesErrors.moveRefused({ reason: 'not-decided' })
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    for (const [word, words] of [[measure.risk, terms.risks] as const, [measure.category, terms.categories] as const]) {
      if (!words.includes(word)) throw casesErrors.unknownWord({ word })
    }
    if (measure.startedOn > ctx.today) throw casesErrors.moveRefused({ reason: 'day-to-come' })
    const caseMeasureId = await insertMeasure(within.db, ctx, { file, measure })
    await finishClock(within, { caseId: file.caseId, kind: 'measures' })
    const details = { caseMeasureId, category: measure.category }
    await audit(within.db, ctx, { did: 'cases.case.measure', objectKind: 'cases.case', objectId: file.caseId, details })
    return { caseMeasureId }
  })
}

/** Withdraws a measure that was entered by mistake. */
export async function dropMeasure(ctx: Context, given: { caseId: string; caseMeasureId: string; reason: string }): Promise<{ done: true }> {
  return onCase(ctx, given.caseId, async (within, file) => {
    if (!(await withdrawMeasure(within.db, ctx, given))) throw httpErrors.notFound()
    const { caseMeasureId, reason } = given
    const did = 'cases.case.measure-withdraw'
    await audit(within.db, ctx, { did, objectKind: 'cases.case', objectId: file.caseId, reason, details: { caseMeasureId } })
    return { done: true }
  })
}

/** Adds a visit of the step at which the case stands. */
export async function addVisit(ctx: Context, given: { caseId: string; visit: AddVisit }): Promise<{ caseVisitId: string }> {
  return onCase(ctx, given.caseId, async (within, file) => {
    if (file.state === 'ended') throw casesErrors.moveRefused({ reason: 'no-such-move' })
    if (given.visit.visitedOn > ctx.today) throw casesErrors.moveRefused({ reason: 'day-to-come' })
    const caseVisitId = await insertVisit(within.db, ctx, { file, visit: given.visit })
    await noteVisit(within, { caseId: file.caseId, visitedOn: given.visit.visitedOn })
    const details = { caseVisitId, step: file.step, finding: given.visit.finding }
    await audit(within.db, ctx, { did: 'cases.case.visit', objectKind: 'cases.case', objectId: file.caseId, details })
    return { caseVisitId }
  })
}

async function onCase<Answer>(
  ctx: Context,
  caseId: string,
  work: (within: Context & { readonly db: Db }, file: CaseFile) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(ctx, async (db) => {
    const file = await findCaseForUpdate(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    return work({ ...ctx, db }, file)
  })
}
