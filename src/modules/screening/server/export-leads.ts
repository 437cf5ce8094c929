import { readCursor, toPage } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { allPages, exportList, type ExportTerms } from '#modules/registry/server/index.ts'
import type { LeadAnswer, LeadFilter, LeadState } from '../contract.ts'
import type { LeadCard } from '../rules/lead-records.ts'
import { ruleWords } from '../rules/lead-words.ts'
import { makeCards } from './lead-cards.ts'
import type { LeadDeps } from './lead-neighbours.ts'
import { searchFor } from './lead-read.ts'
import { cursorOf, listLeads } from './lead-store.ts'

const rowsAtOnce = 500
const columns = [
  { label: '月份', width: 10 },
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '村组', width: 28 },
  { label: '户类型', width: 16 },
  { label: '监测对象类别', width: 18 },
  { label: '人口', width: 8 },
  { label: '线索', width: 40 },
  { label: '条数', width: 8 },
  { label: '状态', width: 12 },
  { label: '截止日期', width: 12 },
  { label: '超期', width: 8 },
  { label: '核实结论', width: 18 },
] as const
const stateWords: Readonly<Record<LeadState, string>> = {
  new: '待分办',
  sent: '待核实',
  answered: '待办结',
  returned: '被退回',
  closed: '已办结',
}
const answerWords: Readonly<Record<LeadAnswer, string>> = {
  confirmed: '属实',
  dismissed: '不属实',
  'not-here': '不在本村',
  'needs-help-elsewhere': '需其他帮助',
}
const holders = { nobody: '', township: '乡镇', village: '村' } as const

/** The inbox as it is filtered, in its order; under the scope of the caller. */
export async function exportLeads(ctx: Context, filter: LeadFilter, given: ExportTerms & { deps: LeadDeps }): Promise<Download> {
  const { deps, ...terms } = given
  return inTransaction(ctx, async (db) => {
    const search = await searchFor({ ...ctx, db }, filter, deps)
    const cards = allPages(async (after) => {
      const cursor = readCursor(after, ['day', 'number', 'id'])
      const page = toPage(await listLeads(db, search, { limit: rowsAtOnce + 1, after: cursor }), rowsAtOnce, cursorOf)
      return { ...page, items: await makeCards({ ...ctx, db }, page.items) }
    })
    const rows = async function* () {
      for await (const card of cards) yield toCells(card)
    }
    return exportList({ ...ctx, db }, { list: 'screening.leads', columns, filter, rows: rows(), ...terms })
  })
}

function toCells(card: LeadCard): string[] {
  const { household } = card
  return [
    `${card.month.slice(0, 4)}年${Number(card.month.slice(4))}月`,
    household?.householdNo ?? '',
    household?.headName ?? '',
    `${household?.township ?? ''}${household?.village ?? ''}${household?.group ?? ''}`,
    household?.householdType ?? '',
    household?.monitorCategory ?? '',
    String(household?.memberCount ?? ''),
    card.rules.map(sayRule).join('、'),
    String(card.reasonCount),
    `${stateWords[card.state]}${holders[card.holder] === '' ? '' : `（${holders[card.holder]}）`}`,
    card.dueOn ?? '',
    card.isOverdue ? '是' : '',
    card.answer === null ? '' : answerWords[card.answer],
  ]
}

function sayRule(rule: string): string {
  return Object.hasOwn(ruleWords, rule) ? ruleWords[rule as keyof typeof ruleWords].zh : rule // Safe: it was just asked
}
