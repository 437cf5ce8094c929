import { sql, type RawBuilder } from 'kysely'
import { ledgersErrors } from './errors.ts'
import type { Ledger } from './open-ledger.ts'

/** A column by which rows are ordered. What is empty stands last, whichever way. */
export interface SortColumn {
  readonly column: RawBuilder<unknown>
  readonly type: RawBuilder<unknown>
  /** How a value is written in a cursor. */
  readonly shape: RegExp
  readonly mayBeEmpty: boolean
  /** Rows that count as having no value although the column has one; lets a partial index be used. */
  readonly except?: RawBuilder<unknown>
}

const shapes = {
  text: /^[^\0]{0,400}$/u,
  bigint: /^-?\d{1,18}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} [\d:.]{8,15}[+-]\d{2}(:\d{2})?$/,
} as const
const typed = (type: keyof typeof shapes) => ({ type: sql.raw(type), shape: shapes[type] })

const ownSorts: Readonly<Record<string, SortColumn>> = {
  changed: { column: sql.raw('r.changed_at'), ...typed('timestamptz'), mayBeEmpty: false },
  no: { column: sql.raw('r.record_no'), ...typed('text'), mayBeEmpty: true },
  state: { column: sql.raw('r.state'), ...typed('text'), mayBeEmpty: false },
  area: { column: sql.raw('r.area_path'), ...typed('text'), mayBeEmpty: false },
  title: { column: sql.raw('r.title'), ...typed('text'), mayBeEmpty: false },
  due: { column: sql.raw('r.due_at'), ...typed('timestamptz'), mayBeEmpty: true, except: sql`r.settled` },
}

/** The column of an offered sort; undefined for the order in which records were made. Throws `ledgers.unknown-field`. */
export function sortColumn(ledger: Ledger, by: string): SortColumn | undefined {
  if (by === 'made') return undefined
  const own = Object.keys(ownSorts).includes(by) ? ownSorts[by] : undefined
  if (own !== undefined) return own
  const key = ledger.open.keys[by]
  if (key === undefined || !ledger.maySee(by)) throw ledgersErrors.unknownField({ field: by })
  const type = key.startsWith('number_') ? 'bigint' : key.startsWith('day_') ? 'date' : 'text'
  return { column: sql.raw(`r.${key}`), ...typed(type), mayBeEmpty: true }
}

/** Rows that have a value to be ordered by. */
export const hasValue = ({ column, except }: SortColumn): RawBuilder<unknown> =>
  except === undefined ? sql`${column} IS NOT NULL` : sql`${column} IS NOT NULL AND NOT ${except}`

/** All others. */
export const hasNone = ({ column, except }: SortColumn): RawBuilder<unknown> =>
  except === undefined ? sql`${column} IS NULL` : sql`(${column} IS NULL OR ${except})`
