import type { Database } from '#kernel/server/database/index.ts'
import type { Gatekeeper, ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { identityErrorWords } from '../policy/error-words.ts'
import { areaRoutes } from './area-routes.ts'
import { makeGatekeeper } from './gatekeeper.ts'
import { organisationRoutes } from './organisation-routes.ts'
import { ownRoutes, publicRoutes } from './routes.ts'
import type { Clock } from './system-store.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { userRoutes } from './user-routes.ts'

// What the start and the command line do with counties and users before anybody is logged in.
export { setDemoPassword } from './change-password.ts'
export { findCounty, type County } from './county-store.ts'
export { createUser } from './create-user.ts'
export { removeDemoCounty } from './demo-county-store.ts'
export { foundCounty } from './found-county.ts'
export { importAreas } from './import-areas.ts'
export { listAreas } from './area-store.ts'
export { listUsers } from './list-users.ts'
export { insertOrganisation } from './organisation-store.ts'
export { listUsersWithRole } from './people-store.ts'
export { resetPassword, unlockUser } from './reset-password.ts'
export { readAreaSheet } from '../rules/area-sheet.ts'
export { systemContext } from './system-store.ts'

/** Users and areas for the server: the routes, and the gatekeeper that recognises every caller. */
export function makeIdentityPlug(parts: {
  database: Database
  vault: Vault
  clock?: Clock
  mayFoundFromElsewhere?: boolean
  removeDemo?: () => Promise<void>
}): ServerPlug & { readonly gatekeeper: Gatekeeper } {
  const { database, vault, clock = Date.now, mayFoundFromElsewhere = false, removeDemo } = parts
  return {
    name: 'identity',
    errorWords: identityErrorWords,
    routes: [
      ...publicRoutes({ database, clock, mayFoundFromElsewhere, removeDemo }),
      ...ownRoutes({ vault }),
      ...userRoutes({ vault }),
      ...areaRoutes(),
      ...organisationRoutes(),
      ...sheetRoutes(),
    ],
    gatekeeper: makeGatekeeper(database, clock),
  }
}
