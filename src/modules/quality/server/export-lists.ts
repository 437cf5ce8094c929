import { readCursor, toPage } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { allPages, localTime, mapped, type ListToExport } from '#modules/registry/server/index.ts'
import type { FilterFindings, ListExceptions } from '../contract.ts'
import type { ExceptionState } from '../rules/exception-states.ts'
import type { FindingState } from '../rules/finding-states.ts'
import type { ExceptionRecord, FindingCard, HouseholdBrief, Overview, WorkCount } from '../rules/worklist-records.ts'
import { ownerWords, severityWords } from '../rules/worklist-words.ts'
import { readExceptions } from './exception-read.ts'
import { makeCards, rulesOn, textOf } from './finding-cards.ts'
import { searchFor } from './finding-read.ts'
import { cursorOf, listFindings } from './finding-store.ts'
import type { WorklistDeps } from './worklist-neighbours.ts'
import { readOverview } from './worklist-overview.ts'
import { saySeen } from './worklist-sheet.ts'

// Findings, exceptions and counts as their pages show them.

const rowsAtOnce = 500
const exceptionsAtOnce = 200
const findingStates: Readonly<Record<FindingState, string>> = { open: '待办', sent: '已下发', excepted: '例外', fixed: '已修正' }
const exceptionStates: Readonly<Record<ExceptionState, string>> = {
  asked: '待批准',
  granted: '已批准',
  refused: '未批准',
  ended: '已结束',
  expired: '已到期',
}
const householdColumns = [
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '村组', width: 28 },
  { label: '涉及人员', width: 12 },
]

/** The worklist as it is filtered, in its order. */
export async function findingsToExport(ctx: Context & { db: Db }, filter: FilterFindings, deps: WorklistDeps): Promise<ListToExport> {
  const search = await searchFor(ctx, filter, deps)
  const cards = allPages(async (after) => {
    const found = await listFindings(ctx.db, search, { limit: rowsAtOnce + 1, after: readCursor(after, ['number', 'text', 'id']) })
    const page = toPage(found, rowsAtOnce, cursorOf)
    return { ...page, items: await makeCards(ctx, page.items) }
  })
  const columns = [
    ...householdColumns,
    { label: '程度', width: 8 },
    { label: '规则', width: 8 },
    { label: '问题', width: 40 },
    { label: '现在的值', width: 36 },
    { label: '怎么改', width: 44 },
    { label: '谁来改', width: 14 },
    { label: '状态', width: 10 },
    { label: '截止日期', width: 12 },
    { label: '超期', width: 8 },
    { label: '第几次出现' },
    { label: '首次发现', width: 12 },
  ]
  const rules = rulesOn(ctx.today)
  const toCells = (card: FindingCard) => {
    const rule = textOf(card.rule, rules)
    return [
      ...householdCells(card.household, card.place),
      card.personName ?? '',
      severityWords[card.severity].zh,
      card.rule,
      rule.zh,
      saySeen(card.seen),
      rule.fix.zh,
      ownerWords[rule.owner].zh,
      findingStates[card.state],
      card.dueOn ?? '',
      card.isOverdue ? '是' : '',
      String(card.recurrence + 1),
      localTime(card.firstSeenAt).slice(0, 10),
    ]
  }
  return { list: 'quality.findings', columns, filter, rows: mapped(cards, toCells) }
}

/** Exceptions as they are filtered, those asked last first. */
export function exceptionsToExport(ctx: Context & { db: Db }, filter: Omit<ListExceptions, 'after' | 'limit'>): ListToExport {
  const pages = allPages((after) => readExceptions(ctx, { ...filter, after, limit: exceptionsAtOnce }))
  const columns = [
    ...householdColumns,
    { label: '规则', width: 8 },
    { label: '问题', width: 40 },
    { label: '范围', width: 12 },
    { label: '理由', width: 30 },
    { label: '状态', width: 10 },
    { label: '申请人', width: 12 },
    { label: '申请时间', width: 18 },
    { label: '办理人', width: 12 },
    { label: '办理时间', width: 18 },
    { label: '办理意见', width: 24 },
    { label: '有效期至', width: 12 },
  ]
  const rules = rulesOn(ctx.today)
  const toCells = (one: ExceptionRecord) => [
    ...householdCells(one.household, one.place),
    one.personName ?? '',
    one.rule,
    textOf(one.rule, rules).zh,
    one.covers === 'household' ? '全户' : '这一条',
    one.reason,
    exceptionStates[one.state],
    one.askedName,
    localTime(one.askedAt),
    one.decidedName ?? '',
    one.decidedAt === null ? '' : localTime(one.decidedAt),
    one.decidedNote ?? '',
    one.untilOn ?? '',
  ]
  return { list: 'quality.exceptions', columns, filter, rows: mapped(pages, toCells) }
}

const countColumns = ['错误', '重点', '疑点', '提示', '待办', '已下发', '超期', '合计'].map((label) => ({ label }))
const countCells = ({ bySeverity, open, sent, overdue, total }: WorkCount) =>
  [bySeverity.error, bySeverity.high, bySeverity.warning, bySeverity.info, open, sent, overdue, total].map(String)

/** The overview by place, with its sum, or by rule. */
export async function overviewToExport(ctx: Context, given: { by: 'places' | 'rules'; under: string | undefined }): Promise<ListToExport> {
  const { by, under } = given
  const overview = await readOverview(ctx, under)
  const filter = under === undefined ? {} : { under }
  if (by === 'places') {
    const columns = [{ label: '区划', width: 20 }, ...countColumns]
    return { list: 'quality.places', columns, filter, rows: eachPlace(overview) }
  }
  const columns = [{ label: '规则' }, { label: '问题', width: 44 }, { label: '谁来改', width: 14 }, ...countColumns]
  return { list: 'quality.rules', columns, filter, rows: eachRule(ctx, overview) }
}

async function* eachPlace({ places, sum }: Overview): AsyncGenerator<string[]> {
  for (const place of places) yield [place.name, ...countCells(place)]
  yield ['合计', ...countCells(sum)]
}

async function* eachRule(ctx: Context, { rules }: Overview): AsyncGenerator<string[]> {
  const texts = rulesOn(ctx.today)
  for (const row of rules) {
    const text = textOf(row.rule, texts)
    yield [row.rule, text.zh, ownerWords[text.owner].zh, ...countCells(row)]
  }
}

function householdCells(household: HouseholdBrief | null, place: string): string[] {
  if (household === null) return ['', '', place]
  return [household.householdNo, household.headName, `${household.township}${household.village}${household.group}`]
}
