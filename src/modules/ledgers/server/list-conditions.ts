import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope } from '#kernel/server/database/index.ts'
import { readNumber } from '#kernel/pure/expressions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { FieldFilter, FilterRecords } from '../contract.ts'
import { millionthsOf } from '../rules/key-values.ts'
import type { Field } from '../rules/template.ts'
import { ledgersErrors } from './errors.ts'
import { numberCondition, wordsOf, type Found } from './list-found-store.ts'
import { linkedIds } from './linked-store.ts'
import type { Ledger } from './open-ledger.ts'

type Condition = RawBuilder<unknown>
const and = (conditions: readonly Condition[]): Condition => sql.join(conditions as Condition[], sql` AND `)

/**
 * The rows of a ledger that a list, count or sum is about, as a condition over `ledgers.record r`. Every comparison is one that keeps its index under
 * row security. With what was found first, indexes find also what is empty.
 */
export function conditionOf(ctx: Context, ledger: Ledger, filters: FilterRecords, found: Found = {}): Condition {
  const conditions: Condition[] = [inScope(ctx.scope, 'r'), sql`r.template_key = ${ledger.templateKey}`]
  conditions.push(filters.removed === true ? sql`r.removed_at IS NOT NULL` : sql`r.removed_at IS NULL`)
  const { states, under, householdId, importId, q } = filters
  if (states !== undefined) conditions.push(states.length === 1 ? sql`r.state = ${states[0]}` : sql`r.state = ANY (${states}::text[])`)
  if (under !== undefined) conditions.push(sql`r.area_path >= ${under} AND r.area_path < ${endOfRange(under)}`)
  if (filters.due !== undefined) conditions.push(dueCondition(ctx, filters.due))
  if (filters.dueFrom !== undefined) conditions.push(sql`NOT r.settled AND r.due_at > ${startOf(filters.dueFrom)}::timestamptz`)
  if (filters.dueTo !== undefined)
    conditions.push(sql`NOT r.settled AND r.due_at <= ${startOf(filters.dueTo)}::timestamptz + interval '1 day'`)
  if (filters.own === true) conditions.push(sql`r.made_by = ${ctx.caller.id}`)
  if (householdId !== undefined) conditions.push(sql`r.household_id = ${householdId}`)
  if (importId !== undefined) conditions.push(sql`r.import_id = ${importId}`)
  if (filters.linked !== undefined) conditions.push(sql`r.record_id IN (${linkedIds(ctx, filters.linked)})`)
  if (q !== undefined) conditions.push(wordsCondition(q))
  if (found.blanks !== undefined) conditions.push(sql`r.blanks = ANY (${found.blanks}::integer[])`)
  for (const filter of filters.fields) conditions.push(fieldCondition(ledger, filter, found))
  return and(conditions)
}

/** The first moment of a day in Shanghai. What is due on a day is overdue from the start of the next one. */
const startOf = (day: string): string => `${day}T00:00:00+08:00`

const weekMs = 7 * 86_400_000

function dueCondition(ctx: Context, due: NonNullable<FilterRecords['due']>): Condition {
  const week = new Date(Date.parse(ctx.now) + weekMs).toISOString()
  switch (due) {
    case 'overdue':
      return sql`NOT r.settled AND r.due_at <= ${ctx.now}`
    case 'within-week':
      return sql`NOT r.settled AND r.due_at > ${ctx.now} AND r.due_at <= ${week}`
    case 'later':
      return sql`NOT r.settled AND r.due_at > ${week}`
    case 'none':
      return sql`r.due_at IS NULL`
  }
}

/** Every word inside of the title, or all of it the beginning of the number; `position` and not LIKE: a word may hold any sign. */
function wordsCondition(q: string): Condition {
  return sql`((${and(wordsOf(q).map((word) => sql`position(lower(${word}) IN lower(r.title)) > 0`))}) OR ${numberCondition(q)})`
}

function fieldCondition(ledger: Ledger, filter: FieldFilter, found: Found): Condition {
  const field = ledger.open.fields.get(filter.field)
  const column = ledger.open.keys[filter.field]
  if (field === undefined || column === undefined || !ledger.maySee(filter.field)) throw ledgersErrors.unknownField({ field: filter.field })
  const key = sql.raw(`r.${column}`)
  const conditions: Condition[] = []
  if (filter.empty === true && found.blanks === undefined) conditions.push(sql`${key} IS NULL`)
  if (filter.empty === false) conditions.push(sql`${key} IS NOT NULL`)
  if (filter.is !== undefined) conditions.push(isCondition(field, key, filter.is))
  if (filter.from !== undefined) conditions.push(sql`${key} >= ${bound(field, filter.from, filter.field)}`)
  if (filter.to !== undefined) conditions.push(sql`${key} <= ${bound(field, filter.to, filter.field)}`)
  return conditions.length === 0 ? sql`true` : and(conditions)
}

function isCondition(field: Field, key: Condition, values: readonly string[]): Condition {
  if (field.kind === 'area') {
    const ranges = values
      .filter((path) => /^(\d+\.){1,7}$/.test(path))
      .map((path) => sql`(${key} >= ${path} AND ${key} < ${endOfRange(path)})`)
    return ranges.length === 0 ? sql`false` : sql`(${sql.join(ranges, sql` OR `)})`
  }
  const bounds = values.map((value) => bound(field, value, field.key))
  return bounds.length === 1 ? sql`${key} = ${bounds[0]}` : sql`${key} IN (${sql.join(bounds)})`
}

/** A bound as the key column holds it; a month as its first day (its last as an upper bound, since keys of months are first days too). */
function bound(field: Field, text: string, name: string): Condition {
  if (field.kind === 'number' || field.kind === 'money') {
    const whole = readNumber(text.trim()) === null ? null : millionthsOf(text.trim())
    if (whole === null) throw ledgersErrors.unknownField({ field: name })
    return sql`${whole}::bigint`
  }
  if (field.kind === 'date' || field.kind === 'month') {
    const day = readDay(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text)
    if (day === undefined) throw ledgersErrors.unknownField({ field: name })
    return sql`${day}::date`
  }
  return sql`${text}`
}
