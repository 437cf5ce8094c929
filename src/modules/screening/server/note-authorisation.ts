import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { authorisationPolicyOn } from '../policy/authorisation.ts'
import { lastDayAfter } from '../rules/authorisation-rows.ts'
import type { AuthorisationRecord } from '../rules/compare-records.ts'
import type { ListAuthorisations, NoteAuthorisation, RevokeAuthorisation } from '../rules/compare-requests.ts'
import {
  insertAuthorisations,
  isAuthorisation,
  listAuthorisationRows,
  saveRevoked,
  type StoredAuthorisation,
} from './authorisation-store.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { screeningErrors } from './screening-errors.ts'

const usualPage = 50

/** Authorisations within the caller's scope, the latest given first. */
export async function listAuthorisations(ctx: Context, query: ListAuthorisations, deps: LeadDeps): Promise<Page<AuthorisationRecord>> {
  const { after, limit = usualPage, householdId, state } = query
  return inTransaction(ctx, async (db) => {
    const wanted = { householdId, state, today: ctx.today, after: readCursor(after, ['day', 'id']), limit: limit + 1 }
    const page = toPage(await listAuthorisationRows(db, ctx.scope, wanted), limit, (row) => [row.givenOn, row.authorisationId])
    return { ...page, items: await showAll({ ...ctx, db }, page.items, deps) }
  })
}

async function showAll(ctx: Context, rows: readonly StoredAuthorisation[], deps: LeadDeps): Promise<AuthorisationRecord[]> {
  const householdIds = [...new Set(rows.map((row) => row.householdId))]
  const briefs = await readBriefs(ctx, householdIds)
  const members = await readMembers(ctx, householdIds, deps)
  const may = mayDo(ctx, 'screening.authorisation', 'note')
  return rows.map((row) => ({
    ...row,
    household: briefs.get(row.householdId) ?? null,
    personName: members.get(row.householdId)?.find((one) => one.personId === row.personId)?.name ?? null,
    state: stateOn(row, ctx.today),
    can: { revoke: may && row.revokedOn === null },
  }))
}

/** How an authorisation stands on a day. */
function stateOn(row: StoredAuthorisation, day: string): AuthorisationRecord['state'] {
  if (row.revokedOn !== null && row.revokedOn <= day) return 'revoked'
  if (row.validUntil < day) return 'expired'
  return row.givenOn > day ? 'future' : 'current'
}

/** Notes a 授权书 by hand. Throws `screening.already-authorised`, `not-of-household`, `wrong-days`. */
export async function noteAuthorisation(ctx: Context, input: NoteAuthorisation, deps: LeadDeps): Promise<Page<AuthorisationRecord>> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const [home] = await findHouseholds(within, db, [input.householdId])
    if (home === undefined) throw httpErrors.notFound()
    const members = (await readMembers(within, [input.householdId], deps)).get(input.householdId) ?? []
    if (input.personId !== null && !members.some((one) => one.personId === input.personId)) throw screeningErrors.notOfHousehold()
    const givenOn = readDay(input.givenOn)
    if (givenOn === undefined || givenOn > ctx.today) throw screeningErrors.wrongDays()
    const validUntil = input.validUntil ?? lastDayAfter(givenOn, authorisationPolicyOn(ctx.today).defaultMonths)
    if (validUntil < givenOn) throw screeningErrors.wrongDays()
    const [id] = await insertAuthorisations(db, ctx, [{ ...input, areaPath: home.areaPath, validUntil, source: 'hand' }])
    if (id === undefined) throw screeningErrors.alreadyAuthorised()
    await audit(db, ctx, {
      did: 'screening.note-authorisation',
      objectKind: 'screening.authorisation',
      objectId: id,
      details: { givenOn, validUntil, lists: input.lists },
    })
    return listAuthorisations(within, { householdId: input.householdId }, deps)
  })
}

/** Ends an authorisation from a day on: what was compared before stays. Throws `screening.already-revoked`. */
export async function revokeAuthorisation(ctx: Context, authorisationId: string, input: RevokeAuthorisation): Promise<{ revoked: true }> {
  return inTransaction(ctx, async (db) => {
    if (!(await saveRevoked(db, ctx, { authorisationId, ...input })))
      throw (await isAuthorisation(db, ctx.scope, authorisationId)) ? screeningErrors.alreadyRevoked() : httpErrors.notFound()
    await audit(db, ctx, {
      did: 'screening.revoke-authorisation',
      objectKind: 'screening.authorisation',
      objectId: authorisationId,
      reason: input.reason,
      details: { revokedOn: input.revokedOn },
    })
    return { revoked: true }
  })
}
