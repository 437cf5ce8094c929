import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { registryErrors } from '../errors.ts'

/** What the background does with a batch. */
export type ImportDeed = 'stage' | 'return' | 'compare' | 'apply' | 'undo' | 'discard'

/** What somebody asked the background to do. `details` holds ids and flags. */
export interface ImportAct {
  actId: string
  batchId: string
  did: ImportDeed
  reason: string
  details: { fileId?: string; fileName?: string; part?: 'chosen' | 'untouched' }
  askedBy: string
  askedName: string
  isEnded: boolean
}

/** Part of a batch that is taken back. */
export interface ActRow {
  entity: 'household' | 'person' | 'village'
  id: string
}

/** Notes what is asked, with the caller. Returns its id. */
export async function insertAct(
  db: Db,
  ctx: Context,
  act: Pick<ImportAct, 'batchId' | 'did'> & Partial<Pick<ImportAct, 'reason' | 'details'>> & { rows?: readonly ActRow[] },
): Promise<string> {
  const actId = makeId()
  await sql`
    INSERT INTO registry.import_act (county_code, act_id, batch_id, did, reason, details, asked_by, asked_name, asked_at)
    VALUES (${ctx.scope.countyCode}, ${actId}, ${act.batchId}, ${act.did}, ${act.reason ?? null}, ${JSON.stringify(act.details ?? {})}::jsonb,
            ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  const rows = act.rows ?? []
  if (rows.length > 0)
    await sql`
      INSERT INTO registry.import_act_row (county_code, act_id, entity, row_id)
      SELECT DISTINCT ${ctx.scope.countyCode}, ${actId}::uuid, r.*
      FROM unnest(${rows.map((row) => row.entity)}::text[], ${rows.map((row) => row.id)}::uuid[]) r`.execute(db)
  return actId
}

/** An act by its id. Throws `registry.not-found`. */
export async function getAct(db: Db, ctx: Context, actId: string): Promise<ImportAct> {
  const found = await sql<ImportAct>`
    SELECT act_id AS "actId", batch_id AS "batchId", did, coalesce(reason, '') AS reason, details, asked_by AS "askedBy",
           asked_name AS "askedName", ended_at IS NOT NULL AS "isEnded"
    FROM registry.import_act WHERE county_code = ${ctx.scope.countyCode} AND act_id = ${actId}`.execute(db)
  const act = found.rows[0]
  if (act === undefined) throw registryErrors.notFound()
  return act
}

/** Ends an act, in the transaction of what it did where that may not happen twice. */
export async function endAct(db: Db, ctx: Context, actId: string): Promise<void> {
  await sql`
    UPDATE registry.import_act SET ended_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND act_id = ${actId} AND ended_at IS NULL`.execute(db)
}

/** Batches that the background still has work with. */
export async function listWorkedOn(db: Db, ctx: Context): Promise<Set<string>> {
  const found = await sql<{ batch_id: string }>`
    SELECT DISTINCT batch_id FROM registry.import_act WHERE county_code = ${ctx.scope.countyCode} AND ended_at IS NULL`.execute(db)
  return new Set(found.rows.map((row) => row.batch_id))
}
