import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { allPages, exportList, findHouseholds } from '#modules/registry/server/index.ts'
import { stepNamesOfPolicy } from '../../rules/case-names.ts'
import { termOf, type KeptClock, type RevisedCalendar } from '../../rules/clocks/clock-change.ts'
import { daysByParty, daysLeft } from '../../rules/clocks/clock-days.ts'
import type { CaseClocks, ClockCard, ClockRecord, NearestDue, ReminderCard } from '../../rules/clocks/clock-records.ts'
import type { ExportClocks, FilterClocks, ListClocks } from '../../rules/clocks/clock-requests.ts'
import { clockKindWords, clockStateWords, limitWords, partyWords } from '../../rules/clocks/clock-words.ts'
import { seatOfCaller } from '../case-seat.ts'
import { findCase } from '../case-store.ts'
import { predictedBreaches } from './clock-forecast.ts'
import {
  countClocks,
  findReminders,
  keyOfClock,
  listClockRows,
  listRemindersOf,
  type ChosenClocks,
  type ListedClock,
} from './clock-list-store.ts'
import { findClocks } from './clock-store.ts'

const usualPage = 50
const rowsAtOnce = 500
const mostReminders = 500

/** The clocks of a case, all that ran in their order, with their reminders, and whose time its steps took. Out of scope it is not found. */
export async function clocksOfCase(ctx: Context, caseId: string): Promise<CaseClocks> {
  return inTransaction(ctx, async (db) => {
    if ((await findCase(db, ctx.scope, caseId)) === undefined) throw httpErrors.notFound()
    const calendar = await openCalendar({ ...ctx, db })
    const clocks = await findClocks(db, ctx.scope, [caseId])
    const reminders = await findReminders(db, ctx.scope, [caseId])
    const time = { own: 0, others: 0 }
    for (const clock of clocks.filter(({ kind }) => kind === 'step')) {
      const spent = daysByParty({ ...clock, until: clock.stoppedOn ?? ctx.today })
      time.own += spent.own
      time.others += spent.others
    }
    const records = clocks.map((clock) => ({
      ...recordOf(clock, calendar, ctx.today),
      pauses: clock.pauses.map(({ reason, pausedOn, resumedOn }) => ({ reason, pausedOn, resumedOn })),
      reminders: reminders.filter(({ clockId }) => clockId === clock.clockId).map(({ clockId: _of, ...reminder }) => reminder),
    }))
    return { clocks: records, time }
  })
}

/** The nearest limit of each of these cases that has one running, for lists. */
export async function nearestDue(ctx: Context, caseIds: readonly string[]): Promise<ReadonlyMap<string, NearestDue>> {
  if (caseIds.length === 0) return new Map()
  return inTransaction(ctx, async (db) => {
    const calendar = await openCalendar({ ...ctx, db })
    const nearest = new Map<string, KeptClock & { dueOn: Day }>()
    for (const clock of await findClocks(db, ctx.scope, caseIds)) {
      const { dueOn, state, kind } = clock
      if (state === 'stopped' || dueOn === null || kind === 'notice') continue
      const before = nearest.get(clock.caseId)
      if (before === undefined || dueOn < before.dueOn) nearest.set(clock.caseId, { ...clock, dueOn })
    }
    return new Map(
      [...nearest].map(([caseId, clock]) => {
        const { dueOn, kind, limit, calendar: counted } = clock
        return [caseId, { dueOn, kind, limit, calendar: counted, daysLeft: daysLeft(termOf(clock), calendar, ctx.today) }] as const
      }),
    )
  })
}

function recordOf(clock: KeptClock, calendar: RevisedCalendar, today: Day): Omit<ClockRecord, 'pauses' | 'reminders'> {
  const { clockId, caseId, round, kind, step, limit, party, heldBy, days, startedOn, state, stoppedOn, dueOn, unknownYear } = clock
  const left = daysLeft(termOf(clock), calendar, stoppedOn ?? today)
  const elapsed = clock.tookDays ?? days - left
  const share = days === 0 ? 0 : elapsed / days
  const of = { clockId, caseId, round, kind, step, limit, party, heldBy, days, calendar: clock.calendar }
  return { ...of, startedOn, state, stoppedOn, dueOn, elapsed, daysLeft: left, share, unknownYear }
}

/** One page of running clocks with a limit, the nearest due day first. */
export async function listClocks(ctx: Context, query: ListClocks): Promise<Page<ClockCard> & { total: number }> {
  const { after, pageSize = usualPage, ...asked } = query
  return inTransaction(ctx, async (db) => {
    const filter = await chosenBy({ ...ctx, db }, asked)
    const page = await pageOf({ ...ctx, db }, { filter, after, limit: pageSize })
    return { ...page, total: await countClocks(db, { scope: ctx.scope, filter }) }
  })
}

async function chosenBy(ctx: Context & { db: Db }, { mine, breach, reminded, ...asked }: FilterClocks): Promise<ChosenClocks> {
  const late = breach === undefined ? undefined : await predictedBreaches(ctx, { under: asked.area, when: breach })
  const told = reminded === undefined ? undefined : new Set(await idsReminded(ctx, reminded))
  return {
    ...asked,
    today: ctx.today,
    ...(mine === true ? { heldBy: seatOfCaller(ctx).path } : {}),
    clockIds: told === undefined ? late : (late ?? [...told]).filter((id) => told.has(id)),
  }
}

async function idsReminded(ctx: Context & { db: Db }, which: 'own' | 'below'): Promise<string[]> {
  const given = await listRemindersOf(ctx.db, ctx.scope, { seat: seatOfCaller(ctx).path, limit: mostReminders })
  return given.filter(({ isEscalated }) => isEscalated === (which === 'below')).map(({ clockId }) => clockId)
}

async function pageOf(
  ctx: Context & { db: Db },
  given: { filter: ChosenClocks; after: string | undefined; limit: number },
): Promise<Page<ClockCard>> {
  const { filter, after, limit } = given
  const rows = await listClockRows(ctx.db, { scope: ctx.scope, filter }, { limit: limit + 1, after: readCursor(after, ['day', 'id']) })
  const page = toPage(rows, limit, keyOfClock)
  return { ...page, items: await cardsOf(ctx, page.items) }
}

/** Clocks with what people know their households by, and who holds their cases. */
export async function cardsOf(ctx: Context & { db: Db }, rows: readonly ListedClock[]): Promise<ClockCard[]> {
  const calendar = await openCalendar(ctx)
  const known = await findHouseholds(ctx, ctx.db, [...new Set(rows.map(({ householdId }) => householdId))])
  const byId = new Map(known.map((card) => [card.householdId as string, card]))
  const names = new Map(rows.length === 0 ? [] : (await listAreas(ctx, { level: 'village' })).map(({ path, name }) => [path, name]))
  return rows.map((row) => {
    const household = byId.get(row.householdId)
    return {
      ...recordOf(row, calendar, ctx.today),
      areaPath: row.areaPath,
      caseNo: row.caseNo,
      householdId: row.householdId,
      handlerName: row.handlerName,
      householdNo: household?.householdNo ?? '',
      headName: household?.headName ?? null,
      township: household?.township ?? '',
      village: household?.village ?? '',
      holderName: names.get(row.heldBy) ?? '',
    }
  })
}

/** What the caller's office was reminded of and still runs: its own clocks that passed a mark, and those below that are over; the newest first. */
export async function listReminders(ctx: Context): Promise<{ items: ReminderCard[] }> {
  return inTransaction(ctx, async (db) => {
    const given = await listRemindersOf(db, ctx.scope, { seat: seatOfCaller(ctx).path, limit: mostReminders })
    const filter = { today: ctx.today, clockIds: given.map(({ clockId }) => clockId) }
    const rows = await listClockRows(db, { scope: ctx.scope, filter }, { limit: mostReminders, after: undefined })
    const cards = new Map((await cardsOf({ ...ctx, db }, rows)).map((card) => [card.clockId, card]))
    return {
      items: given.flatMap(({ clockId, mark, firedOn, isEscalated }) => {
        const card = cards.get(clockId)
        return card === undefined ? [] : [{ ...card, mark, firedOn, isEscalated }]
      }),
    }
  })
}

const columns = [
  { label: '个案编号', width: 14 },
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '时限', width: 14 },
  { label: '环节', width: 12 },
  { label: '性质', width: 8 },
  { label: '计入', width: 10 },
  { label: '承办', width: 14 },
  { label: '经办人', width: 12 },
  { label: '起算日', width: 12 },
  { label: '期限（天）', width: 10 },
  { label: '日历', width: 10 },
  { label: '到期日', width: 12 },
  { label: '剩余（天）', width: 10 },
  { label: '状态', width: 10 },
  { label: '备注', width: 30 },
] as const

/** The list as it is filtered, as a workbook or text; recorded as every export is. */
export async function exportClocks(ctx: Context, query: ExportClocks, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...asked } = query
  return inTransaction(ctx, async (db) => {
    const filter = await chosenBy({ ...ctx, db }, asked)
    const cards = allPages((after) => pageOf({ ...ctx, db }, { filter, after, limit: rowsAtOnce }))
    const rows = async function* () {
      for await (const card of cards) yield toCells(card, ctx.today)
    }
    return exportList({ ...ctx, db }, { list: 'cases.clock', columns, filter: asked, rows: rows(), purpose, format, ...deps })
  })
}

function toCells(card: ClockCard, today: Day): string[] {
  const isLate = card.dueOn !== null && card.dueOn < today && card.kind !== 'notice'
  const year = card.unknownYear === null ? '' : `${card.unknownYear}年放假安排未录入，到期日可能变动`
  return [
    card.caseNo,
    card.householdNo,
    card.headName ?? '',
    card.township,
    card.village,
    clockKindWords[card.kind].zh,
    stepNamesOfPolicy[card.step],
    limitWords[card.limit].zh,
    partyWords[card.party].zh,
    card.holderName,
    card.handlerName ?? '',
    card.startedOn,
    String(card.days),
    card.calendar === 'working' ? '工作日' : '自然日',
    card.dueOn ?? '',
    String(card.daysLeft),
    isLate ? '已超期' : clockStateWords[card.state].zh,
    year,
  ]
}
