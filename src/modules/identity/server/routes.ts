import { defineRoute, type Access, type AnyRoute } from '#kernel/server/http/index.ts'
import type { Database } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ChangePassword, FoundCounty, LogIn, StartEmpty, type Start } from '../contract.ts'
import { changePassword } from './change-password.ts'
import { findCounty } from './county-store.ts'
import { identityErrors } from './errors.ts'
import { foundCounty } from './found-county.ts'
import type { actionsBeforeChange } from './gatekeeper.ts'
import { logIn, logOut } from './log-in.ts'
import { readMe } from './read-me.ts'
import type { Clock } from './system-store.ts'

/** What the routes of identity are made with. */
export interface IdentityParts {
  database: Database
  vault: Vault
  clock: Clock
  /** Whether a county may be founded from another machine; by default only from the one the server runs on. */
  mayFoundFromElsewhere: boolean
  /** Empties the demo county, so that the page can offer a county of one's own; absent where the start does not offer it. */
  removeDemo?: (() => Promise<void>) | undefined
}

const open = (action: string): Access => ({ action, object: 'identity.session', scope: 'public', fields: 'none' })
const own = (action: (typeof actionsBeforeChange)[number]): Access => ({ action, object: 'identity.session', scope: 'own', fields: 'none' })

/** The first page: what county this is, founding one, leaving the demo. */
function startRoutes({ database, clock, mayFoundFromElsewhere, removeDemo }: Omit<IdentityParts, 'vault'>): AnyRoute[] {
  const mayFound = (address: string) => mayFoundFromElsewhere || /^(127\.|::1$|::ffff:127\.)/.test(address)
  return [
    defineRoute({
      method: 'GET',
      path: '/identity/start',
      access: open('read-start'),
      handle: async (_ctx, { request }): Promise<Start> => {
        const county = await findCounty(database, clock)
        const isHere = mayFound(request.address)
        if (county === undefined) return { can: { found: isHere, startEmpty: false } }
        const { code: _code, ...shown } = county
        return { county: shown, can: { found: false, startEmpty: county.isDemo && isHere && removeDemo !== undefined } }
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/start-empty',
      access: open('start-empty'),
      body: StartEmpty,
      handle: async (_ctx, { body, request }) => {
        const county = await findCounty(database, clock)
        if (removeDemo === undefined || !mayFound(request.address)) throw identityErrors.notFromHere()
        if (county?.isDemo !== true || body.countyName.trim() !== county.name) throw identityErrors.notTheDemo()
        await removeDemo()
        request.setSession(undefined)
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/identity/found',
      access: open('found'),
      body: FoundCounty,
      handle: (_ctx, { body, request }) => {
        if (!mayFound(request.address)) throw identityErrors.notFromHere()
        return foundCounty(database, clock, body)
      },
    }),
  ]
}

/** The login itself. */
function loginRoutes({ database, clock }: Pick<IdentityParts, 'database' | 'clock'>): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/identity/login',
      access: open('log-in'),
      body: LogIn,
      handle: async (_ctx, { body, request }) => {
        const { token, mustChangePassword } = await logIn(database, clock, { ...body, address: request.address })
        request.setSession(token)
        return { mustChangePassword }
      },
    }),
  ]
}

/** What nobody needs a login for. */
export function publicRoutes(parts: Omit<IdentityParts, 'vault'>): AnyRoute[] {
  return [...startRoutes(parts), ...loginRoutes(parts)]
}

/** The caller's own account and session. */
export function ownRoutes({ vault }: Pick<IdentityParts, 'vault'>): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/identity/logout',
      access: own('log-out'),
      handle: async (ctx, { request }) => {
        if (request.sessionToken !== undefined) await logOut(ctx, { token: request.sessionToken, address: request.address })
        request.setSession(undefined)
      },
    }),
    defineRoute({ method: 'GET', path: '/identity/me', access: own('read-self'), handle: (ctx) => readMe(ctx) }),
    defineRoute({
      method: 'POST',
      path: '/identity/password',
      access: own('change-password'),
      isSecret: true,
      body: ChangePassword,
      handle: (ctx, { body, request }) => changePassword(ctx, { input: body, vault, token: request.sessionToken }),
    }),
  ]
}
