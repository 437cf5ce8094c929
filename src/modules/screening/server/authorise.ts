import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { ListKind } from '../contract.ts'
import { authorisationPolicyOn } from '../policy/authorisation.ts'
import type { ListDemand } from '../rules/compare-records.ts'
import type { SetDemand } from '../rules/compare-requests.ts'
import { packIds, type Gate } from '../rules/settle-rows.ts'
import { isAuthorisedOn, listAuthorised, listDemandRows, saveDemand, type StoredDemand } from './authorisation-store.ts'

/** The lists that may only be compared with an authorisation today: the county's own word, else the shipped policy. */
export async function demandedLists(db: Db, ctx: Context): Promise<Set<ListKind>> {
  const rows = await listDemandRows(db, ctx.scope.countyCode)
  return new Set(
    ListKind.options.filter((list) => inForce(rows, list, ctx.today)?.isDemanded ?? authorisationPolicyOn(ctx.today).demands[list]),
  )
}

function inForce(rows: readonly StoredDemand[], list: ListKind, day: string): StoredDemand | undefined {
  return rows.find((row) => row.list === list && row.effectiveFrom <= day)
}

/** Whom each list that demands an authorisation may be compared with today; lists that demand none have no gate. */
export async function gatesOf(db: Db, ctx: Context): Promise<Map<ListKind, Gate>> {
  const gates = new Map<ListKind, Gate>()
  for (const list of await demandedLists(db, ctx)) {
    const { persons, households } = await listAuthorised(db, ctx.scope.countyCode, { list, day: ctx.today })
    gates.set(list, { persons: packIds(persons), households: packIds(households) })
  }
  return gates
}

/** Whether somebody may be compared with a list today. */
export async function isAuthorised(
  db: Db,
  ctx: Context,
  wanted: { list: ListKind; personId: string; householdId: string },
): Promise<boolean> {
  if (!(await demandedLists(db, ctx)).has(wanted.list)) return true
  return isAuthorisedOn(db, ctx.scope.countyCode, { ...wanted, day: ctx.today })
}

/** Every list: whether it demands an authorisation, since when, and how many have given one. */
export async function readDemands(ctx: Context): Promise<ListDemand[]> {
  return inTransaction(ctx, async (db) => {
    const rows = await listDemandRows(db, ctx.scope.countyCode)
    const policy = authorisationPolicyOn(ctx.today)
    const demands: ListDemand[] = []
    for (const list of ListKind.options) {
      const said = inForce(rows, list, ctx.today)
      const next = rows.filter((row) => row.list === list && row.effectiveFrom > ctx.today).at(-1)
      const authorised = await listAuthorised(db, ctx.scope.countyCode, { list, day: ctx.today })
      demands.push({
        list,
        isDemanded: said?.isDemanded ?? policy.demands[list],
        from: said?.effectiveFrom ?? policy.from,
        reason: said?.reason ?? null,
        setBy: said?.setBy ?? null,
        next: next === undefined ? null : { isDemanded: next.isDemanded, from: next.effectiveFrom },
        persons: authorised.persons.length,
        households: authorised.households.length,
      })
    }
    return demands
  })
}

/** Says from when a list is compared only with an authorisation, or needs none. */
export async function setDemand(ctx: Context, input: SetDemand): Promise<ListDemand[]> {
  return inTransaction(ctx, async (db) => {
    await saveDemand(db, ctx, input)
    const { list, isDemanded, effectiveFrom, reason } = input
    await audit(db, ctx, {
      did: 'screening.set-demand',
      objectKind: 'screening.list',
      objectId: list,
      reason,
      details: { isDemanded, effectiveFrom },
    })
    return readDemands({ ...ctx, db })
  })
}
