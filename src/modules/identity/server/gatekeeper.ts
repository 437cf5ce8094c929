import { grantArea, grantCounty, grantHouseholds, type Context, type Scope } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import type { Gatekeeper, Recognised } from '#kernel/server/http/index.ts'
import { areaLevels } from '../contract.ts'
import { isGranted, judgeReach } from '../rules/roles.ts'
import { identityPolicy } from './policy.ts'
import { countyOfToken, findSession, noteSeen, type Member } from './session-store.ts'
import { noCounty, systemContext, type Clock } from './system-store.ts'

/** Says which households are a helper's own work; asked in a system context of the county. */
export type HouseholdsOfHelper = (ctx: Context, userId: string) => Promise<readonly string[]>

/** Modules hang on this list which households a helper may see; without an answer he sees none. */
export const householdsOfHelper: HouseholdsOfHelper[] = []

/** What a session may do before its one-time password is changed. */
export const actionsBeforeChange = ['read-self', 'change-password', 'log-out'] as const

/** Recognises callers by their session and grants their scope; authority is read again with every request (trust.md §2.7). */
export function makeGatekeeper(database: Database, clock: Clock = Date.now): Gatekeeper {
  return {
    recognise: (token) => recognise(database, clock, token),
    forPublic: (where = { countyCode: noCounty, reason: 'public' }) => systemContext(database, clock, where),
    allows: (caller, access) => isGranted(identityPolicy(), caller.roles, access),
  }
}

async function recognise(database: Database, clock: Clock, token: string | undefined): Promise<Recognised | undefined> {
  const countyCode = countyOfToken(token)
  if (token === undefined || countyCode === undefined) return undefined
  const system = systemContext(database, clock, { countyCode, reason: 'session' })
  const found = await findSession(system, token)
  if (found === undefined) return undefined
  const { member, isFresh } = found
  if (!isFresh) await inTransaction(system, (db) => noteSeen(db, system, token)) // at most twice a minute
  const scope = await grantScope(system, member)
  const caller = { id: member.userId, name: member.name, roles: member.roles }
  const organisation = member.organisationId === undefined ? {} : { organisationId: member.organisationId }
  const ctx: Context = { ...system, scope, caller: { ...caller, ...organisation } }
  return member.mustChangePassword ? { ctx, onlyActions: actionsBeforeChange } : { ctx }
}

/** The scope that a user's roles and area give. Nobody without a role in force reaches anything. */
async function grantScope(ctx: Context, member: Member): Promise<Scope> {
  const { countyCode } = ctx.scope
  const { areaPath, roles, userId } = member
  if (areaPath === undefined || roles.length === 0) return grantHouseholds(countyCode, [])
  const level = areaLevels[areaPath.split('.').length - 2]
  if (level === undefined) throw new Error('an area path has one to six segments')
  const reach = judgeReach(identityPolicy(), roles, level)
  if (reach === 'county') return grantCounty(countyCode)
  if (reach === 'area') return grantArea(countyCode, areaPath)
  return inTransaction(ctx, async (db) => {
    const answers: string[] = []
    // One after the other: they share the transaction's one connection.
    for (const ask of householdsOfHelper) answers.push(...(await ask({ ...ctx, db }, userId)))
    return grantHouseholds(countyCode, answers)
  })
}
