import { readCursor, toPage } from '#kernel/pure/paging/index.ts'
import { addDays } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ListExceptions } from '../contract.ts'
import { worklistPolicyOn } from '../policy/worklist.ts'
import { villageOf } from '../rules/worklist-places.ts'
import type { ExceptionPage, ExceptionRecord } from '../rules/worklist-records.ts'
import { countExceptions, listExceptions, type StoredException } from './exception-store.ts'
import { readSurroundings } from './finding-cards.ts'

/** One page of exceptions within the caller's scope, those asked last first, and how many are in each state. */
export async function readExceptions(ctx: Context, query: ListExceptions): Promise<ExceptionPage> {
  const { after, limit, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const search = { scope: ctx.scope, ...filter }
    const rows = await listExceptions(db, search, { limit: limit + 1, after: readCursor(after, ['instant', 'id']) })
    const page = toPage(rows, limit, (row) => [row.askedAt, row.exceptionId])
    return { ...page, items: await showExceptions({ ...ctx, db }, page.items), counts: await countExceptions(db, search) }
  })
}

/** Exceptions as they travel, with what the caller may do with each. */
export async function showExceptions(ctx: Context, exceptions: readonly StoredException[]): Promise<ExceptionRecord[]> {
  // A finding about a person has his id as its subject.
  const placed = exceptions.map((one) => ({ ...one, personId: one.subjectId === one.householdId ? null : one.subjectId }))
  const around = await readSurroundings(ctx, placed)
  const mayDecide = mayDo(ctx, 'quality.exception', 'decide')
  const longestOn = longestDay(ctx)
  return placed.map((one) => ({
    exceptionId: one.exceptionId,
    findingId: one.findingId,
    rule: one.rule,
    household: around.briefs.get(one.householdId ?? '') ?? null,
    personName: around.personNames.get(one.personId ?? '') ?? null,
    place: around.places.get(villageOf(one.areaPath)) ?? '',
    covers: one.covers,
    state: one.state,
    reason: one.reason,
    askedName: one.askedName,
    askedAt: one.askedAt,
    decidedName: one.decidedName,
    decidedAt: one.decidedAt,
    decidedNote: one.decidedNote,
    untilOn: one.untilOn,
    revision: one.revision,
    longestOn,
    can: {
      grant: mayDecide && one.state === 'asked' && one.askedBy !== ctx.caller.id,
      refuse: mayDecide && one.state === 'asked',
      end: mayDecide && one.state === 'granted',
    },
  }))
}

/** The last day until which an exception that is granted today may hold. */
export function longestDay(ctx: Context): string {
  return addDays(ctx.today, worklistPolicyOn(ctx.today).longestExceptionDays)
}
