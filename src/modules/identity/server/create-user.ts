import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { CreateUser, NewAccount, RoleKey } from '../contract.ts'
import { judgeRoles } from '../rules/roles.ts'
import { findArea } from './area-store.ts'
import { identityErrors } from './errors.ts'
import { makeUserId, openAccounts, sealPhone } from './open-accounts.ts'
import { identityPolicy } from './policy.ts'

/** Creates a user with a one-time password, which is returned this once. */
export async function createUser(ctx: Context, input: CreateUser, vault: Vault): Promise<NewAccount> {
  return inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    await refuseRoles(inside, input)
    const userId = makeUserId(ctx)
    const [account] = await openAccounts(db, ctx, [
      { ...input, ...sealPhone(vault, userId, input.phone), userId, roles: [...new Set(input.roles)] },
    ])
    if (account === undefined) throw new Error('an account was asked for and none was made')
    const details = { roles: input.roles, areaPath: input.areaPath }
    await audit(db, ctx, { did: 'identity.user-create', objectKind: 'identity.user', objectId: userId, details })
    return account
  })
}

/** Throws when the area is not of this county or these roles may not be held together or at its level. */
export async function refuseRoles(ctx: Context, given: { roles: readonly RoleKey[]; areaPath: string }): Promise<void> {
  const area = await findArea(ctx, given.areaPath)
  if (area === undefined) throw identityErrors.unknownArea()
  const verdict = judgeRoles(identityPolicy(), given.roles, area.level)
  if (!verdict.ok) throw identityErrors.rolesNotAllowed({ reasons: verdict.reasons })
}
