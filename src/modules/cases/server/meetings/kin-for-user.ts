import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findUserNames, listAreas, listUsersWithRole, type UserName } from '#modules/identity/server/index.ts'
import type { KinUser, OwnHousehold } from '../../rules/meetings/meeting-records.ts'
import type { NameHouseholdFor, WithdrawOwnHousehold } from '../../rules/meetings/meeting-requests.ts'
import { householdsOf } from './kin-own.ts'
import { endNamed, saveNamed } from './kin-store.ts'
import { seen } from './kin-ties.ts'
import { kinErrors } from './meeting-errors.ts'

type Within = Context & { readonly db: Db }
type Own = { readonly user: KinUser; readonly items: OwnHousehold[] }
const most = 20

/** Users below the caller's office who act on cases, by a part of their name: for them an office names households that they would not. */
export async function findKinUsers(ctx: Context, q: string): Promise<{ items: KinUser[] }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const under = ctx.scope.kind === 'area' ? ctx.scope.path : undefined
    const users = new Map<string, UserName>()
    for (const role of ['village-cadre', 'township-officer', 'county-data-officer', 'county-leader', 'helper'] as const)
      for (const user of await listUsersWithRole(within, { role, under })) users.set(user.userId, user)
    const found = [...users.values()].filter(({ name, userId }) => name.includes(q) && userId !== ctx.caller.id).slice(0, most)
    return { items: await shown(within, found) }
  })
}

async function shown(ctx: Within, users: readonly UserName[]): Promise<KinUser[]> {
  const areas = new Map((await listAreas(ctx, {})).map((area) => [area.path, area.name]))
  return users.map(({ userId, name, areaPath = '' }) => ({ userId, name, area: areas.get(areaPath) ?? '' }))
}

/** The user, where he works below the caller's office and is not the caller. Throws `cases.kin-user-not-found`. */
async function userBelow(ctx: Within, userId: string): Promise<UserName> {
  const [user] = await findUserNames(ctx, [userId])
  const { areaPath } = user ?? {}
  const isBelow = ctx.scope.kind !== 'area' || (areaPath?.startsWith(ctx.scope.path) ?? false)
  if (user === undefined || userId === ctx.caller.id || !isBelow) throw kinErrors.kinUserNotFound()
  return user
}

async function answer(ctx: Within, user: UserName): Promise<Own> {
  const [one] = await shown(ctx, [user])
  if (one === undefined) throw kinErrors.kinUserNotFound()
  return { user: one, ...(await householdsOf(ctx, user.userId)) }
}

/** What was named by or for a user. */
export async function readHouseholdsFor(ctx: Context, userId: string): Promise<Own> {
  return inTransaction(ctx, async (db) => answer({ ...ctx, db }, await userBelow({ ...ctx, db }, userId)))
}

/** An office names a household of a user, with how it knows; the database keeps him away from then on. */
export async function nameHouseholdFor(ctx: Context, given: { userId: string } & NameHouseholdFor): Promise<Own> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { userId, householdId, relation, reason } = given
    const user = await userBelow(within, userId)
    await seen(ctx, db, [householdId])
    await saveNamed(db, ctx, { userId, householdId, relation, reason })
    const details = { household: householdId, relation }
    await audit(db, ctx, { did: 'cases.kin.name-for', objectKind: 'identity.user', objectId: userId, reason, details })
    return answer(within, user)
  })
}

/** Takes back what was named by or for a user, with a reason that stays. */
export async function withdrawHouseholdFor(ctx: Context, given: { userId: string } & WithdrawOwnHousehold): Promise<Own> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { userId, householdId, reason } = given
    const user = await userBelow(within, userId)
    const wasThere = await endNamed(db, ctx, { userId, householdId, reason })
    const details = { household: householdId, wasThere }
    await audit(db, ctx, { did: 'cases.kin.withdraw-for', objectKind: 'identity.user', objectId: userId, reason, details })
    return answer(within, user)
  })
}
