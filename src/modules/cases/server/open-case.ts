import type { RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { OpenCase } from '../rules/case-requests.ts'
import { seatPath } from '../rules/case-seat.ts'
import { findCasesOfHousehold, insertCase, unnumbered } from './case-store.ts'
import { seatOfCaller } from './case-seat.ts'
import { termsOf } from './case-terms.ts'
import { casesErrors } from './errors.ts'
import { whenCaseMoved, whenCaseOpens } from './when-case-moved.ts'

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
    const { householdId, source, sourceId = null, note } = given
    const begun = unnumbered(ctx, { householdId, areaPath, source, sourceId, step, heldBy })
    // All that is read comes before the case gets its number: from then on others wait for it.
    const along: RawBuilder<unknown>[] = []
    for (const write of whenCaseOpens) along.push(await write(within, begun))
    const { file, event } = await insertCase(db, ctx, { file: begun, actorPath: seatOfCaller(ctx).path, opinion: note, along })
    for (const follow of whenCaseMoved) await follow(within, { before: undefined, after: file, event })
    return file
  })
}
