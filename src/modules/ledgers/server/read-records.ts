import type { Page } from '#kernel/pure/paging/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ChooseRecord, OfBook, OfRecord, SearchRecords } from '../contract.ts'
import { deadlinesOf } from '../rules/deadlines.ts'
import { judgeRecord } from '../rules/judge-record.ts'
import type { Book, FieldValue, Linked, RecordItem, RecordMove, RecordRecord } from '../rules/records.ts'
import { listEvents, listHandled, type EventRow, type HandledRow } from './event-store.ts'
import { listPage } from './list-store.ts'
import { judge } from './move-record.ts'
import { openLedger, type Ledger, type Within } from './open-ledger.ts'
import { findRecord } from './record-store.ts'
import { isSealed, shownValues } from './seal-values.ts'
import { readPlaceNames, showItem } from './show-records.ts'
import { findOfSuperiors } from './superior-store.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { RecordRow } from './tables.ts'
import { versionOf } from './write-record.ts'

/** A ledger as its pages need it: without the fields that the caller may not see. */
export async function readBook(ctx: Context, { templateKey }: OfBook): Promise<Book> {
  return whileReading(ctx, async (db) => {
    const ledger = await openLedger({ ...ctx, db }, templateKey)
    const { open, can, isClosed } = ledger
    const template = visibleTemplate(ledger)
    const { name, help, about } = template
    const base = { templateKey, pack: templateKey.split('.')[0] ?? '', name, about, version: open.version, isClosed, can }
    return { ...base, ...(help === undefined ? {} : { help }), template, keys: open.keys }
  })
}

/** The template without fields that the caller may not see, also in lists and prints. */
export function visibleTemplate({ open, maySee }: Pick<Ledger, 'open' | 'maySee'>): OpenTemplate['template'] {
  const { template } = open
  const seen = (keys: readonly string[]) => keys.filter(maySee)
  return {
    ...template,
    fields: template.fields.filter((field) => maySee(field.key)),
    list: { ...template.list, columns: seen(template.list.columns), offered: seen(template.list.offered) },
    print: { ...template.print, sheet: seen(template.print.sheet), list: seen(template.print.list) },
  }
}

/** One page of a list, with the columns of the list and what the board and the calendar show. */
export async function searchRecords(ctx: Context, given: OfBook & SearchRecords): Promise<Page<RecordItem>> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const page = await listPage(within, ledger, given)
    const items = await showRows(within, ledger, page.items)
    return page.next === undefined ? { items } : { items, next: page.next }
  })
}

/** Rows as list items, with the fields of the list only. */
export async function showRows(ctx: Within, ledger: Ledger, rows: readonly RecordRow[]): Promise<RecordItem[]> {
  const { list, title } = ledger.open.template
  const only = new Set([...list.columns, ...list.offered, title, ...(list.map === undefined ? [] : [list.map])])
  const placeOf = rows.length === 0 ? () => '' : await readPlaceNames(ctx)
  return rows.map((row) => showItem(row, { ledger, now: ctx.now, placeOf, only }))
}

/** Records of a ledger to link to: those whose title has the words, the newest first. */
export async function chooseRecords(ctx: Context, given: OfBook & ChooseRecord): Promise<{ items: Linked[] }> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const page = await listPage(within, ledger, { fields: [], limit: given.limit, ...(given.q === '' ? {} : { q: given.q }) })
    const above = await findOfSuperiors(within, { templateKey: given.templateKey, beginning: given.q, limit: given.limit })
    return { items: [...page.items, ...above].slice(0, given.limit).map((row) => ({ id: row.recordId, name: row.title })) }
  })
}

/** One record whole: values, what its moves still miss, its deadlines, its history. Throws `http.not-found`. */
export async function readRecord(ctx: Context, given: OfRecord): Promise<RecordRecord> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const row = await findRecord(db, ctx, given)
    if (row === undefined) throw httpErrors.notFound()
    const open = await versionOf(within, row)
    const handled = (await listHandled(db, ctx, [row.recordId])).get(row.recordId)
    const events = await listEvents(db, ctx, row.recordId)
    const item = showItem(row, { ledger, now: ctx.now, placeOf: await readPlaceNames(within) })
    // Safe: sealed values count as filled; formulas do not know sensitive fields.
    const values = row.body as Readonly<Record<string, FieldValue>>
    const madeOn = dayOf(Date.parse(row.madeAt))
    const judged = judgeRecord(open, { values, state: row.state, today: ctx.today, madeOn, isNew: false })
    return {
      ...item,
      template: visibleTemplate({ open, maySee: ledger.maySee }),
      deadlines: await showDeadlines(within, { open, row, values, handled }),
      warnings: judged.problems,
      moves: showMoves(ctx, { open, row, values, handled }),
      history: events.map((event) => showEvent(event, ledger)),
      can: canOf(ctx, { ledger, open, row }),
    }
  })
}

type Judged = { open: OpenTemplate; row: RecordRow; values: Readonly<Record<string, FieldValue>>; handled: HandledRow | undefined }

async function showDeadlines(ctx: Within, { open, row, values, handled }: Judged): Promise<RecordRecord['deadlines']> {
  const madeOn = dayOf(Date.parse(row.madeAt))
  const reachedOn = { [open.template.states[0]?.key ?? '']: madeOn, ...handled?.reachedOn }
  const running = deadlinesOf(open, { values, state: row.state, madeOn, reachedOn }, await openCalendar(ctx))
  return running.map(({ key, name, on }) => ({ key, name, on, isOverdue: on < ctx.today }))
}

function showMoves(ctx: Context, { open, row, values, handled }: Judged): RecordMove[] {
  if (row.removedAt !== null) return []
  return [...open.moves.values()].flatMap(({ move }): RecordMove[] => {
    const mine = ctx.scope.kind === 'system' || move.by.some((role) => ctx.caller.roles.includes(role))
    if (!mine || !move.from.includes(row.state)) return []
    const missing = judge(ctx, { open, row, handled, move: move.key, values, hasReason: true })
    return [{ key: move.key, name: move.name, into: move.into, needsReason: move.reason === true, missing }]
  })
}

function showEvent(event: EventRow, ledger: Ledger): RecordRecord['history'][number] {
  const { seq, act, move, from, into, byName, at, reason, version } = event
  return {
    seq,
    act,
    ...(move === null ? {} : { move }),
    ...(from === null ? {} : { from }),
    ...(into === null ? {} : { into }),
    byName,
    at,
    ...(reason === null ? {} : { reason }),
    version,
    before: shownValues(event.body, ledger.maySee),
  }
}

function canOf(ctx: Context, { ledger, open, row }: { ledger: Ledger; open: OpenTemplate; row: RecordRow }): RecordRecord['can'] {
  const writes = ledger.can.make || (ledger.isWithdrawn && mayDo(ctx, 'ledgers.record', 'write'))
  const isOpen = writes && row.removedAt === null
  const hasFiles = open.template.fields.some((field) => ['photo', 'file', 'signature'].includes(field.kind))
  return {
    change: isOpen && !row.settled,
    remove: isOpen,
    restore: writes && row.removedAt !== null,
    attach: isOpen && !row.settled && hasFiles,
    reveal:
      Object.entries(row.body).some(([key, value]) => isSealed(value) && ledger.maySee(key)) && mayDo(ctx, 'ledgers.record', 'reveal'),
    migrate: row.version !== ledger.open.version,
  }
}
