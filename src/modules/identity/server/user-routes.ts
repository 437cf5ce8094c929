import * as z from 'zod'
import { defineRoute, type Access, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ChangeUser, CreateUser, CreateUsersInBulk, HandOver, ListUsers, UserId } from '../contract.ts'
import { changeUser, setUserState } from './change-user.ts'
import { createUser } from './create-user.ts'
import { createUsersInBulk } from './create-users-in-bulk.ts'
import { handOver } from './hand-over.ts'
import { listUsers } from './list-users.ts'
import { resetPassword, unlockUser } from './reset-password.ts'

const users = (action: 'read' | 'manage' | 'reset'): Access => ({ action, object: 'identity.user', scope: 'county', fields: 'masked' })
const params = z.strictObject({ userId: UserId })

/** Accounts: list, open, change, close, hand over. */
export function userRoutes({ vault }: { vault: Vault }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/identity/users',
      access: users('read'),
      query: ListUsers,
      handle: (ctx, { query }) => listUsers(ctx, query, vault),
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/users',
      access: users('manage'),
      isSecret: true,
      body: CreateUser,
      handle: (ctx, { body }) => createUser(ctx, body, vault),
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/users/bulk',
      access: users('manage'),
      isSecret: true,
      body: CreateUsersInBulk,
      handle: async (ctx, { body }) => ({ results: await createUsersInBulk(ctx, body.rows, vault) }),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/identity/users/:userId',
      access: users('manage'),
      params,
      body: ChangeUser,
      handle: (ctx, { params: { userId }, body }) => changeUser(ctx, { userId, input: body, vault }),
    }),
    ...accountRoutes(),
  ]
}

function accountRoutes(): AnyRoute[] {
  const at = (verb: string) => ({ method: 'POST', path: `/identity/users/:userId/${verb}`, params }) as const
  return [
    defineRoute({
      ...at('reset'),
      access: users('reset'),
      isSecret: true,
      handle: (ctx, { params: { userId } }) => resetPassword(ctx, userId),
    }),
    defineRoute({ ...at('unlock'), access: users('reset'), handle: (ctx, { params: { userId } }) => unlockUser(ctx, userId) }),
    defineRoute({
      ...at('disable'),
      access: users('manage'),
      handle: (ctx, { params: { userId } }) => setUserState(ctx, { userId, state: 'disabled' }),
    }),
    defineRoute({
      ...at('enable'),
      access: users('manage'),
      handle: (ctx, { params: { userId } }) => setUserState(ctx, { userId, state: 'active' }),
    }),
    defineRoute({
      ...at('hand-over'),
      access: users('manage'),
      body: HandOver,
      handle: (ctx, { params: { userId }, body }) => handOver(ctx, { fromUserId: userId, ...body }),
    }),
  ]
}
