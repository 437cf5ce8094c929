import { sql } from 'kysely'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'
import { keptWords } from '../rules/delta.ts'

const blockKeys = 32_768

/** Keeps the hashes of a list's month in blocks; an earlier run of the same month is replaced. */
export async function saveHashes(
  db: Db,
  countyCode: string,
  list: { list: ListKind; month: string; runId: string; kept: Int32Array },
): Promise<void> {
  await sql`DELETE FROM screening.row_hash_block WHERE county_code = ${countyCode} AND list = ${list.list} AND month = ${list.month}`.execute(
    db,
  )
  const step = blockKeys * keptWords
  for (let at = 0, block = 0; at < list.kept.length || block === 0; at += step, block += 1) {
    const part = list.kept.slice(at, at + step)
    await sql`
      INSERT INTO screening.row_hash_block (county_code, list, month, block_no, run_id, hashes)
      VALUES (${countyCode}, ${list.list}, ${list.month}, ${block}, ${list.runId}, ${Buffer.from(part.buffer)})`.execute(db)
  }
}

/** The latest month before `month` whose hashes are kept, by list. */
export async function listBaseMonths(db: Db, countyCode: string, month: string): Promise<Map<ListKind, string>> {
  const found = await sql<{ list: ListKind; month: string }>`
    SELECT list, max(month) AS month FROM screening.row_hash_block WHERE county_code = ${countyCode} AND month < ${month} GROUP BY list`.execute(
    db,
  )
  return new Map(found.rows.map((row) => [row.list, row.month]))
}

/** The hashes that a month of a list kept. */
export async function readHashes(db: Db, countyCode: string, list: ListKind, month: string): Promise<Int32Array> {
  const found = await sql<{ hashes: Buffer }>`
    SELECT hashes FROM screening.row_hash_block WHERE county_code = ${countyCode} AND list = ${list} AND month = ${month}
    ORDER BY block_no`.execute(db)
  const bytes = Buffer.concat(found.rows.map((row) => row.hashes))
  // Copied, so that the words begin on a multiple of four.
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** Forgets the hashes of months before `keepFrom`: they were compared and one month has passed. */
export async function dropHashes(db: Db, countyCode: string, list: ListKind, keepFrom: string): Promise<void> {
  await sql`DELETE FROM screening.row_hash_block WHERE county_code = ${countyCode} AND list = ${list} AND month < ${keepFrom}`.execute(db)
}

/** Keys of an earlier month's matched rows by their hash: plates, contracts and the like of households we know. */
export async function readKeyTexts(db: Db, countyCode: string, list: ListKind, month: string): Promise<[hash: string, key: string][]> {
  const found = await sql<{ hash: string; key: string }>`
    SELECT DISTINCT row_key AS hash, facts ->> 'key' AS key FROM screening.matched_row
    WHERE county_code = ${countyCode} AND list = ${list} AND month = ${month} AND facts ? 'key'`.execute(db)
  return found.rows.map(({ hash, key }) => [hash, key])
}

/** The run whose rows stand for a list and month: the latest that compared it. */
export async function findStandingRun(db: Db, countyCode: string, list: ListKind, month: string): Promise<string | undefined> {
  const found = await sql<{ runId: string }>`
    SELECT run_id AS "runId" FROM screening.row_hash_block
    WHERE county_code = ${countyCode} AND list = ${list} AND month = ${month} ORDER BY block_no LIMIT 1`.execute(db)
  return found.rows[0]?.runId
}
