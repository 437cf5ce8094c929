import type { Context } from '#kernel/server/caller/index.ts'
import { eventKindWords, eventStateWords } from '../rules/household-event-names.ts'
import type { HouseholdEventRecord } from '../rules/household-event-records.ts'
import type { ListHouseholdEvents } from '../rules/household-event-requests.ts'
import { exportListWords } from '../rules/export-words.ts'
import type { ExportRecord, ExportState } from '../rules/export-records.ts'
import { allPages, localTime, mapped, type ListToExport } from './export-list.ts'
import { listExports } from './export-whole.ts'
import { listHouseholdEvents } from './household-event-list.ts'
import { listMerges } from './merge-persons.ts'

// Lists of what people have done with the register, as their pages show them.

const rowsAtOnce = 200
const exportStateWords = {
  made: '已导出',
  asked: '待审批',
  approved: '已批准',
  refused: '未批准',
  expired: '已过期',
} as const satisfies Record<ExportState, string>

/** Household events that wait, the caller's own, or those that are done. */
export function householdEventsToExport(ctx: Context, filter: Omit<ListHouseholdEvents, 'after' | 'limit'>): ListToExport {
  const pages = allPages((after) => listHouseholdEvents(ctx, { ...filter, after, limit: rowsAtOnce }))
  const columns = [
    { label: '变更', width: 10 },
    { label: '人员', width: 24 },
    { label: '户主', width: 12 },
    { label: '村组', width: 26 },
    { label: '对方户编号', width: 22 },
    { label: '对方户主', width: 12 },
    { label: '发生日期', width: 12 },
    { label: '原因', width: 28 },
    { label: '依据', width: 20 },
    { label: '状态', width: 10 },
    { label: '上报人', width: 12 },
    { label: '上报时间', width: 18 },
    { label: '办理人', width: 12 },
    { label: '办理时间', width: 18 },
    { label: '退回或撤销的理由', width: 24 },
  ]
  const toCells = (row: HouseholdEventRecord) => [
    eventKindWords[row.kind].zh,
    row.names.join('、'),
    row.headName ?? '',
    row.place,
    row.other?.householdNo ?? '',
    row.other?.headName ?? '',
    row.on,
    row.reason ?? '',
    row.paper ?? '',
    eventStateWords[row.state].zh,
    row.reportedName,
    localTime(row.reportedAt),
    row.endedName ?? row.appliedName ?? row.confirmedName ?? '',
    sayTime(row.endedAt ?? row.appliedAt ?? row.confirmedAt),
    row.endReason ?? '',
  ]
  return { list: 'registry.household-events', columns, filter, rows: mapped(pages, toCells) }
}

/** Persons who became one, with who did it and why. */
export function mergesToExport(ctx: Context): ListToExport {
  const pages = allPages((after) => listMerges(ctx, { after, limit: rowsAtOnce }))
  const columns = [
    { label: '姓名', width: 12 },
    { label: '村组', width: 26 },
    { label: '取自另一行的项目数' },
    { label: '理由', width: 28 },
    { label: '合并人', width: 12 },
    { label: '合并时间', width: 18 },
    { label: '撤销人', width: 12 },
    { label: '撤销时间', width: 18 },
    { label: '撤销理由', width: 24 },
  ]
  const rows = mapped(pages, (row) => [
    row.name,
    row.place,
    String(row.fields),
    row.reason,
    row.mergedName,
    localTime(row.mergedAt),
    row.undoneName ?? '',
    sayTime(row.undoneAt),
    row.undoReason ?? '',
  ])
  return { list: 'registry.merges', columns, filter: {}, rows }
}

/** The record of exports itself. */
export function exportsToExport(ctx: Context, filter: { waiting?: 'true' | undefined }): ListToExport {
  const pages = allPages((after) => listExports(ctx, { ...filter, after, limit: rowsAtOnce }))
  const names = new Map<string, { zh: string }>(Object.entries(exportListWords))
  const columns = [
    { label: '名单', width: 20 },
    { label: '区划', width: 16 },
    { label: '行数' },
    { label: '格式' },
    { label: '号码', width: 10 },
    { label: '用途', width: 30 },
    { label: '导出人', width: 12 },
    { label: '时间', width: 18 },
    { label: '状态', width: 10 },
    { label: '审批人', width: 12 },
    { label: '审批时间', width: 18 },
    { label: '审批意见', width: 24 },
    { label: '下载次数' },
    { label: '导出编号', width: 38 },
  ]
  const toCells = (row: ExportRecord) => [
    names.get(row.list)?.zh ?? row.list,
    row.areaName ?? '',
    String(row.rows),
    row.format,
    row.isMasked ? '已隐去' : '完整号码',
    row.purpose,
    row.askedName,
    localTime(row.askedAt),
    exportStateWords[row.state],
    row.decidedName ?? '',
    sayTime(row.decidedAt),
    row.note ?? '',
    String(row.downloads),
    row.exportId,
  ]
  return { list: 'registry.exports', columns, filter, rows: mapped(pages, toCells) }
}

function sayTime(at: string | undefined): string {
  return at === undefined ? '' : localTime(at)
}
