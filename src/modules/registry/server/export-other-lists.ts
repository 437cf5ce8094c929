import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { ListCorrections, ListVillages } from '../contract.ts'
import type { DuplicateRecord, DuplicateState } from '../rules/duplicate-records.ts'
import type { CorrectionRecord, VillageRecord } from '../rules/register-records.ts'
import { listCorrections } from './correct-register.ts'
import { describeField } from './describe-field.ts'
import { listDuplicates } from './duplicates.ts'
import { allPages, mapped, type ListToExport } from './export-list.ts'
import type { ReadingDeps } from './get-household.ts'
import { listVillages } from './village-kinds.ts'

// Lists that go out as their pages show them, read by the same code under the same scope.

const rowsAtOnce = 500
const kindWords = {
  poor: '贫困村',
  exited: '已退出贫困村',
  ordinary: '非贫困村',
  'ordinary-many-poor': '非贫困村（贫困人口多）',
  'key-support': '乡村振兴重点帮扶村',
  demonstration: '示范村',
} as const
const correctionStates = { found: '待确认', confirmed: '已确认', applied: '已写入', rejected: '已退回' } as const
const duplicateStateWords = { open: '待核对', later: '以后再看', different: '不是同一人', merged: '已合并' } as const

/** Villages with their kinds of today and their numbers. */
export function villagesToExport(ctx: Context, filter: Omit<ListVillages, 'after' | 'limit'>): ListToExport {
  const pages = allPages((after) => listVillages(ctx, { ...filter, after, limit: rowsAtOnce }))
  const columns = [
    { label: '乡镇', width: 16 },
    { label: '行政村', width: 16 },
    { label: '村类型', width: 36 },
    { label: '户数' },
    { label: '人数' },
    { label: '建档立卡人数' },
    { label: '未脱贫人数' },
  ]
  const toCells = (row: VillageRecord) => [
    row.township,
    row.name,
    row.kinds
      .filter((kind) => kind.validTo === undefined)
      .map(({ kind, validFrom }) => `${kindWords[kind]}（自 ${validFrom}）`)
      .join('、'),
    ...[row.households, row.persons, row.registeredPersons, row.notExitedPersons].map(String),
  ]
  return { list: 'registry.villages', columns, filter, rows: mapped(pages, toCells) }
}

/** Corrections of a period; sealed values show their last four characters. */
export function correctionsToExport(ctx: Context, filter: Omit<ListCorrections, 'after' | 'limit'>): ListToExport {
  const pages = allPages((after) => listCorrections(ctx, { ...filter, after, limit: rowsAtOnce }))
  const columns = [
    { label: '户编号', width: 22 },
    { label: '姓名', width: 12 },
    { label: '村组', width: 26 },
    { label: '项目', width: 16 },
    { label: '台账里是', width: 24 },
    { label: '应为', width: 24 },
    { label: '怎么发现的', width: 20 },
    { label: '状态', width: 10 },
    { label: '发现日期', width: 12 },
    { label: '发现人', width: 12 },
    { label: '办结日期', width: 12 },
    { label: '办理人', width: 12 },
    { label: '退回理由', width: 24 },
  ]
  const toCells = (row: CorrectionRecord) => [
    row.householdNo,
    row.name,
    row.place,
    describeField(row.field)?.zh ?? row.field,
    sayValue(row.field, row.oldValue),
    sayValue(row.field, row.newValue),
    row.source,
    correctionStates[row.state],
    row.foundOn,
    row.foundName ?? '',
    row.appliedOn ?? row.rejectedOn ?? '',
    row.appliedName ?? row.rejectedName ?? row.confirmedName ?? '',
    row.reason ?? '',
  ]
  return { list: 'registry.corrections', columns, filter, rows: mapped(pages, toCells) }
}

/** Pairs of persons who may be one, both in a row, numbers masked. */
export function duplicatesToExport(ctx: Context, filter: { state: DuplicateState }, deps: ReadingDeps): ListToExport {
  const pages = allPages((after) => listDuplicates(ctx, { ...filter, after, limit: rowsAtOnce }, deps))
  const person = (side: string) => [
    { label: `${side}姓名`, width: 12 },
    { label: `${side}户编号`, width: 22 },
    { label: `${side}证件号码`, width: 22 },
    { label: `${side}出生日期`, width: 12 },
    { label: `${side}村组`, width: 26 },
  ]
  const toCells = ({ persons, score, state, note }: DuplicateRecord) => [
    ...persons.flatMap((one) => [one.name, one.householdNo, one.idMasked ?? '', one.bornOn ?? '', one.place]),
    score.toFixed(1),
    duplicateStateWords[state],
    note ?? '',
  ]
  const columns = [...person('甲'), ...person('乙'), { label: '相似分' }, { label: '状态' }, { label: '说明', width: 24 }]
  return { list: 'registry.duplicates', columns, filter, rows: mapped(pages, toCells) }
}

function sayValue(key: string, value: string | number | boolean | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'number' && describeField(key)?.type === 'money' ? `${formatYuan(value)} 元` : String(value)
}
