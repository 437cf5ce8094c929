import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind, MatchCause, RowPlace } from '../contract.ts'
import type { MatchWhy } from '../rules/explain-match.ts'

/** A row that was repaired or matched by likeness, as it is kept. */
export interface ExplainedRow {
  matchedRowId: string
  list: ListKind
  place: RowPlace
  class: 'repaired' | 'fuzzy'
  cause: MatchCause
  personId: string
  householdId: string
  why: MatchWhy
}

/** One page of the explained rows of a run, the weakest first. */
export async function listExplained(
  db: Db,
  countyCode: string,
  given: { runId: string; class: 'repaired' | 'fuzzy' | undefined; after: readonly (string | number)[] | undefined; limit: number },
): Promise<ExplainedRow[]> {
  const { after } = given
  // Tenths of a bit as whole numbers: a cursor holds no fractions.
  const seen = after === undefined ? sql`true` : sql`(round(m.score * 10), m.matched_row_id) > (${after[0]}, ${after[1]}::uuid)`
  const wanted = given.class === undefined ? sql`true` : sql`m.class = ${given.class}`
  const found = await sql<Omit<ExplainedRow, 'place' | 'why'> & { file: string; sheet: string; rowNo: number } & MatchWhy>`
    SELECT m.matched_row_id AS "matchedRowId", m.list, r.file_name AS file, m.sheet, m.row_no AS "rowNo", m.class, m.cause,
           m.person_id AS "personId", m.household_id AS "householdId", m.score, m.steps
    FROM screening.matched_row m JOIN screening.receipt r ON r.county_code = m.county_code AND r.receipt_id = m.receipt_id
    WHERE m.county_code = ${countyCode} AND m.run_id = ${given.runId}::uuid AND m.score IS NOT NULL AND m.person_id IS NOT NULL
      AND ${wanted} AND ${seen}
    ORDER BY round(m.score * 10), m.matched_row_id LIMIT ${given.limit + 1}`.execute(db)
  return found.rows.map(({ file, sheet, rowNo, score, steps, ...row }) => ({
    ...row,
    place: { file, sheet, row: rowNo },
    why: { score: Math.round(score * 10) / 10, steps },
  }))
}

/** Points rows and reasons of one person at another; returns their ids, marked by their table. */
export async function repointPerson(
  db: Db,
  ctx: Context,
  given: { from: string; to: string; only?: readonly string[] },
): Promise<string[]> {
  const { countyCode } = ctx.scope
  const moved: string[] = []
  for (const [table, key] of [
    ['matched_row', 'matched_row_id'],
    ['lead_reason', 'lead_reason_id'],
    ['authorisation', 'authorisation_id'],
  ] as const) {
    const mine = given.only?.filter((id) => id.startsWith(`${table} `)).map((id) => id.slice(table.length + 1))
    const chosen = mine === undefined ? sql`true` : sql`t.${sql.ref(key)} = ANY (${mine}::uuid[])`
    const done = await sql<{ id: string }>`
      UPDATE screening.${sql.raw(table)} t SET person_id = ${given.to}::uuid
      WHERE t.county_code = ${countyCode} AND t.person_id = ${given.from}::uuid AND ${chosen} RETURNING t.${sql.ref(key)} AS id`.execute(db)
    moved.push(...done.rows.map((row) => `${table} ${row.id}`))
  }
  return moved
}
