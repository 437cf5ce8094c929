import pg from 'pg'
import type { Database, ServerAccess } from './types.ts'

const int8 = 20
const numeric = 1700
const date = 1082
const timestamp = 1114
const timestamptz = 1184

/** Type parsers of every connection, set once: bigint, numeric as text, days and instants as text (style.md §9). */
function parserFor(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === int8) return BigInt
  if (oid === numeric || oid === date || oid === timestamp) return String
  if (oid === timestamptz) return (value) => new Date(value).toISOString()
  // Safe: pg's own signature is looser than its parsers.
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
}
// Safe: pg types the custom parsers more narrowly than it uses them.
const types = { getTypeParser: parserFor } as unknown as pg.CustomTypesConfig

/** Connection settings for one of the logins on the same server and database as the administrator's. */
export function asLogin(access: ServerAccess, login: 'bangfu_app' | 'bangfu_migrator' | 'bangfu_relay', database: string): pg.ClientConfig {
  const { app, migrator, relay } = access.passwords
  const password = { bangfu_app: app, bangfu_migrator: migrator, bangfu_relay: relay }[login]
  return { ...access.admin, connectionString: undefined, user: login, password, database, types }
}

/** Opens the pool of the app's login. `size` is the number of connections at most. */
export function openDatabase(access: ServerAccess, name: string, size = 12): Database {
  const pool = new pg.Pool({ ...asLogin(access, 'bangfu_app', name), max: size, idleTimeoutMillis: 30_000, application_name: 'bangfu' })
  pool.on('error', () => undefined) // a connection that breaks while idle is replaced by the pool at its next use
  return { pool, name, close: () => pool.end() }
}

/** Opens one connection and closes it after the work. */
export async function withClient<Result>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ types, ...config })
  client.on('error', () => undefined) // the work's own query reports the break
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Reads DATABASE_URL into the parts that `asLogin` varies. */
export function accessFromUrl(url: string, passwords: ServerAccess['passwords']): { access: ServerAccess; database: string } {
  const parsed = new URL(url)
  const database = decodeURIComponent(parsed.pathname.slice(1)) || 'bangfu'
  const socket = parsed.searchParams.get('host')
  const admin: pg.ClientConfig = {
    host: socket ?? decodeURIComponent(parsed.hostname),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database,
    ...(parsed.searchParams.get('sslmode') === 'require' ? { ssl: true } : {}),
  }
  return { access: { admin, passwords }, database }
}
