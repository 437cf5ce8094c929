import { sql, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '../caller/index.ts'
import type { Db } from '../database/index.ts'

/** Something that happened, with its shape; declared in the announcer's contract. */
export interface EventKind<Payload> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
}

/** Announces an event in the transaction in which it happened (house.md, "Against the stream"); listeners are told after its commit. */
export async function announce<Payload>(db: Db, ctx: Context, kind: EventKind<Payload>, payload: Payload): Promise<void> {
  await announcement(ctx, kind, payload).execute(db)
}

/** The same as a statement, for a store that writes what happened and its announcement as one. */
export function announcement<Payload>(ctx: Context, kind: EventKind<Payload>, payload: Payload): RawBuilder<unknown> {
  const checked = kind.payload.parse(payload)
  return sql`
    INSERT INTO kernel.outbox (county_code, outbox_id, event, payload, at)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${kind.name}, ${JSON.stringify(checked)}::jsonb, ${ctx.now})`
}
