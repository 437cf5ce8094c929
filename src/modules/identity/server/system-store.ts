import type { Context } from '#kernel/server/caller/index.ts'
import { grantSystem } from '#kernel/server/caller/index.ts'
import { clientOf, inTransaction, type Database, type Db } from '#kernel/server/database/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'

/** Milliseconds since 1970. */
export type Clock = () => number

/** Stands where no county is known yet: no county has this code. */
export const noCounty = '000000'

/** A context for acts of the system itself: authentication, founding, the command line. `reason` is what the audit shows. */
export function systemContext(database: Database, clock: Clock, given: { countyCode: string; reason: string }): Context {
  const nowMs = clock()
  return {
    caller: { id: `system:${given.reason}`, name: '系统', roles: [] },
    scope: grantSystem(given.countyCode, given.reason),
    now: instantOf(nowMs),
    today: dayOf(nowMs),
    database,
    deadline: 'request',
  }
}

const roleOf = { area: 'app_area', households: 'app_household', county: 'app_county', system: 'app_system' } as const

/**
 * Does one step of a user's act as the system, in the same transaction: logins and sessions are closed to users' own roles.
 * The role is put back afterwards; when the step throws, the savepoint's rollback puts it back. Do not nest.
 */
export async function asSystem<Result>(ctx: Context, reason: string, work: (db: Db) => Promise<Result>): Promise<Result> {
  if (!/^[a-z-]+$/.test(reason)) throw new Error('a reason is a code word')
  return inTransaction(ctx, async (db) => {
    if (ctx.scope.kind === 'system') return work(db)
    const client = clientOf(db)
    await client.query(`SET LOCAL ROLE app_system; SET LOCAL app.reason = 'identity.${reason}'`)
    const result = await work(db)
    await client.query(`SET LOCAL ROLE ${roleOf[ctx.scope.kind]}; SET LOCAL app.reason = ''`)
    return result
  })
}

/** Runs an insert or update in a savepoint and turns the database's refusal of a key into an error of ours. */
export async function translating<Result>(
  db: Db,
  ctx: Context,
  given: { work: (db: Db) => Promise<Result>; errors: Readonly<Record<string, () => Error>> },
): Promise<Result> {
  try {
    return await inTransaction({ ...ctx, db }, given.work)
  } catch (fault) {
    const constraint = fault instanceof Error && 'constraint' in fault && typeof fault.constraint === 'string' ? fault.constraint : ''
    throw given.errors[constraint]?.() ?? fault
  }
}
