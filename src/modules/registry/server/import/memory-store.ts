import { sql } from 'kysely'
import type { ColumnMemory, RememberedColumn } from '#kernel/pure/tables/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ImportKind } from '../../contract.ts'

/** How a sender's files were mapped by hand, by kind; an absent sender has a memory of its own. */
export async function readMemories(db: Db, ctx: Context, sender: string | undefined): Promise<Map<ImportKind, ColumnMemory>> {
  const found = await sql<{ kind: ImportKind; field_key: string; remembered: RememberedColumn | null }>`
    SELECT kind, field_key, remembered FROM registry.column_memory
    WHERE county_code = ${ctx.scope.countyCode} AND sender = ${sender ?? ''}`.execute(db)
  const memories = new Map<ImportKind, ColumnMemory>()
  for (const { kind, field_key: key, remembered } of found.rows) {
    const memory = memories.get(kind) ?? { version: 1, fields: {} }
    memory.fields[key] = remembered
    memories.set(kind, memory)
  }
  return memories
}

/** Remembers the mapping of a sender's file of a kind: labels only, never a cell. It takes the place of the former one. */
export async function saveMemory(
  db: Db,
  ctx: Context,
  given: { sender: string | undefined; kind: ImportKind; memory: ColumnMemory },
): Promise<void> {
  const entries = Object.entries(given.memory.fields)
  const place = sql`county_code = ${ctx.scope.countyCode} AND sender = ${given.sender ?? ''} AND kind = ${given.kind}`
  await sql`DELETE FROM registry.column_memory WHERE ${place}`.execute(db)
  await sql`
    INSERT INTO registry.column_memory (county_code, sender, kind, field_key, remembered, made_by, made_at)
    SELECT ${ctx.scope.countyCode}, ${given.sender ?? ''}, ${given.kind}, m.field_key, m.remembered, ${ctx.caller.id}, ${ctx.now}
    FROM unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, column]) => (column === null ? null : JSON.stringify(column)))}::jsonb[])
      AS m (field_key, remembered)`.execute(db)
}
