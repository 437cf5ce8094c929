import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import {
  FindKinUsers,
  NameHouseholdFor,
  NameOwnHousehold,
  StateKin,
  WithdrawKin,
  WithdrawOwnHousehold,
} from '../../rules/meetings/meeting-requests.ts'
import { findKinUsers, nameHouseholdFor, readHouseholdsFor, withdrawHouseholdFor } from './kin-for-user.ts'
import { nameOwnHousehold, readOwnHouseholds, withdrawOwnHousehold } from './kin-own.ts'
import { readKin, stateKin, withdrawKin } from './kin-ties.ts'

const reading = { action: 'read', object: 'cases.kin', scope: 'area', fields: 'plain' } as const
const stating = { ...reading, action: 'state' } as const

/** Who is kin to whom, and the households that the caller named as his own. */
export function kinRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/cases/kin/households/:householdId',
      access: reading,
      params: z.strictObject({ householdId: z.uuid() }),
      handle: (ctx, { params }) => readKin(ctx, params.householdId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/ties',
      access: stating,
      body: StateKin,
      handle: (ctx, { body }) => stateKin(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/ties/withdraw',
      access: stating,
      body: WithdrawKin,
      handle: (ctx, { body }) => withdrawKin(ctx, body),
    }),
    defineRoute({ method: 'GET', path: '/cases/kin/mine', access: stating, handle: (ctx) => readOwnHouseholds(ctx) }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/mine',
      access: stating,
      body: NameOwnHousehold,
      handle: (ctx, { body }) => nameOwnHousehold(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/mine/withdraw',
      access: stating,
      body: WithdrawOwnHousehold,
      handle: (ctx, { body }) => withdrawOwnHousehold(ctx, body),
    }),
    ...forUserRoutes(),
  ]
}

/** Households that an office names for its users. */
function forUserRoutes(): AnyRoute[] {
  const access = { ...reading, action: 'state-for' } as const
  const params = z.strictObject({ officerId: z.uuid() })
  return [
    defineRoute({
      method: 'POST',
      path: '/cases/kin/users',
      kind: 'question',
      access,
      body: FindKinUsers,
      handle: (ctx, { body }) => findKinUsers(ctx, body.q),
    }),
    defineRoute({
      method: 'GET',
      path: '/cases/kin/users/:officerId',
      access,
      params,
      handle: (ctx, { params: { officerId: userId } }) => readHouseholdsFor(ctx, userId),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/users/:officerId',
      access,
      params,
      body: NameHouseholdFor,
      handle: (ctx, { params: { officerId: userId }, body }) => nameHouseholdFor(ctx, { userId, ...body }),
    }),
    defineRoute({
      method: 'POST',
      path: '/cases/kin/users/:officerId/withdraw',
      access,
      params,
      body: WithdrawOwnHousehold,
      handle: (ctx, { params: { officerId: userId }, body }) => withdrawHouseholdFor(ctx, { userId, ...body }),
    }),
  ]
}
