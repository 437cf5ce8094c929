import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { NewAccount, UserId } from '../contract.ts'
import { getUser } from './change-user.ts'
import { identityErrors } from './errors.ts'
import { clearTries, savePassword } from './login-store.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'
import { endSessions } from './session-store.ts'
import { asSystem } from './system-store.ts'

/** Gives a user a new one-time password, shown this once; unlocks, and ends the sessions. Nobody resets his own. */
export async function resetPassword(ctx: Context, userId: UserId): Promise<NewAccount> {
  if (userId === ctx.caller.id) throw identityErrors.notYourself()
  const oneTimePassword = makeOneTimePassword()
  const passwordHash = await hashPassword(oneTimePassword)
  return inTransaction(ctx, async (db) => {
    const user = await getUser(db, ctx, userId)
    if (user.state !== 'active') throw identityErrors.notActive()
    await asSystem({ ...ctx, db }, 'reset', async (system) => {
      await savePassword(system, ctx, { userId, passwordHash, isOneTime: true })
      await clearTries(system, { loginName: user.loginName, now: ctx.now })
      await endSessions(system, ctx, { userId, reason: 'reset' })
    })
    await audit(db, ctx, { did: 'identity.user-reset', objectKind: 'identity.user', objectId: userId })
    return { userId, name: user.name, loginName: user.loginName, oneTimePassword }
  })
}

/** Lets a user try again before the lock has run out. */
export async function unlockUser(ctx: Context, userId: UserId): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const user = await getUser(db, ctx, userId)
    await asSystem({ ...ctx, db }, 'unlock', (system) => clearTries(system, { loginName: user.loginName, now: ctx.now }))
    await audit(db, ctx, { did: 'identity.user-unlock', objectKind: 'identity.user', objectId: userId })
  })
}
