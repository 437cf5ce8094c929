import { sql, type RawBuilder } from 'kysely'
import { inScope } from '#kernel/server/database/index.ts'
import type { FilterRecords } from '../contract.ts'
import type { Ledger, Within } from './open-ledger.ts'
import { allKeyColumns } from './tables.ts'
import { gramsOfWords } from './title-grams.ts'

type Part = RawBuilder<unknown>

/** What was asked of the database before a list is: it lets indexes find what a condition alone would look for in every row. */
export interface Found {
  /** The combinations of empty keys that have all the empty fields of the filters (`ledgers.record.blanks`); absent where none are asked for, or too many stand. */
  readonly blanks?: readonly number[]
}

/** More combinations than this are not asked one by one. */
const mostBlanks = 400

/** Looks up what the filters of a list need. */
export async function findFirst(ctx: Within, ledger: Ledger, filters: FilterRecords): Promise<Found> {
  const wanted = blankBits(ledger, filters)
  // Those of a helper's households are few enough to be looked at; removed ones stand in no index.
  if (wanted === 0 || filters.removed === true || ctx.scope.kind === 'households') return {}
  const all = await listBlanks(ctx, ledger.templateKey)
  return all === undefined ? {} : { blanks: all.filter((blanks) => (blanks & wanted) === wanted) }
}

/** The bits of the fields that must be empty. */
export function blankBits(ledger: Ledger, filters: FilterRecords): number {
  return filters.fields.reduce((bits, filter) => (filter.empty === true ? bits | bitOf(ledger.open.keys[filter.field]) : bits), 0)
}

function bitOf(column: string | undefined): number {
  const at = allKeyColumns.findIndex((one) => one === column)
  return at < 0 ? 0 : 1 << at
}

/** The combinations of empty keys that stand in a ledger, hopping along their index from one to the next. */
async function listBlanks(ctx: Within, templateKey: string): Promise<number[] | undefined> {
  const next = (beyond: Part) => sql`SELECT r.blanks FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ${templateKey} AND r.removed_at IS NULL AND ${beyond} ORDER BY r.blanks LIMIT 1`
  const found = await sql<{ blanks: number }>`
    WITH RECURSIVE hop AS ((${next(sql`true`)}) UNION ALL SELECT (${next(sql`r.blanks > hop.blanks`)}) FROM hop WHERE hop.blanks IS NOT NULL)
    SELECT blanks FROM hop WHERE blanks IS NOT NULL LIMIT ${mostBlanks + 1}`.execute(ctx.db)
  return found.rows.length > mostBlanks ? undefined : found.rows.map((row) => row.blanks)
}

/** The words of a search; each must stand in the title. */
export const wordsOf = (q: string): string[] => q.split(/\s+/).filter((word) => word !== '')

/** Rows whose number begins with what was written, in small or large letters. */
export function numberCondition(q: string): Part {
  const ranges = [...new Set([q, q.toUpperCase()])].map((text) => sql`(r.record_no >= ${text} AND r.record_no < ${`${text}\u{10ffff}`})`)
  return sql`(${sql.join(ranges, sql` OR `)})`
}

/** Ids of the records that words may find, in whatever area: by neighbouring signs of their titles, and by their numbers. */
export function hitsOf(ctx: Within, ledger: Ledger, q: string): Part {
  const grams = [...new Set(wordsOf(q).flatMap((word) => gramsOfWords(ledger.templateKey, word)))]
  return sql`SELECT t.record_id FROM ledgers.find_titles(${grams}::integer[]) AS t (record_id)
    UNION SELECT r.record_id FROM ledgers.record r
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${ledger.templateKey} AND ${numberCondition(q)}`
}
