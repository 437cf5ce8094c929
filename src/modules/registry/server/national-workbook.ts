import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { formatYuan } from '#kernel/pure/money/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { writeWorkbook, type SheetToWrite } from '#kernel/server/sheets/index.ts'
import { findField } from '../policy/policy.ts'
import { nationalActions, type NationalChange } from '../rules/national-records.ts'
import { sayKind, saySource } from '../rules/national-text.ts'
import { nationalWords } from '../rules/national-words.ts'
import type { ReadingDeps } from './get-household.ts'
import { showChanges } from './national-changes.ts'
import { nationalErrors } from './national-errors.ts'
import { cursorOf, listChangeRows, type NationalFilter } from './national-list-store.ts'

type Action = NationalChange['action']
const blockRows = 2_000
/** A township's work of months; more is not typed in by hand from one workbook. */
const mostRows = 50_000

/** The labels are those of the national system (policy/fields.json). */
const labelOf = (key: string) => findField(key)?.zh ?? key
const who = [
  { label: '序号', width: 6 },
  { label: labelOf('township'), width: 12 },
  { label: labelOf('village'), width: 12 },
  { label: labelOf('villageGroup'), width: 9 },
  { label: labelOf('householdNo'), width: 20 },
  { label: labelOf('personNo'), width: 22 },
  { label: labelOf('name'), width: 10 },
  { label: `${labelOf('idNumber')}（已隐去）`, width: 21 },
]
const done = [
  { label: '录入人', width: 10 },
  { label: '录入日期', width: 12 },
]
const columns: Record<Action, readonly { label: string; width: number }[]> = {
  'change-value': [
    ...who,
    { label: '所在系统表', width: 16 },
    { label: '修改字段', width: 18 },
    { label: '系统现为', width: 20 },
    { label: '应改为', width: 20 },
    { label: '程度', width: 7 },
    { label: '原因', width: 18 },
    { label: '依据（我方来源）', width: 34 },
    ...done,
  ],
  'change-place': [
    ...who,
    { label: '所在系统表', width: 16 },
    { label: '系统现为', width: 30 },
    { label: '应改为', width: 30 },
    { label: '原因', width: 18 },
    { label: '依据（我方来源）', width: 34 },
    ...done,
  ],
  'move-person': [
    ...who,
    { label: '所在系统表', width: 16 },
    { label: '系统现在户编号', width: 22 },
    { label: '应转到户编号', width: 22 },
    { label: '原因', width: 18 },
    ...done,
  ],
  'add-household': [...who, { label: '所在系统表', width: 16 }, { label: '原因', width: 22 }, ...done],
  'remove-household': [...who, { label: '所在系统表', width: 16 }, { label: '原因', width: 26 }, ...done],
  'add-person': [...who, { label: '所在系统表', width: 16 }, { label: '原因', width: 18 }, ...done],
  'remove-person': [...who, { label: '所在系统表', width: 16 }, { label: '原因', width: 22 }, ...done],
}

/**
 * What has to be entered in the national system as a workbook, one sheet per kind of act; numbers masked, audited with its purpose.
 * Throws `registry.too-many-changes`.
 */
export async function exportNationalChanges(
  ctx: Context,
  given: { filter: NationalFilter; purpose: string },
  deps: ReadingDeps,
): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const exportId = makeId()
    const counts: Record<Action, number> = {
      'change-value': 0,
      'change-place': 0,
      'add-person': 0,
      'remove-person': 0,
      'move-person': 0,
      'add-household': 0,
      'remove-household': 0,
    }
    const stream = new PassThrough()
    const collected = buffer(stream)
    const { action } = given.filter
    const actions = nationalActions.filter((one) => action === undefined || one === action)
    const sheets = actions.map((one): SheetToWrite => {
      const rows = sheetRows({ ...ctx, db }, { filter: { ...given.filter, action: one }, counts, deps })
      const footer = () => footerOf(ctx, { count: counts[one], purpose: given.purpose, exportId })
      const name = nationalWords[`action.${one}`].zh
      return { name, columns: columns[one], title: `国家系统待录入清单 · ${name}`, rows, footer }
    })
    await writeWorkbook({ target: stream, sheets })
    await audit(db, ctx, {
      did: 'registry.export-national',
      objectKind: 'registry.national-change',
      objectId: exportId,
      reason: given.purpose,
      details: { rows: counts, under: given.filter.under ?? '', field: given.filter.field ?? '' },
    })
    return {
      fileName: `国家系统待录入清单_${ctx.today}.xlsx`,
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: await collected,
    }
  })
}

async function* sheetRows(
  ctx: Context & { db: NonNullable<Context['db']> },
  given: { filter: NationalFilter & { action: Action }; counts: Record<Action, number>; deps: ReadingDeps },
): AsyncGenerator<readonly string[]> {
  const { filter, counts } = given
  for (let after: readonly (string | number)[] | undefined, isMore = true; isMore; ) {
    const rows = await listChangeRows(ctx.db, { scope: ctx.scope, filter, after, limit: blockRows })
    const shown = rows.slice(0, blockRows)
    for (const change of await showChanges(ctx, shown, given.deps)) {
      counts[filter.action] += 1
      if (counts[filter.action] > mostRows) throw nationalErrors.tooManyChanges({ limit: mostRows })
      yield toCells(change, counts[filter.action])
    }
    const last = shown.at(-1)
    isMore = rows.length > blockRows && last !== undefined
    if (last !== undefined) after = cursorOf(last)
  }
}

function toCells(change: NationalChange, order: number): string[] {
  const [township = '', village = '', group = ''] = change.place.split(' ')
  const who = [String(order), township, village, group, change.householdNo ?? '', change.personNo ?? '', change.name, change.idMasked ?? '']
  const kind = sayKind(change.kind, 'zh')
  const why = nationalWords[`why.${change.why}`].zh
  const done = [change.enteredName ?? '', change.enteredOn ?? '']
  const values = [change.system, change.ours].map((value) => write(change.field, value))
  if (change.action === 'move-person') return [...who, kind, ...values, why, ...done]
  if (change.action === 'change-place') return [...who, kind, ...values, why, saySource(change.source, 'zh'), ...done]
  if (change.action !== 'change-value') return [...who, kind, why, ...done]
  const severity = nationalWords[`severity.${change.severity}`].zh
  return [...who, kind, labelOf(change.field), ...values, severity, why, saySource(change.source, 'zh'), ...done]
}

/** A value as the national system has it in its cells: yuan without a unit, 是 and 否; what should be empty says so. */
function write(field: string, value: NationalChange['ours']): string {
  if (value === undefined) return '（空）'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return findField(field)?.type === 'money' ? formatYuan(value) : String(value)
  return value
}

function footerOf(ctx: Context, given: { count: number; purpose: string; exportId: string }): string[] {
  const at = Date.parse(ctx.now)
  const time = new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)
  return [
    `共 ${given.count} 条。录入系统后请在“系统往返核对”里勾选已录入；下一次导入系统导出时自动核销，仍不一致的重新列出。`,
    `导出人：${ctx.caller.name}　导出时间：${dayOf(at)} ${time}　用途：${given.purpose}`,
    `导出编号：${given.exportId}　证件号码、电话已隐去中间数字，用后按规定保管`,
  ]
}
