import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { exportList, findHouseholds, localTime } from '#modules/registry/server/index.ts'
import { incomeWords } from '../../rules/income/income-words.ts'
import type { ExportIncomeSheet } from '../../rules/income/income-requests.ts'
import { openSheet } from './income-sheet.ts'

const columns = [
  { label: '项目', width: 18 },
  { label: '类别', width: 16 },
  { label: '计入', width: 8 },
  { label: '成员', width: 12 },
  { label: '自', width: 10 },
  { label: '至', width: 10 },
  { label: '金额（元）', width: 14 },
  { label: '来源', width: 14 },
  { label: '说明', width: 30 },
  { label: '登记人', width: 12 },
  { label: '登记时间', width: 20 },
  { label: '撤回', width: 24 },
] as const

/** The evidence lines of a household as a workbook or text; recorded as every export is. */
export async function exportIncomeSheet(
  ctx: Context,
  given: { householdId: string; query: ExportIncomeSheet },
  deps: { filesDirectory: string },
): Promise<Download> {
  const { householdId, query } = given
  return inTransaction(ctx, async (db) => {
    const { lines, register, terms } = await openSheet({ ...ctx, db }, householdId)
    const [household] = await findHouseholds(ctx, db, [householdId])
    const names = new Map(register.members.map(({ personId, name }) => [personId, name]))
    const rows = async function* () {
      for (const line of lines) {
        const rule = terms.rules.get(line.item)
        const said = [rule?.incomeClass ?? '', rule === undefined ? '' : rule.isCounted ? '计入' : '不计入']
        const who = line.personId === null ? '全户' : (names.get(line.personId) ?? '已不在户')
        const source = incomeWords[`source.${line.source}`].zh
        yield [line.item, ...said, who, line.monthFrom, line.monthTo, formatYuan(line.fen), source, line.sourceNote].concat(
          line.notedName,
          localTime(line.notedAt),
          line.withdrawn?.reason ?? '',
        )
        await Promise.resolve()
      }
    }
    const unit = [household?.township, household?.village].filter(Boolean).join(' ')
    const heading = { title: `收入核算表（${household?.headName ?? ''}户）`, unit, fileName: `收入核算表_${household?.householdNo ?? ''}` }
    return exportList(
      { ...ctx, db },
      { list: 'cases.income-sheet', columns, filter: { householdId }, rows: rows(), heading, ...query, ...deps },
    )
  })
}
