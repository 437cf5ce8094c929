import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { UserId, type ChangePassword } from '../contract.ts'
import { judgePassword } from '../rules/passwords.ts'
import { getUser } from './change-user.ts'
import { findOwnCounty } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { findLoginOfUser, savePassword } from './login-store.ts'
import { phonePlace } from './open-accounts.ts'
import { fitsPassword, hashPassword } from './passwords.ts'
import { identityPolicy } from './policy.ts'
import { endSessions } from './session-store.ts'
import { asSystem } from './system-store.ts'

interface Given {
  input: ChangePassword
  vault: Vault
  /** The session that stays; all others of the user end. */
  token: string | undefined
}

/** The caller changes his own password; a one-time password gives way to a lasting one. */
export async function changePassword(ctx: Context, { input, vault, token }: Given): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const user = await getUser(db, ctx, UserId.parse(ctx.caller.id))
    const login = await asSystem(inside, 'check-password', (system) => findLoginOfUser(system, ctx, user.userId))
    if (!(await fitsPassword(login?.passwordHash, input.currentPassword))) throw identityErrors.wrongPassword()
    const phone = user.phoneCell === undefined ? undefined : vault.decrypt(user.phoneCell, phonePlace(user.userId))
    const facts = { ...user, phone, password: input.newPassword, currentPassword: input.currentPassword }
    const { passwords } = identityPolicy()
    const reasons = judgePassword(facts, passwords)
    if (reasons.length > 0) throw identityErrors.passwordNotAllowed({ reasons, leastLength: passwords.leastLength })
    const passwordHash = await hashPassword(input.newPassword)
    await asSystem(inside, 'change-password', async (system) => {
      await savePassword(system, ctx, { userId: user.userId, passwordHash, isOneTime: false })
      await endSessions(system, ctx, { userId: user.userId, reason: 'password-changed', except: token })
    })
    await audit(db, ctx, { did: 'identity.password-change', objectKind: 'identity.user', objectId: user.userId })
  })
}

/** Gives an account of the demo county a lasting password that the start prints. Refused in a real county. */
export async function setDemoPassword(ctx: Context, given: { userId: UserId; password: string }): Promise<void> {
  const passwordHash = await hashPassword(given.password)
  await inTransaction(ctx, async (db) => {
    const county = await findOwnCounty({ ...ctx, db })
    if (county?.isDemo !== true) throw identityErrors.notTheDemo()
    await asSystem({ ...ctx, db }, 'demo-password', (system) =>
      savePassword(system, ctx, { userId: given.userId, passwordHash, isOneTime: false }),
    )
  })
}
