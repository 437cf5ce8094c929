import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CellPlace, Vault } from '#kernel/server/vault/index.ts'
import type { CellFix, Mending, ValueReplacement } from './mended-rows.ts'

type Deps = { vault: Vault }

const placeOfFix = (batchId: string, fix: Pick<CellFix, 'sheet' | 'row' | 'column'>): CellPlace => ({
  table: 'registry.import_fix',
  column: 'value',
  rowId: `${batchId}/${fix.row}/${fix.column}/${fix.sheet}`,
})
const placeOfReplacement = (replacementId: string, column: string): CellPlace => ({
  table: 'registry.import_replacement',
  column,
  rowId: replacementId,
})

const fixesAtATime = 5_000

/** Keeps cells as they should be, encrypted; a later fix of a cell replaces the earlier. */
export async function saveFixes(
  db: Db,
  ctx: Context,
  given: Deps & { batchId: string; fixes: readonly CellFix[]; origin: 'hand' | 'returned' },
): Promise<void> {
  const { batchId, vault, fixes } = given
  for (let at = 0; at < fixes.length; at += fixesAtATime) {
    const part = fixes.slice(at, at + fixesAtATime)
    await sql`
      INSERT INTO registry.import_fix (county_code, batch_id, sheet, row_no, column_no, value, origin, made_by, made_at)
      SELECT ${ctx.scope.countyCode}, ${batchId}::uuid, f.sheet, f.row_no, f.column_no, f.value, ${given.origin}, ${ctx.caller.id}, ${ctx.now}
      FROM unnest(${part.map((fix) => fix.sheet)}::text[], ${part.map((fix) => fix.row)}::int[], ${part.map((fix) => fix.column)}::int[],
                  ${part.map((fix) => vault.encrypt(fix.value, placeOfFix(batchId, fix)))}::bytea[]) AS f (sheet, row_no, column_no, value)
      ON CONFLICT (county_code, batch_id, sheet, row_no, column_no)
      DO UPDATE SET value = excluded.value, origin = excluded.origin, made_by = excluded.made_by, made_at = excluded.made_at`.execute(db)
  }
}

/** Takes fixes away whose cell is again as the file has it. */
export async function dropFixes(db: Db, ctx: Context, given: { batchId: string; cells: readonly Omit<CellFix, 'value'>[] }): Promise<void> {
  const { cells } = given
  await sql`
    DELETE FROM registry.import_fix f
    USING unnest(${cells.map((cell) => cell.sheet)}::text[], ${cells.map((cell) => cell.row)}::int[], ${cells.map((cell) => cell.column)}::int[])
      AS c (sheet, row_no, column_no)
    WHERE f.county_code = ${ctx.scope.countyCode} AND f.batch_id = ${given.batchId} AND f.sheet = c.sheet AND f.row_no = c.row_no
      AND f.column_no = c.column_no`.execute(db)
}

/** Everything that was mended in a batch, or only in some rows of it. */
export async function readMending(
  db: Db,
  ctx: Context,
  given: Deps & { batchId: string; rows?: readonly { sheet: string; row: number }[] | undefined },
): Promise<Mending> {
  const { batchId, vault, rows } = given
  const only =
    rows === undefined
      ? sql``
      : sql`AND (sheet, row_no) IN (SELECT * FROM unnest(${rows.map((row) => row.sheet)}::text[], ${rows.map((row) => row.row)}::int[]))`
  const found = await sql<{ sheet: string; row_no: number; column_no: number; value: Buffer }>`
    SELECT sheet, row_no, column_no, value FROM registry.import_fix
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId} ${only}`.execute(db)
  const fixes = found.rows.map(({ sheet, row_no: row, column_no: column, value }) => ({
    sheet,
    row,
    column,
    value: vault.decrypt(value, placeOfFix(batchId, { sheet, row, column })),
  }))
  return { fixes, replacements: await listReplacements(db, ctx, given) }
}

/** A replacement as it is kept. */
export interface StoredReplacement extends ValueReplacement {
  replacementId: string
  rows: number
  madeName: string
  madeAt: string
}

/** The replacements of a batch in the order in which they were made. */
export async function listReplacements(db: Db, ctx: Context, given: Deps & { batchId: string }): Promise<StoredReplacement[]> {
  const found = await sql<{
    replacement_id: string
    column_no: number
    old_value: Buffer
    new_value: Buffer
    row_count: number
    made_name: string
    made_at: string
  }>`
    SELECT replacement_id, column_no, old_value, new_value, row_count, made_name, made_at FROM registry.import_replacement
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} ORDER BY made_at, replacement_id`.execute(db)
  return found.rows.map((row) => ({
    replacementId: row.replacement_id,
    column: row.column_no,
    from: given.vault.decrypt(row.old_value, placeOfReplacement(row.replacement_id, 'old_value')),
    to: given.vault.decrypt(row.new_value, placeOfReplacement(row.replacement_id, 'new_value')),
    rows: row.row_count,
    madeName: row.made_name,
    madeAt: row.made_at,
  }))
}

/** Keeps a replacement, encrypted. */
export async function insertReplacement(
  db: Db,
  ctx: Context,
  given: Deps & ValueReplacement & { batchId: string; replacementId: string; rows: number },
): Promise<void> {
  const { replacementId: id, vault } = given
  await sql`
    INSERT INTO registry.import_replacement (county_code, batch_id, replacement_id, column_no, old_value, new_value, row_count, made_by,
                                             made_name, made_at)
    VALUES (${ctx.scope.countyCode}, ${given.batchId}, ${id}, ${given.column}, ${vault.encrypt(given.from, placeOfReplacement(id, 'old_value'))},
            ${vault.encrypt(given.to, placeOfReplacement(id, 'new_value'))}, ${given.rows}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
  `.execute(db)
}

/** Takes a replacement away; says whether it was there. */
export async function deleteReplacement(db: Db, ctx: Context, given: { batchId: string; replacementId: string }): Promise<boolean> {
  const gone = await sql`
    DELETE FROM registry.import_replacement
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND replacement_id = ${given.replacementId}`.execute(db)
  return Number(gone.numAffectedRows ?? 0) > 0
}

/** Counts what was mended and marks the waiting rows as not knowing it yet. */
export async function noteMending(db: Db, ctx: Context, batchId: string): Promise<void> {
  const of = (table: string, what: string) => sql`
    (SELECT ${sql.raw(what)} FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId})`
  await sql`
    UPDATE registry.import_batch SET fix_no = fix_no + 1, fixes = jsonb_build_object(
      'cells', ${of('import_fix', 'count(*)')}, 'rows', ${of('import_fix', 'count(DISTINCT (sheet, row_no))')},
      'replacements', ${of('import_replacement', 'count(*)')})
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(db)
}

/** Destroys what was mended, with a batch that is discarded. */
export async function clearMending(db: Db, ctx: Context, batchId: string): Promise<void> {
  for (const table of ['import_fix', 'import_replacement'])
    await sql`DELETE FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(db)
}
