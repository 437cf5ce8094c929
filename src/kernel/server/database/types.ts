import type { Kysely } from 'kysely'
import type pg from 'pg'

/** A connection inside a transaction whose role and scope are set. Modules give it their own tables with `withTables`. */
export type Db = Kysely<unknown>

/** A database that is open: the pool of the app's login, which has no rights of its own. */
export interface Database {
  readonly pool: pg.Pool
  readonly name: string
  close(): Promise<void>
}

/** How to reach a server: the administrator's login for set-up, and the three logins that the set-up makes. */
export interface ServerAccess {
  admin: pg.ClientConfig
  /** Passwords of bangfu_app, bangfu_migrator and bangfu_relay. */
  passwords: { app: string; migrator: string; relay: string }
}
