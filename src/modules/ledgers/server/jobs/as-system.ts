import { grantSystem } from '#kernel/server/caller/index.ts'
import { clientOf, inTransaction } from '#kernel/server/database/index.ts'
import type { Within } from '../open-ledger.ts'

const roleOf = { area: 'app_area', households: 'app_household', county: 'app_county', system: 'app_system' } as const

/**
 * Works as the system within the caller's own transaction, for what no caller may reach: the waiting rows of an import, twins outside of the caller's
 * area, numbers of a whole county, names that superior offices gave. The caller's role comes back afterwards; what is thrown rolls back to before.
 */
export async function asSystemWithin<Answer>(
  ctx: Within,
  reason: 'import' | 'unique' | 'migrate' | 'follow' | 'gather' | 'superior',
  work: (ctx: Within) => Promise<Answer>,
): Promise<Answer> {
  if (ctx.scope.kind === 'system') return work(ctx)
  const timeout = ctx.deadline === 'job' ? '60s' : '2s'
  return inTransaction(ctx, async (db) => {
    const client = clientOf(db)
    await client.query(`SET LOCAL ROLE app_system; SET LOCAL app.reason = 'ledgers.${reason}'; SET LOCAL statement_timeout = '60s'`)
    const answer = await work({ ...ctx, db, scope: grantSystem(ctx.scope.countyCode, `ledgers.${reason}`), deadline: 'job' })
    await client.query(`SET LOCAL ROLE ${roleOf[ctx.scope.kind]}; SET LOCAL app.reason = ''; SET LOCAL statement_timeout = '${timeout}'`)
    return answer
  })
}
