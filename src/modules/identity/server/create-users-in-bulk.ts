import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { soundOfName } from '#kernel/pure/text/pinyin.ts'
import type { BulkUserResult, BulkUserRow } from '../contract.ts'
import { judgeBulkRow, type BulkPlaces } from '../rules/bulk-users.ts'
import { areasByName } from './import-areas.ts'
import { listNamesLike, listTakenNames } from './login-store.ts'
import { makeUserId, openAccounts, sealPhone, type AccountDraft } from './open-accounts.ts'
import { listOrganisations } from './organisation-store.ts'
import { identityPolicy } from './policy.ts'
import { asSystem } from './system-store.ts'
import { listKnownPeople } from './user-store.ts'

type Judged = ReturnType<typeof judgeBulkRow>
type Accepted = Extract<Judged, { ok: true }>['user']

/** Makes accounts from a sheet. Each row is made, with its one-time password shown this once, or refused with column and reason. */
export async function createUsersInBulk(ctx: Context, rows: readonly BulkUserRow[], vault: Vault): Promise<BulkUserResult[]> {
  return inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const places: BulkPlaces = {
      names: await areasByName(inside),
      organisations: new Map((await listOrganisations(inside)).map((one) => [one.name, one.organisationId])),
      policy: identityPolicy(),
      countyCode: ctx.scope.countyCode,
    }
    const judged = rows.map((row) => ({ row, verdict: judgeBulkRow(row, places) }))
    const found = await refuseTwice(inside, { judged, vault })
    const drafts = await nameLogins(inside, found)
    const accounts = new Map((await openAccounts(db, ctx, [...drafts.values()])).map((account) => [account.userId, account]))
    const results = found.map(({ row, verdict }): BulkUserResult => {
      const draft = drafts.get(row)
      const account = draft === undefined ? undefined : accounts.get(draft.userId)
      if (account !== undefined) return { state: 'made', row: row.row, account }
      return {
        state: 'refused',
        row: row.row,
        name: row.name,
        problems: verdict.ok ? [{ field: 'loginName', reason: 'login-name-taken' }] : verdict.problems,
      }
    })
    const details = { rows: rows.length, made: accounts.size }
    await audit(db, ctx, { did: 'identity.user-bulk', objectKind: 'identity.user', objectId: ctx.scope.countyCode, details })
    return results
  })
}

interface Row {
  row: BulkUserRow
  verdict: Judged
  sealed?: Pick<AccountDraft, 'userId' | 'phoneCell' | 'phoneIndex'>
}

/** Refuses the second row of a person (name and telephone) and people who have an account. */
async function refuseTwice(ctx: Context & { db: Db }, given: { judged: Row[]; vault: Vault }): Promise<Row[]> {
  const sealed = given.judged.map((one): Row => {
    if (!one.verdict.ok) return one
    const userId = makeUserId(ctx)
    return { ...one, sealed: { userId, ...sealPhone(given.vault, userId, one.verdict.user.phone) } }
  })
  const known = await listKnownPeople(
    ctx.db,
    ctx,
    sealed.flatMap((one) => one.sealed?.phoneIndex ?? []),
  )
  const seen = new Set<string>()
  return sealed.map((one) => {
    if (!one.verdict.ok || one.sealed?.phoneIndex === undefined) return one
    const person = `${one.verdict.user.name}\0${one.sealed.phoneIndex.toString('hex')}`
    const reason = known.has(person) ? 'already-there' : seen.has(person) ? 'twice-in-sheet' : undefined
    seen.add(person)
    return reason === undefined ? one : { row: one.row, verdict: { ok: false, problems: [{ field: 'name', reason }] } }
  })
}

/** Gives every accepted row its login name: the written one, or the sound of the name and the first free number. Taken ones fall out. */
async function nameLogins(ctx: Context & { db: Db }, rows: readonly Row[]): Promise<Map<BulkUserRow, AccountDraft>> {
  const accepted = rows.flatMap(({ row, verdict, sealed }) =>
    verdict.ok && sealed !== undefined ? [{ row, user: verdict.user, sealed }] : [],
  )
  const stems = [...new Set(accepted.filter((one) => one.user.loginName === undefined).map((one) => stemOf(one.user)))]
  const written = accepted.flatMap((one) => one.user.loginName ?? [])
  const taken = await asSystem(ctx, 'name-logins', async (system) => {
    const alike = await listNamesLike(system, stems)
    return new Set([...alike, ...(await listTakenNames(system, written))])
  })
  const drafts = new Map<BulkUserRow, AccountDraft>()
  // Written names first, so that a made one does not take them.
  for (const one of accepted.toSorted((a, b) => Number(a.user.loginName === undefined) - Number(b.user.loginName === undefined))) {
    const loginName = one.user.loginName ?? freeName(stemOf(one.user), taken)
    if (taken.has(loginName)) continue
    taken.add(loginName)
    drafts.set(one.row, { ...one.user, ...one.sealed, loginName })
  }
  return drafts
}

function stemOf(user: Accepted): string {
  const sound = soundOfName(user.name).full.slice(0, 30)
  return sound.length >= 2 ? sound : 'user'
}

function freeName(stem: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}${number}`
    if (!taken.has(name)) return name
  }
}
