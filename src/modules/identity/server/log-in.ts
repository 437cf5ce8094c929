import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database, type Db } from '#kernel/server/database/index.ts'
import type { LogIn } from '../contract.ts'
import { idleMinutesOf } from '../rules/roles.ts'
import { identityErrors } from './errors.ts'
import { clearTries, countTry, findLogin, insertLoginEvent, type Login } from './login-store.ts'
import { fitsPassword } from './passwords.ts'
import { identityPolicy } from './policy.ts'
import { endSession, findMember, insertSession, makeToken } from './session-store.ts'
import { asSystem, noCounty, systemContext, type Clock } from './system-store.ts'

interface Try {
  login: Login | undefined
  lockedUntil?: string
  isLast: boolean
}

/**
 * Begins a session and returns its token. A wrong password, a name nobody has and a disabled account get the same answer after the
 * same work; five failed tries of a name lock it for a while, whether or not somebody has it.
 */
export async function logIn(database: Database, clock: Clock, input: LogIn & { address: string }): Promise<Begun> {
  const loginName = input.loginName.normalize('NFKC').trim().toLowerCase()
  const outside = systemContext(database, clock, { countyCode: noCounty, reason: 'login' })
  const { lock } = identityPolicy()
  const found: Try = await inTransaction(outside, async (db) => {
    const counted = await countTry(db, { loginName, now: outside.now, lock })
    return { ...counted, login: await findLogin(db, loginName) }
  })
  if (found.lockedUntil !== undefined) throw identityErrors.loginLocked({ until: found.lockedUntil })
  const fits = await fitsPassword(found.login?.passwordHash, input.password)
  const ctx = systemContext(database, clock, { countyCode: found.login?.countyCode ?? noCounty, reason: 'login' })
  const begun = await inTransaction(ctx, (db) =>
    fits ? begin(db, ctx, { address: input.address, loginName, found }) : refuse(db, ctx, { address: input.address, found }),
  )
  if (begun === undefined) throw identityErrors.loginRefused() // after the commit: the try stays written down
  return begun
}

interface Begun {
  token: string
  mustChangePassword: boolean
}

interface Given {
  found: Try
  address: string
}

async function begin(db: Db, ctx: Context, given: Given & { loginName: string }): Promise<Begun | undefined> {
  const member = given.found.login === undefined ? undefined : await findMember(db, ctx, given.found.login.userId)
  if (member === undefined || member.state !== 'active') return refuse(db, ctx, given)
  const { sessions } = identityPolicy()
  const token = makeToken(ctx.scope.countyCode)
  await insertSession(db, ctx, {
    token,
    userId: member.userId,
    idleMinutes: idleMinutesOf(identityPolicy(), member.roles),
    longestHours: sessions.longestHours,
  })
  await clearTries(db, { loginName: given.loginName, now: ctx.now })
  await insertLoginEvent(db, ctx, { userId: member.userId, kind: 'login', address: given.address })
  const by = { ...ctx, caller: { id: member.userId, name: member.name, roles: member.roles } }
  await audit(db, by, { did: 'identity.login', objectKind: 'identity.user', objectId: member.userId })
  return { token, mustChangePassword: member.mustChangePassword }
}

/** Writes the failed try down; under no county for a name that nobody has. */
async function refuse(db: Db, ctx: Context, given: Given): Promise<undefined> {
  const { login, isLast } = given.found
  if (login !== undefined) {
    await insertLoginEvent(db, ctx, { userId: login.userId, kind: isLast ? 'locked' : 'refused', address: given.address })
  }
  const did = isLast ? 'identity.login-locked' : 'identity.login-refused'
  await audit(db, ctx, { did, objectKind: 'identity.user', objectId: login?.userId ?? 'unknown' })
}

/** Ends the caller's session. */
export async function logOut(ctx: Context, given: { token: string; address: string }): Promise<void> {
  await asSystem(ctx, 'logout', async (system) => {
    await endSession(system, ctx, given.token)
    await insertLoginEvent(system, ctx, { userId: ctx.caller.id, kind: 'logout', address: given.address })
    await audit(system, ctx, { did: 'identity.logout', objectKind: 'identity.user', objectId: ctx.caller.id })
  })
}
