import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { BatchId, BatchState, Entity, ImportBatch, ImportDifference, ImportKind, TotalsRow } from '../contract.ts'
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
    { label: '去留', width: 10 },
  ]
  return { list: 'registry.import-differences', columns, filter: { ...filter, file: fileName }, rows: eachDifference(ctx, given) }
}

async function* eachDifference(
  ctx: Context & { db: Db },
  { batchId, filter }: { batchId: BatchId; filter: DifferenceFilter },
): AsyncGenerator<string[]> {
  for (let after = 0; ; ) {
    const found = await listDifferences(ctx.db, ctx, { batchId, after, limit: rowsAtOnce, ...filter })
    for (const difference of found) yield* differenceCells(difference)
    const last = found.at(-1)
    if (last === undefined || found.length < rowsAtOnce) return
    after = last.differenceNo
  }
}

function* differenceCells(one: ImportDifference): Generator<string[]> {
  const about = [one.row === undefined ? '' : String(one.row), entityWords[one.entity], one.rowKey, one.name, one.place]
  const decision = one.decision === undefined ? '' : one.decision === 'keep' ? '保留' : '已不在'
  if (one.status === 'missing') yield [...about, statusWords.missing, '', '', '', decision]
  for (const [field, [was, is]] of Object.entries(one.changes)) yield [...about, statusWords.changed, nameOf(field), say(was), say(is), '']
  for (const [field, [was, is]] of Object.entries(one.conflicts))
    yield [...about, statusWords.conflict, nameOf(field), say(was), say(is), '']
}

const nameOf = (field: string) => describeField(field)?.zh ?? field

function say(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
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
