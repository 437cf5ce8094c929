import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { FilterHouseholds } from '../contract.ts'
import { tagPolicy } from '../policy/reading-policy.ts'
import type { ListToExport } from './export-list.ts'
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

/** The filtered list in the columns of the ledger; it holds neither ID numbers nor telephones. Throws `registry.county-office` as the list does. */
export function householdsToExport(ctx: Context, db: Db, filters: FilterHouseholds): ListToExport {
  checkFilters(ctx, filters)
  return { list: 'registry.households', columns, filter: filters, rows: sheetRows(ctx, db, filters) }
}

async function* sheetRows(ctx: Context, db: Db, filters: FilterHouseholds): AsyncGenerator<readonly string[]> {
  let after: readonly string[] | undefined
  do {
    const block = await listHouseholdRows(db, { scope: ctx.scope, filters, after, limit: blockRows })
    const shown = block.slice(0, blockRows)
    for (const row of shown) yield toCells(row)
    const last = shown.at(-1)
    after = block.length > blockRows && last !== undefined ? [last.area_path, last.household_no] : undefined
  } while (after !== undefined)
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
