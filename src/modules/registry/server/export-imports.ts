import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { BatchId, BatchState, Entity, ImportBatch, ImportDifference, ImportKind, TotalsRow } from '../contract.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import type { ConflictReason } from '../rules/merge-row.ts'
import { describeField } from './describe-field.ts'
import { localTime, type ListToExport } from './export-list.ts'
import { getBatch, listBatches, showBatch } from './import/batch-store.ts'
import { listDifferences } from './import/result-store.ts'
import { getTotals } from './totals-by-township.ts'

// Imports with their differences, and the totals that they must agree with.

const rowsAtOnce = 500
const kindWords: Readonly<Record<ImportKind, string>> = {
  register: '农户底册',
  monitoring: '监测对象信息',
  building: '乡村建设户信息',
  work: '已外出务工信息',
  'planned-work': '计划外出务工信息',
  village: '行政村信息',
}
const stateWords: Readonly<Record<BatchState, string>> = {
  staging: '正在读取',
  staged: '待执行',
  applying: '正在写入',
  applied: '已导入',
  undoing: '正在撤销',
  undone: '已撤销',
  refused: '未接收',
  interrupted: '中断',
  discarded: '已放弃',
}
const entityWords: Readonly<Record<Entity, string>> = { household: '户', person: '人', village: '村' }
const statusWords = { changed: '有变化', conflict: '有矛盾', missing: '文件里没有' } as const

/** All imports of the county, the latest first. */
export function importsToExport(ctx: Context & { db: Db }): ListToExport {
  const columns = [
    { label: '文件', width: 36 },
    { label: '内容', width: 18 },
    { label: '报送单位', width: 18 },
    { label: '数据截止', width: 12 },
    { label: '状态', width: 10 },
    { label: '读到行数' },
    { label: '不合格行数' },
    { label: '新增户数' },
    { label: '有变化户数' },
    { label: '新增人数' },
    { label: '有变化人数' },
    { label: '导入人', width: 12 },
    { label: '收到时间', width: 18 },
    { label: '写入时间', width: 18 },
    { label: '撤销时间', width: 18 },
    { label: '文件校验值', width: 66 },
  ]
  return { list: 'registry.imports', columns, filter: {}, rows: eachImport(ctx) }
}

async function* eachImport(ctx: Context & { db: Db }): AsyncGenerator<string[]> {
  let before: readonly [string, string] | undefined
  for (;;) {
    const found = await listBatches(ctx.db, ctx, { before, limit: rowsAtOnce })
    for (const batch of found) yield importCells(showBatch(batch))
    const last = found.at(-1)
    if (last === undefined || found.length < rowsAtOnce) return
    before = [last.createdAt, last.batchId]
  }
}

function importCells(batch: ImportBatch): string[] {
  const { counts, differences } = batch
  const number = (value: number | undefined) => (value === undefined ? '' : String(value))
  return [
    batch.fileName,
    batch.kind === undefined ? '' : kindWords[batch.kind],
    batch.sender ?? '',
    batch.asOf,
    stateWords[batch.state],
    number(counts.read),
    number(counts.refused),
    number(differences.household?.new),
    number(differences.household?.changed),
    number(differences.person?.new),
    number(differences.person?.changed),
    batch.createdName,
    localTime(batch.createdAt),
    batch.appliedAt === undefined ? '' : localTime(batch.appliedAt),
    batch.undoneAt === undefined ? '' : localTime(batch.undoneAt),
    batch.fileHash,
  ]
}

/** What of an import can be looked at: rows of one kind, in one state. */
export interface DifferenceFilter {
  entity?: Entity | undefined
  status?: ImportDifference['status'] | undefined
}

/** What an import would change or has changed, one row a field, numbers masked. Throws `registry.not-found`. */
export async function differencesToExport(
  ctx: Context & { db: Db },
  given: { batchId: BatchId; filter: DifferenceFilter },
): Promise<ListToExport> {
  const { batchId, filter } = given
  const { fileName } = showBatch(await getBatch(ctx.db, ctx, batchId))
  const columns = [
    { label: '行', width: 8 },
    { label: '对象', width: 8 },
    { label: '编号', width: 24 },
    { label: '姓名', width: 12 },
    { label: '村组', width: 26 },
    { label: '情况', width: 12 },
    { label: '项目', width: 18 },
    { label: '台账里是', width: 26 },
    { label: '文件里是', width: 26 },
    { label: '为什么保留', width: 22 },
    { label: '去留', width: 10 },
  ]
  return { list: 'registry.import-differences', columns, filter: { ...filter, file: fileName }, rows: eachDifference(ctx, given) }
}

async function* eachDifference(
  ctx: Context & { db: Db },
  { batchId, filter }: { batchId: BatchId; filter: DifferenceFilter },
): AsyncGenerator<string[]> {
  const names = new Map((await listAreas(ctx, { level: 'group' })).map((area) => [area.path, area.name]))
  for (let after = 0; ; ) {
    const found = await listDifferences(ctx.db, ctx, { batchId, after, limit: rowsAtOnce, ...filter })
    for (const difference of found) yield* differenceCells(difference, names)
    const last = found.at(-1)
    if (last === undefined || found.length < rowsAtOnce) return
    after = last.differenceNo
  }
}

function* differenceCells(one: ImportDifference, names: ReadonlyMap<string, string>): Generator<string[]> {
  const about = [one.row === undefined ? '' : String(one.row), entityWords[one.entity], one.rowKey, one.name, one.place]
  const decision = one.decision === undefined ? '' : one.decision === 'keep' ? '保留' : '已不在'
  const say = (field: string, value: unknown) => sayDifference(field, value, names)
  if (one.status === 'missing') yield [...about, statusWords.missing, '', '', '', '', decision]
  for (const [field, [was, is]] of Object.entries(one.changes))
    yield [...about, statusWords.changed, nameOf(field), say(field, was), say(field, is), '', '']
  for (const [field, [was, is, why]] of Object.entries(one.conflicts))
    yield [...about, statusWords.conflict, nameOf(field), say(field, was), say(field, is), whyWords.get(why) ?? why, '']
}

const whyWords = new Map<string, string>(
  Object.entries({
    corrected: '人工核实改过',
    'stronger-source': '以更权威的来源为准',
    'later-source': '台账里的数据日期更新',
    chosen: '选了以台账为准',
  } satisfies Record<ConflictReason, string>),
)

/** The name of a field; a key that ends in `?` is the value as written, which could not be read. */
function nameOf(key: string): string {
  const field = key.replace(/\?$/, '')
  const name = field === 'area' ? '所在村组' : field === 'householdNo' ? '户编号' : (describeField(field)?.zh ?? field)
  return field === key ? name : `${name}（原样）`
}

const valueWords = new Map([
  ['true', '是'],
  ['false', '否'],
  ['male', '男'],
  ['female', '女'],
])

/** A value as people read it: money in yuan, an area by its names. */
function sayDifference(field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' && describeField(field)?.type === 'money') return `${formatYuan(value)} 元`
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
  return field === 'area' ? sayArea(text, names) : (valueWords.get(text) ?? text)
}

/** The township, village and group of a path; an area that is new stands as `+/township/village/group`. */
function sayArea(path: string, names: ReadonlyMap<string, string>): string {
  if (path.startsWith('+/')) return `${path.slice(2).split('/').join(' ')}（新）`
  const parts = path.split('.').slice(0, -1)
  return parts.map((_, at) => (at < 3 ? '' : (names.get(`${parts.slice(0, at + 1).join('.')}.`) ?? ''))).join('')
}

/** The totals of each township, and their sum. */
export async function totalsToExport(ctx: Context): Promise<ListToExport> {
  const totals = await inTransaction(ctx, (db) => getTotals({ ...ctx, db }))
  const columns = [
    { label: '乡镇', width: 18 },
    { label: '户数' },
    { label: '人数' },
    { label: '建档立卡户数' },
    { label: '建档立卡人数' },
    { label: '已脱贫户数' },
    { label: '已脱贫人数' },
    { label: '未脱贫户数' },
    { label: '未脱贫人数' },
    { label: '是否平衡' },
  ]
  const toCells = (row: TotalsRow) => [
    row.township,
    ...[row.households, row.persons, row.registeredHouseholds, row.registeredPersons].map(String),
    ...[row.exitedHouseholds, row.exitedPersons, row.notExitedHouseholds, row.notExitedPersons].map(String),
    row.balances ? '是' : '否',
  ]
  const rows = async function* () {
    yield* totals.rows.map(toCells)
    yield toCells({ ...totals.sum, township: '合计' })
  }
  return { list: 'registry.totals', columns, filter: {}, rows: rows() }
}
