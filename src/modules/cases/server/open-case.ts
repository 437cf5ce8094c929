import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { OpenCase } from '../rules/case-requests.ts'
import { seatPath } from '../rules/case-seat.ts'
import { announceMove } from './announce-move.ts'
import { findCasesOfHousehold, insertCase, insertEvent, nextCaseNo } from './case-store.ts'
import { seatOfCaller } from './case-seat.ts'
import { termsOf } from './case-terms.ts'
import { casesErrors } from './errors.ts'
import { whenCaseMoved } from './when-case-moved.ts'

/** Opens a case of a household at its first step. Throws `cases.case-open` where it has an open one. */
export async function openCase(ctx: Context, given: OpenCase): Promise<CaseFile> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const [household] = await findHouseholds(ctx, db, [given.householdId])
    if (household === undefined) throw httpErrors.notFound()
    const open = (await findCasesOfHousehold(db, ctx.scope, given.householdId)).find((file) => file.endedOn === null)
    if (open !== undefined) throw casesErrors.caseOpen({ caseNo: open.caseNo, caseId: open.caseId })
    const { areaPath } = household
    const terms = await termsOf(within, { areaPath, asOf: ctx.today })
    const step = 'assessment'
    const heldBy = seatPath(areaPath, terms.steps[step].seat)
    const { householdId, source, sourceId = null } = given
    const caseNo = await nextCaseNo(db, ctx)
    const file = await insertCase(db, ctx, { householdId, areaPath, source, sourceId, step, heldBy, caseNo })
    const details = sourceId === null ? { source } : { source, sourceId }
    const actorPath = seatOfCaller(ctx).path
    const opened = { file, action: 'open', step, state: 'open', round: 1, heldBy } as const
    const event = await insertEvent(db, ctx, { ...opened, actorPath, details, opinion: given.note })
    for (const follow of whenCaseMoved) await follow(within, { before: undefined, after: file, event })
    await audit(db, ctx, { did: 'cases.case.open', objectKind: 'cases.case', objectId: file.caseId, details: { source } })
    await announceMove(within, { before: undefined, after: file, action: 'open' })
    return file
  })
}
