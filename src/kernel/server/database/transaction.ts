import { Kysely, PostgresDialect, sql } from 'kysely'
import type pg from 'pg'
import { isId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '../caller/index.ts'
import type { Db } from './types.ts'

const clients = new WeakMap<object, pg.ClientBase>()
let savepoints = 0

/** What travels with BEGIN and with COMMIT, in their round trips: statements without parameters, their values written by `literal`. */
export interface Along<Row, Result> {
  readonly first: string
  readonly last: (result: Result) => string | undefined
  readonly work: (db: Db, firstRows: readonly Row[]) => Promise<Result>
}

/**
 * Runs work in one transaction as the role and with the scope of the caller, set in one round trip with BEGIN.
 * Inside another transaction (`ctx.db`) it is a savepoint. Whatever is thrown rolls back and passes on.
 * `seesOneState`: all queries see the database as the first one found it, whatever others commit; without effect inside another transaction.
 */
export async function inTransaction<Result>(ctx: Context, work: (db: Db) => Promise<Result>, seesOneState = false): Promise<Result> {
  if (ctx.db !== undefined) return whole.has(ctx) ? inSame(ctx.db, work) : inSavepoint(ctx.db, work)
  return inOwn(ctx, async (client) => {
    await client.query(beginStatement(ctx, seesOneState))
    const result = await inHandle(client, work)
    await client.query('COMMIT')
    return result
  })
}

/** A transaction of its own with statements that travel along. The context must be in none. */
export async function inTransactionAlong<Row, Result>(ctx: Context, { first, last, work }: Along<Row, Result>): Promise<Result> {
  return inOwn(ctx, async (client) => {
    const rows = lastRows<Row>(await client.query(`${beginStatement(ctx)}; ${first}`))
    const result = await inHandle(client, (db) => work(db, rows))
    const behind = last(result)
    await client.query(behind === undefined ? 'COMMIT' : `${behind}; COMMIT`)
    return result
  })
}

/** Asks one statement in a transaction of its own, all in one round trip; its values are written by `literal`. */
export async function askAtOnce<Row>(ctx: Context, statement: string): Promise<Row[]> {
  return inOwn(ctx, async (client) => {
    // Safe: several statements without parameters answer with a list.
    const answers = (await client.query(`${beginStatement(ctx)}; ${statement}; COMMIT`)) as unknown as readonly pg.QueryResult[]
    // Safe: the caller says what it selects.
    return (answers.findLast(({ command }) => command === 'SELECT')?.rows ?? []) as Row[]
  })
}

/**
 * A context whose holder does all of his work in the transaction, or none: an `inTransaction` of this very context needs no savepoint, and when
 * one of them fails, nothing of the transaction can be kept, even where the fault is caught. Copies of it (`{ ...ctx, db }`) are as all others.
 */
export function asWhole(ctx: Context & { readonly db: Db }): Context & { readonly db: Db } {
  const made = { ...ctx }
  whole.add(made)
  return made
}

const whole = new WeakSet<Context>()
const spoilt = new WeakSet<Db>()

async function inSame<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  try {
    return await work(db)
  } catch (fault) {
    spoilt.add(db)
    throw fault
  }
}

async function inHandle<Result>(client: pg.ClientBase, work: (db: Db) => Promise<Result>): Promise<Result> {
  const db = dbOf(client)
  const result = await work(db)
  if (spoilt.has(db)) throw new Error('a part of the transaction failed and was caught; nothing of it is kept')
  return result
}

/** Takes a connection for a transaction; rolls back whatever is thrown, and gives the connection up where that fails too. */
async function inOwn<Result>(ctx: Context, work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
  const client = await ctx.database.pool.connect()
  let broken: Error | undefined
  try {
    return await work(client)
  } catch (fault) {
    await client.query('ROLLBACK').catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error('rollback failed')
    })
    throw fault
  } finally {
    client.release(broken)
  }
}

/** Rows of the last of several statements. */
function lastRows<Row>(answer: pg.QueryResult | readonly pg.QueryResult[]): Row[] {
  const last = Array.isArray(answer) ? answer[answer.length - 1] : answer
  // Safe: the caller says what it selects.
  return (last?.rows ?? []) as Row[]
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
