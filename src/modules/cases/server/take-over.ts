import { valueAt } from '#kernel/pure/decisions/index.ts'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { loadSubjects } from '#modules/policies/server/index.ts'
import { countyPathOf, seatPath } from '../rules/case-seat.ts'
import { judgeTakeOver, type MonitoredHousehold } from '../rules/take-over.ts'
import { termsOf } from './case-terms.ts'
import { findLastEnds, insertTakenOver, type CaseToTakeOver } from './take-over-store.ts'

const perBlock = 1000
const reason = 'taking over the monitored households of the register'

/** How many monitored households of the register have no case here, by the step at which they would stand. */
export interface ToTakeOver {
  readonly tracking: number
  readonly followUp: number
}

/** Counts what could be taken over; nothing is written. */
export async function countToTakeOver(ctx: Context): Promise<ToTakeOver> {
  return inTransaction(ctx, async (db) => count(await findToTakeOver({ ...ctx, db })))
}

/** Makes a case for each monitored household of the register that has none; the same again makes none. */
export async function takeOver(ctx: Context): Promise<ToTakeOver> {
  return inTransaction(ctx, async (db) => {
    const cases = await findToTakeOver({ ...ctx, db })
    for (let from = 0; from < cases.length; from += perBlock) await insertTakenOver(db, ctx, cases.slice(from, from + perBlock))
    const counted = count(cases)
    await audit(db, ctx, { did: 'cases.case.take-over', objectKind: 'cases.case', objectId: ctx.scope.countyCode, details: { ...counted } })
    return counted
  })
}

function count(cases: readonly CaseToTakeOver[]): ToTakeOver {
  const tracking = cases.filter(({ step }) => step === 'tracking').length
  return { tracking, followUp: cases.length - tracking }
}

async function findToTakeOver(ctx: Context & { readonly db: Db }): Promise<CaseToTakeOver[]> {
  const terms = await termsOf(ctx, { areaPath: countyPathOf(ctx.scope.countyCode), asOf: ctx.today })
  const ticked = terms.categories.map((category) => ({ category, fact: `有${category}` }))
  const names = ['监测状态', '监测对象类别', '主要风险', '识别日', '风险消除日', '风险消除满月数', '整户无劳动能力']
  const facts = [...names, ...ticked.map(({ fact }) => fact)]
  const {
    count: households,
    ids,
    areaPaths,
    columns,
  } = await loadSubjects(ctx, ctx.db, { of: 'household', facts, asOf: ctx.today, reason })
  const ends = await findLastEnds(ctx.db, ctx)
  const found: CaseToTakeOver[] = []
  for (let at = 0; at < households; at += 1) {
    const householdId = ids[at] ?? ''
    const areaPath = areaPaths[at] ?? ''
    const lastEnd = ends.get(householdId)
    if (lastEnd === null) continue
    const text = (name: string): string | null => {
      const column = columns[name]
      const value = column === undefined ? null : valueAt(column, at)
      const plain = value === null ? null : toJson(value)
      return plain === null || typeof plain === 'object' ? null : String(plain)
    }
    const judged = judgeTakeOver(householdOf(text, ticked), terms)
    // Who was identified after the last case here had ended is a new one; that case's own identification is not.
    const isNew = judged !== undefined && (lastEnd === undefined || judged.identifiedOn > lastEnd)
    if (isNew) found.push({ ...judged, householdId, areaPath, heldBy: seatPath(areaPath, terms.steps[judged.step].seat) })
  }
  return found
}

function householdOf(
  text: (name: string) => string | null,
  ticked: readonly { readonly category: string; readonly fact: string }[],
): MonitoredHousehold {
  const state = text('监测状态')
  const kind = text('监测对象类别')
  const months = text('风险消除满月数')
  return {
    state: state === '未纳入' || state === '未消除' || state === '已消除' ? state : null,
    kind: kind === '无' ? null : kind,
    mainRisk: text('主要风险'),
    identifiedOn: dayIn(text('识别日')),
    eliminatedOn: dayIn(text('风险消除日')),
    monthsSinceElimination: months === null ? null : Number(months),
    noLabour: text('整户无劳动能力') === 'true',
    measures: ticked.flatMap(({ category, fact }) => (text(fact) === 'true' ? [category] : [])),
  }
}

/** The day in a printed date (`date("2023-01-31")` or plain). */
function dayIn(printed: string | null): string | null {
  return /\d{4}-\d{2}-\d{2}/.exec(printed ?? '')?.[0] ?? null
}
