import { dayOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import type { AskLinked } from '../contract.ts'
import { isLink } from '../rules/field-kinds.ts'
import { fromMillionths } from '../rules/key-values.ts'
import { orderBooks, type LinkedBook, type LinkedRecord, type PlaceBook } from '../rules/linked-books.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import { textOf } from '../rules/print-value.ts'
import type { FieldValue } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { countInPlace, countLinked, listLinked, type LinkedCount } from './linked-store.ts'
import { readAllLedgers, type AllLedgers } from './linked-versions.ts'
import { mayRead, maySeeOf, whileCounting, type Within } from './open-ledger.ts'
import { isSealed } from './seal-values.ts'
import { readPlaceNames, showItem, type PlaceNames } from './show-records.ts'
import type { RecordRow } from './tables.ts'

/** Fields of a linked record that a panel shows beside title, state, day and amount. */
const mostShown = 2

/** What all ledgers say about somebody or something. */
export interface LinkedAnswer {
  readonly items: readonly LinkedBook[]
  /** Of an area: the ledgers with records in it, whatever they are about. */
  readonly inPlace?: readonly PlaceBook[]
}

/**
 * The records that name a household (or one of its members), person, organisation, area or other record, ledger by ledger, what presses first. Of a
 * closed ledger whose rows the caller may not read, he learns how many there are, if his scope reaches them, and nothing more.
 */
export async function linkedRecords(ctx: Context, asked: AskLinked): Promise<LinkedAnswer> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const all = await readAllLedgers(within)
    const isWanted = (key: string) => all.current.has(key) && (asked.templateKey === undefined || asked.templateKey === key)
    const { counts, inPlace } = await whileCounting(within, all.closed.join(','), async () => ({
      counts: (await countLinked(db, ctx, asked)).filter((one) => isWanted(one.templateKey)),
      inPlace: await placeBooks(within, asked, all),
    }))
    const readable = counts.filter(({ templateKey }) => isReadable(ctx, all, templateKey)).map((one) => one.templateKey)
    // Only what the caller may read is open while rows are read.
    const open = all.closed.filter((key) => readable.includes(key)).join(',')
    const rows = await whileCounting(within, open, () => listLinked(db, ctx, { ...asked, templateKeys: readable }))
    const placeOf = rows.length > 0 && isAboutManyPlaces(asked) ? await readPlaceNames(within) : () => ''
    const books = counts.flatMap((count) => {
      const template = all.current.get(count.templateKey)
      if (template === undefined) return []
      const isHidden = !readable.includes(count.templateKey)
      // Whom a template does not name learns of an open ledger nothing, of a closed one its number.
      if (isHidden && !all.closed.includes(count.templateKey)) return []
      const ofBook = rows.filter((row) => row.templateKey === count.templateKey)
      return [toBook(ctx, { count, template, isHidden, rows: ofBook, placeOf, isClosed: all.closed.includes(count.templateKey) })]
    })
    return { items: orderBooks(books), ...(inPlace === undefined ? {} : { inPlace }) }
  })
}

/** Segments of the path of a village. */
const villageDepth = 5

/** Whether its records may lie in several villages, so that each line says where. */
function isAboutManyPlaces({ kind, target }: AskLinked): boolean {
  if (kind === 'area') return target.split('.').length - 1 < villageDepth
  return kind === 'organisation' || kind === 'record'
}

function isReadable(ctx: Context, { current }: AllLedgers, templateKey: string): boolean {
  const template = current.get(templateKey)
  return template !== undefined && mayRead(ctx, template)
}

interface ToShow {
  readonly count: LinkedCount
  readonly template: OpenTemplate
  readonly isHidden: boolean
  readonly isClosed: boolean
  readonly rows: readonly RecordRow[]
  readonly placeOf: PlaceNames
}

function toBook(ctx: Context, { count, template, isHidden, isClosed, rows, placeOf }: ToShow): LinkedBook {
  const { templateKey, changedAt } = count
  const maySee = maySeeOf(ctx, template)
  return {
    templateKey,
    pack: packOf(templateKey),
    name: template.template.name,
    isClosed,
    isHidden,
    count: count.count,
    // Of what is hidden, no more than how many.
    open: isHidden ? 0 : count.open,
    overdue: isHidden ? 0 : count.overdue,
    changedAt: isHidden ? '' : changedAt,
    sums: isHidden ? [] : sumsOf(template, maySee, count.sums),
    items: rows.map((row) => toLine(row, { template, maySee, now: ctx.now, placeOf })),
  }
}

const packOf = (templateKey: string): string => templateKey.split('.')[0] ?? ''

/** Amounts over all records, of the money fields that the ledger sums; at most two. */
function sumsOf({ template, fields, keys }: OpenTemplate, maySee: (key: string) => boolean, sums: LinkedCount['sums']): LinkedBook['sums'] {
  return (template.list.sums ?? [])
    .flatMap((key) => {
      const field = fields.get(key)
      const sum = sums[keys[key] ?? '']
      if (field?.kind !== 'money' || !maySee(key) || sum === null || sum === undefined || sum === '0') return []
      return [{ name: field.name, text: fromMillionths(sum, 2) }]
    })
    .slice(0, 2)
}

function toLine(
  row: RecordRow,
  { template, maySee, now, placeOf }: { template: OpenTemplate; maySee: (key: string) => boolean; now: string; placeOf: PlaceNames },
): LinkedRecord {
  const { states } = template
  const { recordId, recordNo, title, state, areaName, dueOn, isOverdue, madeAt } = showItem(row, {
    ledger: { maySee },
    now,
    placeOf,
    only: new Set(),
  })
  const filled = template.template.list.columns.flatMap((key) => {
    const field = template.fields.get(key)
    const value = row.body[key]
    if (field === undefined || key === template.template.title || !maySee(key) || isSealed(value)) return []
    // Safe: sealed values were set aside.
    const text = textOf(field, value as FieldValue)
    return text === '' ? [] : [{ field, text }]
  })
  const day = filled.find(({ field }) => field.kind === 'date' || field.kind === 'month')
  const money = filled.find(({ field }) => field.kind === 'money')
  const tone = states.get(state)?.tone
  const named = (one: { field: Field; text: string }) => ({ name: one.field.name, text: one.text })
  return {
    recordId,
    ...(recordNo === undefined ? {} : { recordNo }),
    title,
    state,
    areaName,
    ...(dueOn === undefined ? {} : { dueOn }),
    isOverdue,
    madeAt,
    stateName: states.get(state)?.name ?? { zh: state, en: state },
    ...(tone === undefined ? {} : { tone }),
    isSettled: row.settled,
    day: day?.text ?? dayOf(Date.parse(row.madeAt)),
    ...(money === undefined ? {} : { money: named(money) }),
    shown: filled
      .filter((one) => one !== day && one !== money && !isLink(one.field.kind))
      .slice(0, mostShown)
      .map(named),
  }
}

/** The ledgers with records in an area of the caller's scope, in their order by need. Undefined for whatever is no such area. */
async function placeBooks(ctx: Within, asked: AskLinked, all: AllLedgers): Promise<PlaceBook[] | undefined> {
  if (asked.kind !== 'area' || asked.templateKey !== undefined || (await findAreaInScope(ctx, asked.target)) === undefined) return undefined
  const counts = await countInPlace(ctx.db, ctx, { path: asked.target, templateKeys: [...all.current.keys()] })
  const books = counts.flatMap((count) => {
    const template = all.current.get(count.templateKey)
    const isClosed = all.closed.includes(count.templateKey)
    const isHidden = !isReadable(ctx, all, count.templateKey)
    if (template === undefined || (isHidden && !isClosed)) return []
    const base = { templateKey: count.templateKey, pack: packOf(count.templateKey), name: template.template.name, isClosed, isHidden }
    const [open, overdue] = isHidden ? [0, 0] : [count.open, count.overdue]
    return [{ ...base, count: count.count, open, overdue, changedAt: '' }]
  })
  return orderBooks(books).map(({ changedAt: _changedAt, ...book }) => book)
}
