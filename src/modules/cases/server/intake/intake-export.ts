import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { allPages, exportList, localTime, mapped } from '#modules/registry/server/index.ts'
import type { IntakeCard } from '../../rules/intake/intake-records.ts'
import type { ExportIntakes } from '../../rules/intake/intake-requests.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { pageOfIntakes } from './intake-read.ts'

const rowsAtOnce = 500
const columns = [
  { label: '来源', width: 12 },
  { label: '来件单位', width: 14 },
  { label: '来件编号', width: 18 },
  { label: '收到时间', width: 18 },
  { label: '姓名', width: 12 },
  { label: '电话', width: 16 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '困难', width: 24 },
  { label: '状态', width: 12 },
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '办理期限', width: 12 },
  { label: '结果', width: 12 },
  { label: '办结日期', width: 12 },
  { label: '办理人', width: 12 },
] as const

/** What came in, as the list is filtered; telephones masked, without what was written. */
export async function exportIntakes(ctx: Context, query: ExportIntakes, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const cards = allPages((after) => pageOfIntakes(within, { filter, after, limit: rowsAtOnce }))
    return exportList(within, { list: 'cases.intake', columns, filter, rows: mapped(cards, toCells), purpose, format, ...deps })
  })
}

function toCells(card: IntakeCard): string[] {
  const { sender, senderNo, receivedAt, name, phoneMasked, township, village, household, dueOn, outcome, closedOn, handlerName } = card
  return [
    intakeWords[`channel.${card.channel}`].zh,
    sender ?? '',
    senderNo ?? '',
    localTime(receivedAt),
    name ?? '',
    phoneMasked ?? '',
    township,
    village,
    card.difficulties.map((one) => intakeWords[`difficulty.${one}`].zh).join('、'),
    intakeWords[`state.${card.state}`].zh,
    household?.householdNo ?? '',
    household?.headName ?? '',
    dueOn,
    outcome === null ? '' : intakeWords[`outcome.${outcome}`].zh,
    closedOn ?? '',
    handlerName ?? '',
  ]
}
