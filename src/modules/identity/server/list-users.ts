import { maskPhone } from '#kernel/pure/text/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ListUsers, User } from '../contract.ts'
import { listLocked } from './login-store.ts'
import { phonePlace } from './open-accounts.ts'
import { mayDo } from './may-do.ts'
import { asSystem } from './system-store.ts'
import { listUserPage, type StoredUser } from './user-store.ts'

/** One page of users with masked telephones and what the caller may do with each. */
export async function listUsers(ctx: Context, wanted: ListUsers, vault: Vault): Promise<Page<User>> {
  return inTransaction(ctx, async (db) => {
    const page = await listUserPage(db, ctx, wanted)
    const loginNames = page.items.map((user) => user.loginName)
    const locked = await asSystem({ ...ctx, db }, 'list-locked', (system) => listLocked(system, { loginNames, now: ctx.now }))
    return { ...page, items: page.items.map((user) => toRecord(ctx, { user, isLocked: locked.has(user.loginName), vault })) }
  })
}

function toRecord(ctx: Context, given: { user: StoredUser; isLocked: boolean; vault: Vault }): User {
  const { user, isLocked, vault } = given
  const { phoneCell, ...rest } = user
  const may = (action: string) => mayDo(ctx, 'identity.user', action)
  const isOther = user.userId !== ctx.caller.id
  const isActive = user.state === 'active'
  return {
    ...rest,
    ...(phoneCell === undefined ? {} : { phoneMasked: maskPhone(vault.decrypt(phoneCell, phonePlace(user.userId))) }),
    isLocked,
    can: {
      edit: may('manage') && user.state !== 'left',
      disable: may('manage') && isOther && isActive,
      enable: may('manage') && isOther && user.state === 'disabled',
      handOver: may('manage') && isOther && user.state !== 'left',
      reset: may('reset') && isOther && isActive,
      unlock: may('reset') && isLocked,
    },
  }
}
