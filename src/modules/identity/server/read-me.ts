import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Me } from '../contract.ts'
import { UserId } from '../contract.ts'
import { listGrants } from '../rules/roles.ts'
import { findArea } from './area-store.ts'
import { getUser } from './change-user.ts'
import { findOwnCounty } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { identityPolicy } from './policy.ts'

/** Who the caller is, where, as what, and what that allows. */
export async function readMe(ctx: Context): Promise<Me> {
  return inTransaction(ctx, async (db) => {
    const inside = { ...ctx, db }
    const user = await getUser(db, ctx, UserId.parse(ctx.caller.id))
    const county = await findOwnCounty(inside)
    if (county === undefined) throw identityErrors.noCounty()
    const area = user.areaPath === undefined ? undefined : await findArea(inside, user.areaPath)
    const policy = identityPolicy()
    return {
      userId: user.userId,
      name: user.name,
      loginName: user.loginName,
      mustChangePassword: user.mustChangePassword,
      roles: user.roles.map((key) => ({ key, name: policy.roles[key].name })),
      ...(area === undefined ? {} : { area }),
      county: { code: county.code, name: county.name, isDemo: county.isDemo },
      can: user.mustChangePassword ? {} : listGrants(policy, user.roles),
    }
  })
}
