import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, whileReading } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { findArea, mayDo } from '#modules/identity/server/index.ts'
import { exportList } from '#modules/registry/server/index.ts'
import { ExportDue } from '../contract.ts'
import { dueDayOf } from '../rules/deadlines.ts'
import type { DueItem, DueLedger, DueWork } from '../rules/records.ts'
import { countDue, listDue, type DueRow } from './due-store.ts'
import { ledgersErrors } from './errors.ts'
import { openLedger, type Ledger, type Within } from './open-ledger.ts'
import { countyPath } from './place-record.ts'
import { listBooks } from './read-templates.ts'
import { access } from './record-routes.ts'
import { readPlaceNames } from './show-records.ts'
import type { LedgerDeps } from './work-out.ts'

const weekMs = 7 * 86_400_000
/** Rows of the page; the list of a ledger has all of them. */
const mostShown = 200
const mostExported = 20_000

/** What is late or due within a week in all ledgers that the caller reads: by ledger, and the earliest by name. */
export async function readDue(ctx: Context): Promise<DueWork> {
  return whileReading(ctx, async (db) => {
    const { ledgers, items } = await findDue({ ...ctx, db }, mostShown)
    return { ledgers, items: items.slice(0, mostShown), isCut: items.length > mostShown }
  })
}

async function findDue(ctx: Within, most: number): Promise<{ ledgers: DueLedger[]; items: DueItem[] }> {
  const before = new Date(Date.parse(ctx.now) + weekMs).toISOString()
  const books = (await listBooks(ctx)).items.filter((book) => book.records > 0)
  const placeOf = await readPlaceNames(ctx)
  const ledgers: DueLedger[] = []
  const items: DueItem[] = []
  const opened = new Map<string, Ledger>()
  const take = (rows: readonly DueRow[]) => {
    for (const { dueAt, areaPath, recordNo, state, ...row } of rows) {
      const stateName = opened.get(row.templateKey)?.open.states.get(state)?.name ?? { zh: state, en: state }
      const base = { ...row, stateName, areaName: placeOf(areaPath), dueOn: dueDayOf(dueAt), isOverdue: dueAt <= ctx.now }
      items.push(recordNo === null ? base : { ...base, recordNo })
    }
  }
  const count = async (templateKeys: readonly string[]) => {
    for (const { templateKey, overdue, soon } of await countDue(ctx, { templateKeys, before })) {
      const name = books.find((book) => book.templateKey === templateKey)?.name
      if (name !== undefined) ledgers.push({ templateKey, name, overdue, soon })
    }
    take(await listDue(ctx, { templateKeys, before, most: most + 1 }))
  }
  // Each ledger is opened by the one door; a closed one is counted while it is the one that is open.
  for (const { templateKey, isClosed } of books) {
    opened.set(templateKey, await openLedger(ctx, templateKey))
    if (isClosed) await count([templateKey])
  }
  const others = books.filter((book) => !book.isClosed).map((book) => book.templateKey)
  if (others.length > 0) await count(others)
  items.sort((one, other) => (one.dueOn === other.dueOn ? (one.recordId < other.recordId ? -1 : 1) : one.dueOn < other.dueOn ? -1 : 1))
  ledgers.sort((one, other) => other.overdue - one.overdue || other.soon - one.soon || (one.templateKey < other.templateKey ? -1 : 1))
  return { ledgers, items }
}

/** The same as a file, all of it. Noted and audited. */
export async function exportDue(ctx: Context, deps: LedgerDeps, { purpose, format }: ExportDue): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    if (!mayDo(ctx, 'ledgers.record', 'export')) throw ledgersErrors.mayNotRead()
    const { ledgers, items } = await findDue(within, mostExported)
    if (items.length > mostExported) throw ledgersErrors.tooManyRows({ most: mostExported })
    const nameOf = new Map(ledgers.map((ledger) => [ledger.templateKey, ledger.name.zh]))
    const { scope } = ctx
    const unit = (await findArea(within, scope.kind === 'area' ? scope.path : countyPath(scope.countyCode)))?.name ?? ''
    const lines = items.map((item) => [
      nameOf.get(item.templateKey) ?? item.templateKey,
      item.recordNo ?? '',
      item.title,
      item.areaName,
      item.stateName.zh,
      item.dueOn,
      item.isOverdue ? '逾期' : '一周内到期',
    ])
    return exportList(within, {
      list: 'ledgers.due',
      columns: ['台账', '编号', '名称', '所属', '状态', '期限', '情况'].map((label) => ({ label })),
      rows: rowsOf(lines),
      filter: {},
      heading: { title: `${unit}台账到期与逾期`, unit, fileName: '台账到期与逾期' },
      purpose,
      format,
      filesDirectory: deps.filesDirectory,
    })
  })
}

async function* rowsOf(lines: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* lines
}

/** Routes of what is due in all ledgers. */
export function dueRoutes(deps: LedgerDeps): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/ledgers/due', access: access('read'), handle: (ctx) => readDue(ctx) }),
    defineRoute({
      method: 'POST',
      kind: 'question',
      path: '/ledgers/due/export',
      access: access('export'),
      body: ExportDue,
      handle: (ctx, { body }) => exportDue(ctx, deps, body),
    }),
  ]
}
