import { formatYuan } from '#kernel/pure/money/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { findArea, findAreaInScope } from '#modules/identity/server/index.ts'
import { describeField, exportList } from '#modules/registry/server/index.ts'
import type { ExportWorklist, RuleInfo } from '../contract.ts'
import { isInVillage, townshipOf, villageOf } from '../rules/worklist-places.ts'
import type { FindingCard } from '../rules/worklist-records.ts'
import { ownerWords, severityWords } from '../rules/worklist-words.ts'
import { makeCards, rulesOn, textOf } from './finding-cards.ts'
import { listFindings } from './finding-store.ts'
import { worklistErrors } from './worklist-errors.ts'
import { seatOfCaller } from './worklist-neighbours.ts'

/** More findings than a village has; a list that would be longer is one of a township or county. */
const mostRows = 5_000

const columns = [
  { label: '序号', width: 6 },
  { label: '组', width: 10 },
  { label: '户编号', width: 20 },
  { label: '户主', width: 10 },
  { label: '涉及人员', width: 10 },
  { label: '程度', width: 8 },
  { label: '规则', width: 8 },
  { label: '问题', width: 40 },
  { label: '现在的值', width: 36 },
  { label: '怎么改', width: 44 },
  { label: '谁来改', width: 14 },
  { label: '截止日期', width: 12 },
  { label: '处理结果（已在国家系统改/情况属实）', width: 24 },
  { label: '说明', width: 30 },
  { label: '经办人、日期', width: 16 },
] as const

/** What a village has to mend, as a workbook to work with on paper; recorded as every export is. */
export async function exportWorklist(ctx: Context, wanted: ExportWorklist, deps: { filesDirectory: string }): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const { area, purpose } = wanted
    const within = { ...ctx, db }
    const { township, village } = await villageInScope(within, area)
    const search = { scope: ctx.scope, filter: { under: area, state: 'todo' }, seat: seatOfCaller(ctx), today: ctx.today } as const
    const found = await listFindings(db, search, { limit: mostRows + 1, after: undefined })
    if (found.length > mostRows) throw worklistErrors.tooManyFindings({ limit: mostRows })
    const cards = (await makeCards(within, found)).sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
    const unit = `${township}${village}`
    const heading = { title: `${village}数据质量核改清单`, unit, fileName: `数据质量清单_${unit}` }
    const given = { list: 'quality.worklist', columns, filter: { under: area }, heading, purpose, format: 'xlsx' } as const
    return exportList(within, { ...given, rows: rowsOf(ctx, cards), filesDirectory: deps.filesDirectory })
  })
}

/** Name of the village with its township. A village outside the caller's scope is not found, whether or not it exists. */
async function villageInScope(ctx: Context, path: string): Promise<{ township: string; village: string }> {
  const within = isInVillage(path) ? await findAreaInScope(ctx, path) : undefined
  const village = within === undefined ? undefined : await findArea(ctx, villageOf(path))
  if (village === undefined) throw httpErrors.notFound()
  const township = await findArea(ctx, townshipOf(path))
  return { township: township?.name ?? '', village: village.name }
}

/** By group and household, so that one visit settles a household; what concerns the village itself comes first. */
function orderOf({ household, rule }: FindingCard): string {
  return household === null ? ` ${rule}` : `${household.group.padStart(8)} ${household.householdNo} ${rule}`
}

async function* rowsOf(ctx: Context, cards: readonly FindingCard[]): AsyncGenerator<readonly string[]> {
  const rules = rulesOn(ctx.today)
  for (const [index, card] of cards.entries()) yield rowOf(card, index + 1, rules)
}

function rowOf(card: FindingCard, no: number, rules: ReadonlyMap<string, RuleInfo>): string[] {
  const { household } = card
  const rule = textOf(card.rule, rules)
  return [
    String(no),
    household?.group ?? '',
    household?.householdNo ?? '',
    household?.headName ?? '',
    card.personName ?? '',
    severityWords[card.severity].zh,
    card.rule,
    rule.zh,
    saySeen(card.seen),
    rule.fix.zh,
    ownerWords[rule.owner].zh,
    card.dueOn ?? '',
    '',
    '',
    '',
  ]
}

/** The values that show why a finding is one, a line each. */
export function saySeen(seen: FindingCard['seen']): string {
  return Object.entries(seen)
    .map(([key, value]) => `${describeField(key)?.zh ?? key}：${sayValue(key, value)}`)
    .join('\n')
}

function sayValue(key: string, value: string | number | boolean): string {
  if (value === '') return '空'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'number' && describeField(key)?.type === 'money' ? `${formatYuan(value)} 元` : String(value)
}
