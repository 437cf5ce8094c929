import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { leadRecurred, mostRecurredAtOnce, type Evidence, type ListKind } from '../contract.ts'
import { restRuleOn } from '../policy/rest-of-reasons.ts'
import { speaksForHousehold } from '../rules/codes.ts'
import { hasGrown } from '../rules/rest-reasons.ts'
import {
  insertLeads,
  insertReasons,
  insertRested,
  listAnswered,
  listRecurred,
  listTakingLeads,
  recountLeads,
  removeOpenReasons,
  renewLeads,
  type AnsweredReason,
  type RaiseWhat,
  type ReasonRow,
  type RestedRow,
} from './raise-store.ts'

/** A reason as a comparison found it, with the rows behind it under the names of their files. */
export interface FoundReason {
  rule: string
  list: ListKind
  householdId: string
  areaPath: string
  personId: string | null
  value: string
  measure: number | null
  band: string | null
  evidence: Evidence[]
}

/** How many households have a lead in the month, and how many reasons of this comparison rest. */
export interface Raised {
  leads: number
  rested: number
  /** The open lead of each household that was asked about. */
  leadOf: ReadonlyMap<string, string>
}

/**
 * Merges the reasons of a comparison into one open lead per household: that of the month, or an earlier one that nobody has answered yet,
 * else a new one. A household with flags alone has no lead. What an earlier visit dismissed rests until its facts grow.
 */
export async function raiseReasons(
  db: Db,
  ctx: Context,
  given: { vault: Vault; what: RaiseWhat; reasons: readonly FoundReason[] },
): Promise<Raised> {
  const { countyCode } = ctx.scope
  const { runId, month } = given.what
  const removed = await removeOpenReasons(db, countyCode, given.what)
  const rows = given.reasons.map((reason) => reasonRow(given.vault, reason))
  const dismissed = await dismissedOf(db, ctx, { month, rows })
  const rested: RestedRow[] = rows.flatMap((row) => {
    const on = dismissed.get(row)
    return on === undefined ? [] : [{ ...row, dismissed: on }]
  })
  const taking = await listTakingLeads(db, countyCode, month)
  const news = new Map<string, { leadId: string; householdId: string; areaPath: string }>()
  for (const row of rows)
    if (row.rule.startsWith('L') && !dismissed.has(row) && !taking.has(row.householdId) && !news.has(row.householdId))
      news.set(row.householdId, { leadId: makeId(), householdId: row.householdId, areaPath: row.areaPath })
  if (news.size > 0) await insertLeads(db, ctx, { runId, month, rows: [...news.values()] })
  const withLead = rows.flatMap((row) => {
    const leadId = taking.get(row.householdId)?.leadId ?? news.get(row.householdId)?.leadId
    return leadId === undefined ? [] : [{ ...row, leadId, rests: dismissed.has(row) }]
  })
  const written = new Set<string>()
  for (let at = 0; at < withLead.length; at += 1_000)
    for (const leadId of await insertReasons(db, countyCode, { runId, month, rows: withLead.slice(at, at + 1_000) })) written.add(leadId)
  for (let at = 0; at < rested.length; at += 1_000) await insertRested(db, countyCode, { runId, month, rows: rested.slice(at, at + 1_000) })
  await renewLeads(db, ctx, { runId, month, leadIds: [...written] })
  const leads = await recountLeads(db, ctx, { month, others: removed })
  await tellRecurred(db, ctx, { runId, month, rows: withLead.filter((row) => !row.rests && row.rule.startsWith('L')) })
  return { leads, rested: rested.length, leadOf: new Map(withLead.map((row) => [row.householdId, row.leadId])) }
}

/** Tells which households have a reason again that they had before. */
async function tellRecurred(
  db: Db,
  ctx: Context,
  given: { runId: string; month: string; rows: readonly (ReasonRow & { leadId: string })[] },
): Promise<void> {
  const { runId, month, rows } = given
  const again = new Set<string>()
  for (let at = 0; at < rows.length; at += 5_000) {
    const found = await listRecurred(db, ctx.scope.countyCode, { runId, month, rows: rows.slice(at, at + 5_000) })
    for (const { householdId, rule } of found) again.add(`${householdId} ${rule}`)
  }
  const back = rows.filter(({ householdId, rule }) => again.has(`${householdId} ${rule}`))
  const leads = [...Map.groupBy(back, ({ leadId }) => leadId)].map(([leadId, of]) => ({
    leadId,
    householdId: of[0]?.householdId ?? '',
    rules: [...new Set(of.map(({ rule }) => rule))],
  }))
  for (let at = 0; at < leads.length; at += mostRecurredAtOnce)
    await announce(db, ctx, leadRecurred, { runId, month, leads: leads.slice(at, at + mostRecurredAtOnce) })
}

/** The reasons that rest, each with the dismissal that it rests on: the latest answer to the same question, if it was 不属实. */
async function dismissedOf(
  db: Db,
  ctx: Context,
  { month, rows }: { month: string; rows: readonly ReasonRow[] },
): Promise<Map<ReasonRow, AnsweredReason>> {
  const households = [...new Set(rows.map((row) => row.householdId))]
  const persons = [...new Set(rows.flatMap((row) => (row.personId === null ? [] : [row.personId])))]
  const latest = new Map<string, AnsweredReason>()
  // 不在本村 verified nothing, so it does not take an earlier answer away.
  const found = await listAnswered(db, ctx.scope.countyCode, { month, households, persons })
  for (const answered of found.sort((one, other) => (one.at === other.at ? 0 : one.at < other.at ? 1 : -1)))
    if (answered.answer !== 'not-here' && !latest.has(questionOf(answered))) latest.set(questionOf(answered), answered)
  const resting = new Map<ReasonRow, AnsweredReason>()
  for (const row of rows) {
    const answered = latest.get(questionOf(row))
    if (answered?.answer !== 'dismissed') continue
    if (!hasGrown(saidBy(row), saidBy(answered), restRuleOn(ctx.today, row.rule))) resting.set(row, answered)
  }
  return resting
}

/** What was asked: the rule, of the household or of a person, to whichever household he belongs. */
function questionOf({ householdId, rule, personId }: { householdId: string; rule: string; personId: string | null }): string {
  return `${rule} ${speaksForHousehold(rule) || personId === null ? householdId : personId}`
}

function saidBy({ value, measure, evidence }: { value: string; measure: number | null; evidence: readonly Evidence[] }) {
  return { value, measure, facts: evidence.map((row) => row.facts) }
}

function reasonRow(vault: Vault, reason: FoundReason): ReasonRow {
  // The same rows may come in another order next month; their facts are what counts.
  const facts = reason.evidence.map((row) => JSON.stringify(row.facts)).sort()
  const said = [reason.rule, reason.householdId, reason.personId ?? '', reason.value, ...facts].join('\n')
  return { ...reason, factsHash: vault.blindIndex('lead-facts', said).toString('hex') }
}
