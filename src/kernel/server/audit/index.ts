import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '../caller/index.ts'
import type { Db } from '../database/index.ts'

/** One act: what was done to which object. `details` holds counts, codes and digests, never personal data. */
export interface Act {
  did: string
  objectKind: string
  objectId: string
  reason?: string
  details?: Readonly<Record<string, unknown>>
}

/** Writes the audit row of an act in the transaction of the act (trust.md §6). */
export async function audit(db: Db, ctx: Context, act: Act): Promise<void> {
  await auditRow(ctx, act).execute(db)
}

/** The same as a statement, for a store that writes the act and its audit row as one. */
export function auditRow(ctx: Context, act: Act): RawBuilder<unknown> {
  const reason = act.reason ?? (ctx.scope.kind === 'system' ? ctx.scope.reason : null)
  return sql`
    INSERT INTO kernel.audit (county_code, audit_id, at, caller_id, caller_name, did, object_kind, object_id, reason, details)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${ctx.now}, ${ctx.caller.id}, ${ctx.caller.name}, ${act.did},
            ${act.objectKind}, ${act.objectId}, ${reason}, ${JSON.stringify(act.details ?? {})}::jsonb)`
}
