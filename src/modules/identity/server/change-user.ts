import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { firstAdministrators, type ChangeUser, type RoleKey, type UserId } from '../contract.ts'
import { refuseRoles } from './create-user.ts'
import { identityErrors } from './errors.ts'
import { accountErrors, sealPhone } from './open-accounts.ts'
import { endSessions } from './session-store.ts'
import { asSystem, translating } from './system-store.ts'
import { countOthersWithRole, endRoles, findUser, insertRoles, updateUser, type StoredUser } from './user-store.ts'

/** Changes name, telephone, organisation, roles or area. Other roles or another area end the sessions; nobody changes his own. */
export async function changeUser(ctx: Context, given: { userId: UserId; input: ChangeUser; vault: Vault }): Promise<void> {
  const { userId, input, vault } = given
  await inTransaction(ctx, async (db) => {
    const user = await getUser(db, ctx, userId)
    const roles = [...new Set(input.roles ?? user.roles)].sort()
    const areaPath = input.areaPath ?? user.areaPath
    const isMoved = areaPath !== user.areaPath || roles.join() !== [...user.roles].sort().join()
    if (isMoved && userId === ctx.caller.id) throw identityErrors.notYourself()
    await translating(db, ctx, { errors: accountErrors, work: (inner) => saveChange({ ...ctx, db: inner }, { user, input, vault }) })
    if (isMoved && areaPath !== undefined) {
      await refuseRoles({ ...ctx, db }, { roles, areaPath })
      await keepAdministrators(db, ctx, { userId, roles: user.roles.filter((role) => !roles.includes(role)) })
      await endRoles(db, ctx, userId)
      await insertRoles(
        db,
        ctx,
        roles.map((role) => ({ userId, role, areaPath })),
      )
      await asSystem({ ...ctx, db }, 'role-changed', (system) => endSessions(system, ctx, { userId, reason: 'role-changed' }))
    }
    const details = isMoved ? { roles, areaPath, before: { roles: user.roles, areaPath: user.areaPath ?? null } } : {}
    await audit(db, ctx, { did: 'identity.user-change', objectKind: 'identity.user', objectId: userId, details })
  })
}

async function saveChange(ctx: Context & { db: Db }, given: { user: StoredUser; input: ChangeUser; vault: Vault }): Promise<void> {
  const { user, input, vault } = given
  const change = {
    name: input.name ?? user.name,
    organisationId: input.organisationId ?? user.organisationId,
    state: user.state,
    ...sealPhone(vault, user.userId, input.phone),
  }
  const isSaved = await updateUser(ctx.db, ctx, { userId: user.userId, revision: input.revision, change })
  if (!isSaved) throw identityErrors.changedMeanwhile()
}

/** Disables an account, which ends its sessions at once, or lets it in again. */
export async function setUserState(ctx: Context, given: { userId: UserId; state: 'active' | 'disabled' }): Promise<void> {
  const { userId, state } = given
  if (userId === ctx.caller.id) throw identityErrors.notYourself()
  await inTransaction(ctx, async (db) => {
    const user = await getUser(db, ctx, userId)
    if (user.state === state) return
    if (user.state === 'left') throw identityErrors.notActive()
    if (state === 'disabled') await keepAdministrators(db, ctx, { userId, roles: user.roles })
    const change = { name: user.name, organisationId: user.organisationId, state }
    if (!(await updateUser(db, ctx, { userId, revision: user.revision, change }))) throw identityErrors.changedMeanwhile()
    if (state === 'disabled') {
      await asSystem({ ...ctx, db }, 'disabled', (system) => endSessions(system, ctx, { userId, reason: 'disabled' }))
    }
    const did = state === 'disabled' ? 'identity.user-disable' : 'identity.user-enable'
    await audit(db, ctx, { did, objectKind: 'identity.user', objectId: userId })
  })
}

export async function getUser(db: Db, ctx: Context, userId: UserId): Promise<StoredUser> {
  const user = await findUser(db, ctx, userId)
  if (user === undefined) throw identityErrors.userNotFound()
  return user
}

/** Refuses to take the last system, security or audit administrator away: nobody could make another. */
export async function keepAdministrators(db: Db, ctx: Context, given: { userId: UserId; roles: readonly RoleKey[] }): Promise<void> {
  for (const role of firstAdministrators) {
    // At most one of the three is held by one person, so this asks once.
    if (given.roles.includes(role) && (await countOthersWithRole(db, ctx, { role, userId: given.userId })) === 0) {
      throw identityErrors.lastAdministrator({ role })
    }
  }
}
