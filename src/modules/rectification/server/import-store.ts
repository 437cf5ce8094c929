import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { BadRow, StagedImport, StagedRow } from '../rules/import-records.ts'

/** An import with its rows. */
export interface ImportRow {
  readonly importId: string
  readonly campaignId: string
  readonly fileName: string
  readonly state: StagedImport['state']
  readonly sheet: string
  readonly columns: StagedImport['columns']
  readonly rows: readonly StagedRow[]
  readonly bad: readonly KeptBadRow[]
  readonly byId: string
}
/** A bad row as it is kept: its cells, which may hold numbers of people, are sealed. */
export type KeptBadRow = Omit<BadRow, 'cells'> & { readonly sealed: string }

/** Keeps what was read. */
export async function insertImport(
  db: Db,
  ctx: Context,
  given: Omit<ImportRow, 'state' | 'byId'> & { areaPath: string; hash: string },
): Promise<void> {
  await sql`
    INSERT INTO rectification.import (county_code, import_id, campaign_id, area_path, file_name, hash, state, sheet, columns, rows, bad, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${given.importId}, ${given.campaignId}::uuid, ${given.areaPath}, ${given.fileName}, ${given.hash}, 'staged', ${given.sheet},
      ${JSON.stringify(given.columns)}::jsonb, ${JSON.stringify(given.rows)}::jsonb, ${JSON.stringify(given.bad)}::jsonb, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** An import of the caller's own, held. */
export async function holdImport(db: Db, ctx: Context, importId: string): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    SELECT i.import_id AS "importId", i.campaign_id AS "campaignId", i.file_name AS "fileName", i.state, i.sheet, i.columns, i.rows, i.bad, i.by_id AS "byId"
    FROM rectification.import i
    WHERE ${inScope(ctx.scope, 'i')} AND i.import_id = ${importId}::uuid AND i.by_id = ${ctx.caller.id} FOR UPDATE`.execute(db)
  return found.rows[0]
}

/** Keeps what became of a staged import: the rows that may be written, and the bad ones that are left. */
export async function keepRows(db: Db, ctx: Context, given: Pick<ImportRow, 'importId' | 'rows' | 'bad'>): Promise<void> {
  await sql`
    UPDATE rectification.import SET rows = ${JSON.stringify(given.rows)}::jsonb, bad = ${JSON.stringify(given.bad)}::jsonb
    WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId}::uuid`.execute(db)
}

/** Ends an import; its words go. */
export async function endImport(db: Db, ctx: Context, given: { importId: string; state: 'applied' | 'discarded' }): Promise<void> {
  await sql`
    UPDATE rectification.import SET state = ${given.state}, ended_at = ${ctx.now}, rows = '[]', bad = '[]'
    WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId}::uuid`.execute(db)
}

/** Whether the same rows were taken over into the campaign before. */
export async function wasApplied(db: Db, ctx: Context, given: { campaignId: string; hash: string }): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM rectification.import WHERE county_code = ${ctx.scope.countyCode} AND campaign_id = ${given.campaignId}::uuid AND hash = ${given.hash}
      AND state = 'applied'`.execute(db)
  return found.rows.length > 0
}
