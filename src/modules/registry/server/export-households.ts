import { PassThrough } from 'node:stream'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { writeWorkbook } from '#kernel/server/sheets/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import type { ExportHouseholds, FilterHouseholds } from '../contract.ts'
import { tagPolicy } from '../policy/reading-policy.ts'
import { listHouseholdRows, type CardRow } from './household-list-store.ts'
import { checkFilters } from './list-households.ts'

const columns = [
  { label: '户编号', width: 22 },
  { label: '户主姓名', width: 12 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '村民小组', width: 10 },
  { label: '户类型', width: 18 },
  { label: '监测对象类别', width: 18 },
  { label: '脱贫状态', width: 10 },
  { label: '家庭人口', width: 10 },
  { label: '标签', width: 24 },
] as const
const blockRows = 2_000
const exitWords = { exited: '已脱贫', 'not-exited': '未脱贫' } as const

/**
 * The filtered list as a workbook, in the look of the ledger, with a footer of exporter, time, purpose and export id; audited.
 * It holds neither ID numbers nor telephones. Throws `registry.county-office` as the list does.
 */
export async function exportHouseholds(ctx: Context, query: ExportHouseholds): Promise<Download> {
  const { purpose, ...filters } = query
  checkFilters(ctx, filters)
  return inTransaction(ctx, async (db) => {
    const exportId = makeId()
    const counter = { rows: 0 }
    const target = new PassThrough()
    const chunks: Buffer[] = []
    target.on('data', (chunk: Buffer) => chunks.push(chunk))
    const rows = sheetRows(ctx, db, { filters, counter, footer: (count) => footerOf(ctx, { count, purpose, exportId }) })
    await writeWorkbook({ target, sheets: [{ name: '农户台账', columns, rows }] })
    await audit(db, ctx, {
      did: 'registry.export',
      objectKind: 'registry.household',
      objectId: exportId,
      reason: purpose,
      details: { rows: counter.rows, filters },
    })
    return {
      fileName: `农户台账_${ctx.today}.xlsx`,
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: Buffer.concat(chunks),
    }
  })
}

async function* sheetRows(
  ctx: Context,
  db: Db,
  given: { filters: FilterHouseholds; counter: { rows: number }; footer: (count: number) => string[][] },
): AsyncGenerator<readonly string[]> {
  const { filters, counter } = given
  let after: readonly string[] | undefined
  do {
    const block = await listHouseholdRows(db, { scope: ctx.scope, filters, after, limit: blockRows })
    const shown = block.slice(0, blockRows)
    for (const row of shown) yield toCells(row)
    counter.rows += shown.length
    const last = shown.at(-1)
    after = block.length > blockRows && last !== undefined ? [last.area_path, last.household_no] : undefined
  } while (after !== undefined)
  yield* given.footer(counter.rows)
}

function toCells(row: CardRow): string[] {
  const tags = row.tags.map((key) => tagPolicy.tags.find((tag) => tag.key === key)?.zh ?? key)
  return [
    row.household_no,
    row.head_name ?? '',
    row.township,
    row.village,
    row.group_name ?? '',
    row.household_type ?? '待核',
    row.monitor_category ?? '',
    row.exit_status === null ? '' : exitWords[row.exit_status],
    String(row.member_count),
    tags.join('、'),
  ]
}

function footerOf(ctx: Context, given: { count: number; purpose: string; exportId: string }): string[][] {
  const at = Date.parse(ctx.now)
  const time = new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)
  return [
    [],
    [`共 ${given.count} 户`],
    [`导出人：${ctx.caller.name}　导出时间：${dayOf(at)} ${time}　用途：${given.purpose}`],
    [`导出编号：${given.exportId}`],
  ]
}
