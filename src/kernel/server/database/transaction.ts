import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import { isId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '../caller/index.ts'
import type { Db } from './types.ts'

const clients = new WeakMap<object, pg.ClientBase>()
let savepoints = 0

/**
 * Runs work in one transaction as the role and with the scope of the caller, set in one round trip with BEGIN.
 * Inside another transaction (`ctx.db`) it is a savepoint. Whatever is thrown rolls back and passes on.
 * `seesOneState`: all queries see the database as the first one found it, whatever others commit; without effect inside another transaction.
 */
export async function inTransaction<Result>(ctx: Context, work: (db: Db) => Promise<Result>, seesOneState = false): Promise<Result> {
  if (ctx.db !== undefined) return inSavepoint(ctx.db, work)
  const client = await ctx.database.pool.connect()
  let broken: Error | undefined
  try {
    await client.query(beginStatement(ctx, seesOneState))
    const result = await work(dbOf(client))
    await client.query('COMMIT')
    return result
  } catch (fault) {
    await client.query('ROLLBACK').catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error('rollback failed')
    })
    throw fault
  } finally {
    client.release(broken)
  }
}

/** Runs reads in the caller's transaction as they are, without a savepoint and its two round trips; in one of their own where there is none. */
export async function whileReading<Result>(ctx: Context, work: (db: Db) => Promise<Result>): Promise<Result> {
  return ctx.db === undefined ? inTransaction(ctx, work) : work(ctx.db)
}

/** The connection under a transaction, for COPY. */
export function clientOf(db: Db): pg.ClientBase {
  const client = clients.get(db)
  if (client === undefined) throw new Error('this database handle was not made by inTransaction')
  return client
}

/** Wraps one connection; the caller has opened a transaction on it. */
export function dbOf(client: pg.ClientBase): Db {
  const once = {
    connect: () => Promise.resolve({ query: client.query.bind(client), release: () => undefined }),
    end: () => Promise.resolve(),
  }
  // Safe: the dialect uses no more of a pool than connect, query, release and end.
  const db: Db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: once as unknown as pg.Pool }) })
  clients.set(db, client)
  return db
}

async function inSavepoint<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  savepoints += 1
  const name = sql.raw(`step_${savepoints}`)
  await sql`SAVEPOINT ${name}`.execute(db)
  try {
    const result = await work(db)
    await sql`RELEASE SAVEPOINT ${name}`.execute(db)
    return result
  } catch (fault) {
    await sql`ROLLBACK TO SAVEPOINT ${name}`.execute(db)
    throw fault
  }
}

const roleOf = { area: 'app_area', households: 'app_household', county: 'app_county', system: 'app_system' } as const

/** BEGIN with role and settings. SET LOCAL takes no bind parameter, so every value is checked to be harmless (trust.md §2.3). */
export function beginStatement(ctx: Pick<Context, 'scope' | 'caller' | 'deadline'>, seesOneState = false): string {
  const { scope, caller, deadline } = ctx
  const statement = [
    seesOneState ? 'BEGIN ISOLATION LEVEL REPEATABLE READ' : 'BEGIN',
    `SET LOCAL ROLE ${roleOf[scope.kind]}`,
    setting('app.county', scope.countyCode, /^\d{6}$/),
    setting('app.caller', caller.id, /^[0-9a-z:._-]{1,80}$/),
    ...rangeSettings(scope),
    `SET LOCAL statement_timeout = '${deadline === 'job' ? '60s' : '2s'}'`,
    `SET LOCAL lock_timeout = '${deadline === 'job' ? '30s' : '2s'}'`,
    `SET LOCAL idle_in_transaction_session_timeout = '${deadline === 'job' ? '300s' : '30s'}'`,
  ]
  return statement.join('; ')
}

function rangeSettings(scope: Scope): string[] {
  if (scope.kind === 'area') return [setting('app.lo', scope.lo, /^[\d.]+$/), setting('app.hi', scope.hi, /^[\d./]+$/)]
  if (scope.kind === 'system')
    return [setting('app.reason', scope.reason.replace(/[^\w\u4e00-\u9fff.:-]/g, '_').slice(0, 80), /^[^'\\;]+$/)]
  if (scope.kind === 'households') {
    if (!scope.householdIds.every(isId)) throw new Error('a household id is a UUID')
    return [`SET LOCAL app.households = '${scope.householdIds.join(',')}'`]
  }
  return []
}

function setting(name: string, value: string, allowed: RegExp): string {
  if (!allowed.test(value)) throw new Error(`the setting ${name} holds a character that is not allowed`)
  return `SET LOCAL ${name} = '${value}'`
}
