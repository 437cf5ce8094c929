import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { localTime, type ListToExport } from '#modules/registry/server/index.ts'
import type { ComparisonRun, Receipt, RunState } from '../contract.ts'
import type { AuthorisationRecord, RestedReason, ShownRepair } from '../rules/compare-records.ts'
import type { ListAuthorisations } from '../rules/compare-requests.ts'
import type { HouseholdBrief } from '../rules/lead-records.ts'
import { listWords, ruleWords } from '../rules/lead-words.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { readPrecision, readSenderPrecision } from './lead-read.ts'
import { listAuthorisations } from './note-authorisation.ts'
import { readReceipts, readRepairs, readRested, readRuns } from './read-runs.ts'

// Lists of what was compared, with whom it was done and how right it was, as their pages show them.

const rowsAtOnce = 200
const runStates: Readonly<Record<RunState, string>> = { staged: '待比对', running: '比对中', done: '已完成', failed: '没有完成' }
const repairStates: Readonly<Record<ShownRepair['state'], string>> = {
  open: '待处理',
  proposed: '已提出',
  refused: '清单有误',
  expired: '已过期',
}
const authorisationStates: Readonly<Record<AuthorisationRecord['state'], string>> = {
  current: '有效',
  future: '未生效',
  expired: '已到期',
  revoked: '已撤回',
}
const classes = ['exact', 'normalised', 'repaired', 'fuzzy', 'ambiguous', 'none', 'place'] as const
const classColumns = ['完全一致', '规整后一致', '修正后一致', '按姓名对上', '待判断', '未对上', '对上地点'].map((label) => ({ label }))
const classCells = (counts: Readonly<Record<string, number>>) => classes.map((key) => String(counts[key] ?? 0))
const householdColumns = [
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '村组', width: 28 },
]
const monthText = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(4))}月`
const sayTime = (at: string | null) => (at === null ? '' : localTime(at))
const percent = (share: number | null) => (share === null ? '' : `${(share * 100).toFixed(1)}%`)

/** The comparisons that the runs' page shows. */
export async function runsToExport(ctx: Context): Promise<ListToExport> {
  const { items } = await readRuns(ctx)
  const columns = [
    { label: '月份', width: 12 },
    { label: '状态', width: 10 },
    { label: '开始', width: 18 },
    { label: '完成', width: 18 },
    { label: '行数' },
    ...classColumns,
    { label: '无授权未比对行数' },
    { label: '有线索户数' },
    { label: '暂不再核实条数' },
  ]
  const toCells = (run: ComparisonRun) => [
    monthText(run.month),
    runStates[run.state],
    sayTime(run.startedAt),
    sayTime(run.finishedAt),
    String(run.rowsRead),
    ...classCells(run.classes),
    ...[run.leftOut.rows, run.leads, run.rested].map(String),
  ]
  return { list: 'screening.runs', columns, filter: {}, rows: each(items, toCells) }
}

/** The receipts of a run: what came from whom on which grounds, and when it was destroyed. Throws `screening.run-not-found`. */
export async function receiptsToExport(ctx: Context, runId: string): Promise<ListToExport> {
  const { items } = await readReceipts(ctx, runId)
  const columns = [
    { label: '回执编号', width: 36 },
    { label: '清单', width: 14 },
    { label: '文件', width: 34 },
    { label: '报送单位', width: 18 },
    { label: '共享事项', width: 22 },
    { label: '用途', width: 24 },
    { label: '法律依据', width: 24 },
    { label: '共享期限', width: 12 },
    { label: '行数' },
    ...classColumns,
    { label: '无授权未比对行数' },
    { label: '收到', width: 18 },
    { label: '应销毁', width: 18 },
    { label: '已销毁', width: 18 },
    { label: '销毁人', width: 12 },
    { label: '文件校验值', width: 66 },
  ]
  const toCells = (one: Receipt) => [
    one.receiptId,
    one.list === null ? '' : listWords[one.list].zh,
    one.fileName,
    one.sender,
    one.sharingItem,
    one.purpose,
    one.legalBasis,
    one.expiresOn ?? '',
    String(one.rows),
    ...classCells(one.classes),
    String(one.leftOut),
    ...[one.receivedAt, one.destroyDueAt, one.destroyedAt].map(sayTime),
    one.destroyedBy ?? '',
    one.fileHash,
  ]
  return { list: 'screening.receipts', columns, filter: { month: items[0]?.month }, rows: each(items, toCells) }
}

/** The rows of a run that show a mistake of the register, numbers masked. Throws `screening.run-not-found`. */
export async function repairsToExport(ctx: Context, runId: string, deps: LeadDeps): Promise<ListToExport> {
  const { items } = await readRepairs(ctx, runId, deps)
  const columns = [
    ...householdColumns,
    { label: '姓名', width: 12 },
    { label: '证件号码', width: 22 },
    { label: '清单', width: 14 },
    { label: '文件', width: 30 },
    { label: '工作表', width: 14 },
    { label: '行', width: 8 },
    { label: '清单显示', width: 30 },
    { label: '处理', width: 10 },
  ]
  const toCells = (one: ShownRepair) => [
    ...householdCells(one.household),
    one.personName,
    one.idMasked,
    listWords[one.list].zh,
    one.place.file,
    one.place.sheet,
    String(one.place.row),
    sayRepair(one),
    repairStates[one.state],
  ]
  return { list: 'screening.repairs', columns, filter: {}, rows: each(items, toCells) }
}

function sayRepair({ slip, leaving, field }: ShownRepair): string {
  if (slip !== null) return `证件号第 ${slip.at} 位起，底册是 ${slip.was}，应为 ${slip.says}`
  if (leaving !== null) return `${leaving.kind === 'death' ? '已去世' : '已迁出'}${leaving.on === null ? '' : `（${leaving.on}）`}`
  return field === 'household-event' ? '已去世或迁出' : field === 'name' ? '姓名不同' : '证件号有误'
}

/** The reasons that rest since a run, with who dismissed them and why. Throws `screening.run-not-found`. */
export async function restedToExport(ctx: Context & { db: Db }, runId: string): Promise<ListToExport> {
  const { items } = await readRested(ctx, runId, 100_000)
  const columns = [
    ...householdColumns,
    { label: '线索', width: 16 },
    { label: '清单', width: 14 },
    { label: '现在的值', width: 16 },
    { label: '核实时的值', width: 16 },
    { label: '核实人', width: 12 },
    { label: '核实说明', width: 30 },
    { label: '核实日期', width: 12 },
  ]
  const toCells = (one: RestedReason) => [
    ...householdCells(one.household),
    sayRule(one.rule),
    listWords[one.list].zh,
    one.value,
    one.dismissedValue,
    one.dismissedBy,
    one.dismissedNote,
    one.dismissedAt,
  ]
  return { list: 'screening.rested', columns, filter: {}, rows: each(items, toCells) }
}

/** Authorisations as they are filtered, the latest given first. */
export function authorisationsToExport(
  ctx: Context & { db: Db },
  filter: Omit<ListAuthorisations, 'after' | 'limit'>,
  deps: LeadDeps,
): ListToExport {
  const columns = [
    ...householdColumns,
    { label: '授权人', width: 12 },
    { label: '签字日期', width: 12 },
    { label: '有效期至', width: 12 },
    { label: '授权查询的清单', width: 30 },
    { label: '授权书编号', width: 22 },
    { label: '状态', width: 10 },
    { label: '撤回日期', width: 12 },
    { label: '撤回原因', width: 22 },
    { label: '登记人', width: 12 },
  ]
  const toCells = (one: AuthorisationRecord) => [
    ...householdCells(one.household),
    one.personId === null ? '全户' : (one.personName ?? ''),
    one.givenOn,
    one.validUntil,
    one.lists.length === 0 ? '全部清单' : one.lists.map((list) => listWords[list].zh).join('、'),
    one.paper,
    authorisationStates[one.state],
    one.revokedOn ?? '',
    one.revokeReason ?? '',
    one.notedBy,
  ]
  const rows = async function* () {
    let after: string | undefined
    do {
      const page = await listAuthorisations(ctx, { ...filter, after, limit: rowsAtOnce }, deps)
      yield* page.items.map(toCells)
      after = page.next
    } while (after !== undefined)
  }
  return { list: 'screening.authorisations', columns, filter, rows: rows() }
}

/** Answers per rule. */
export async function rulePrecisionToExport(ctx: Context, month: string | undefined): Promise<ListToExport> {
  const items = await inTransaction(ctx, (db) => readPrecision({ ...ctx, db }, month))
  const labels = ['提示户次', '属实', '需其他帮助', '不属实', '不在本村', '准确率', '下限（95%）', '上限（95%）']
  const columns = [{ label: '规则' }, { label: '线索', width: 22 }, ...labels.map((label) => ({ label }))]
  const rows = each(items, (one) => [
    one.rule,
    sayRule(one.rule),
    ...[one.raised, one.confirmed, one.elsewhere, one.dismissed, one.notHere].map(String),
    ...[one.precision, one.low, one.high].map(percent),
  ])
  return { list: 'screening.rule-precision', columns, filter: { month }, rows }
}

/** Answers per rule and sender. */
export async function senderPrecisionToExport(ctx: Context, month: string | undefined): Promise<ListToExport> {
  const items = await inTransaction(ctx, (db) => readSenderPrecision({ ...ctx, db }, month))
  const labels = ['提示户次', '已核实', '属实', '准确率', '下限（95%）', '上限（95%）']
  const columns = [{ label: '报送单位', width: 20 }, { label: '规则' }, { label: '线索', width: 22 }, ...labels.map((label) => ({ label }))]
  const rows = each(items, (one) => [
    one.sender,
    one.rule,
    sayRule(one.rule),
    ...[one.raised, one.verified, one.right].map(String),
    ...[one.precision?.value ?? null, one.precision?.low ?? null, one.precision?.high ?? null].map(percent),
  ])
  return { list: 'screening.sender-precision', columns, filter: { month }, rows }
}

async function* each<Item>(items: readonly Item[], toCells: (item: Item) => string[]): AsyncGenerator<readonly string[]> {
  yield* items.map(toCells)
}

function householdCells(household: HouseholdBrief | null): string[] {
  if (household === null) return ['', '', '']
  return [household.householdNo, household.headName, `${household.township}${household.village}${household.group}`]
}

function sayRule(rule: string): string {
  return Object.hasOwn(ruleWords, rule) ? ruleWords[rule as keyof typeof ruleWords].zh : rule // Safe: it was just asked
}
