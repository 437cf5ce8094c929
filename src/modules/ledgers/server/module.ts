import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ledgersErrorWords } from '../rules/error-words.ts'
import { ledgerIndicators } from './ledger-indicators.ts'
import { importRoutes } from './import-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { recordRoutes } from './record-routes.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { templateRoutes } from './template-routes.ts'

/** Ledgers for the server: books, records, templates. The shipped templates are read here, so that a wrong one stops the start. */
export function makeLedgersPlug(deps: { database: Database; vault: Vault; filesDirectory: string }): ServerPlug {
  shippedTemplates()
  return {
    name: 'ledgers',
    indicators: ledgerIndicators,
    errorWords: ledgersErrorWords,
    routes: [...recordRoutes(deps), ...importRoutes(deps), ...paperRoutes(deps), ...templateRoutes()],
  }
}
