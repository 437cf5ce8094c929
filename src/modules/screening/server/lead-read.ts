import { readCursor, toPage } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { Evidence, ListKind, SearchLeads } from '../contract.ts'
import { kindOf } from '../policy/list-kinds.ts'
import type { SenderPrecision } from '../rules/compare-records.ts'
import { precisionOf } from '../rules/lead-answers.ts'
import { wilson } from '../rules/wilson.ts'
import type { LeadCounts, LeadFile, LeadPage, OtherLead, RulePrecision } from '../rules/lead-records.ts'
import { judgeAnswering } from '../rules/lead-states.ts'
import { makeCards, seatOfCaller } from './lead-cards.ts'
import { countAnswers, countBySender, listLeadEvents, listOtherLeadIds, listReasons, readLimits } from './lead-history-store.ts'
import { findHouseholdIds, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { countLeads, cursorOf, findLeads, listLeadMonths, listLeads, type LeadSearch, type StoredLead } from './lead-store.ts'

const usualPage = 50

/** One page of the inbox with the number of all that the filter finds. */
export async function readInbox(ctx: Context, query: SearchLeads, deps: LeadDeps): Promise<LeadPage> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const search = await searchFor({ ...ctx, db }, filter, deps)
    const cursor = readCursor(after, ['day', 'number', 'id'])
    const rows = await listLeads(db, search, { limit: limit + 1, after: cursor })
    const page = toPage(rows, limit, cursorOf)
    const { total } = await countLeads(db, search)
    return { ...page, items: await makeCards({ ...ctx, db }, page.items), total }
  })
}

/** Counts by state, overdue and waiting for the caller, for a filter; and the months that have leads. */
export async function readLeadCounts(ctx: Context, filter: SearchLeads, deps: LeadDeps): Promise<LeadCounts> {
  return inTransaction(ctx, async (db) => ({
    ...(await countLeads(db, await searchFor({ ...ctx, db }, filter, deps))),
    months: await listLeadMonths(db, ctx.scope),
  }))
}

/** One lead with reasons, evidence and history; out of the caller's scope it is not found. */
export async function readLead(ctx: Context, leadId: string, deps: LeadDeps): Promise<LeadFile> {
  return inTransaction(ctx, async (db) => {
    const [lead] = await findLeads(db, ctx.scope, [leadId])
    if (lead === undefined) throw httpErrors.notFound()
    return fileOf({ ...ctx, db }, lead, deps)
  })
}

/** Precision of every rule in a month, or in all months. */
export async function readPrecision(ctx: Context, month: string | undefined): Promise<RulePrecision[]> {
  return inTransaction(ctx, async (db) => {
    const counted = await countAnswers(db, ctx.scope, month)
    return counted.map((rule) => {
      const real = rule.confirmed + rule.elsewhere
      const share = wilson(real, real + rule.dismissed)
      return { ...rule, precision: precisionOf(rule), low: share?.low ?? null, high: share?.high ?? null }
    })
  })
}

/** Precision of every rule by the sender of the lists behind it, in a month or in all months. */
export async function readSenderPrecision(ctx: Context, month: string | undefined): Promise<SenderPrecision[]> {
  return inTransaction(ctx, async (db) => {
    const counted = await countBySender(db, ctx.scope, month)
    return counted.map((row) => ({ ...row, precision: wilson(row.right, row.verified) }))
  })
}

/** Makes a filter ready for the database; a text is looked up in the register, under the caller's scope. */
export async function searchFor(ctx: Context & { db: Db }, query: SearchLeads, deps: LeadDeps): Promise<LeadSearch> {
  const { text, after: _after, limit: _limit, ...filter } = query
  const householdIds = text === undefined || text === '' ? undefined : await findHouseholdIds(ctx, text, deps)
  return { scope: ctx.scope, filter, seat: seatOfCaller(ctx), today: ctx.today, householdIds }
}

async function fileOf(ctx: Context & { db: Db }, lead: StoredLead, deps: LeadDeps): Promise<LeadFile> {
  const { db } = ctx
  const county = ctx.scope.countyCode
  const [card] = await makeCards(ctx, [lead])
  if (card === undefined) throw httpErrors.notFound()
  const reasons = await listReasons(db, ctx.scope, [lead.leadId])
  const members = (await readMembers(ctx, [lead.householdId], deps)).get(lead.householdId) ?? []
  const names = new Map(members.map((member) => [member.personId, member.name]))
  return {
    ...card,
    reasons: reasons.map(({ leadId: _leadId, ...reason }) => ({
      ...reason,
      evidence: reason.evidence.map((row) => withLabels(reason.list, row)),
      personName: names.get(reason.personId ?? '') ?? null,
    })),
    events: await listLeadEvents(db, ctx.scope, lead.leadId),
    answerNote: lead.answerNote,
    returnNote: lead.returnNote,
    limits: await readLimits(db, county, lead.runId),
    others: await othersOf(ctx, lead),
  }
}

/** The household's leads of other months, newest first, and which of them the same visit may answer. */
async function othersOf(ctx: Context & { db: Db }, lead: StoredLead): Promise<OtherLead[]> {
  const found = await findLeads(ctx.db, ctx.scope, await listOtherLeadIds(ctx.db, ctx.scope, lead))
  const mayAnswer = mayDo(ctx, 'screening.lead', 'answer')
  const seat = seatOfCaller(ctx)
  return found
    .map((other) => ({ ...other, canAnswer: mayAnswer && judgeAnswering(other, seat).ok }))
    .map(({ leadId, month, state, answer, canAnswer }) => ({ leadId, month, state, answer, canAnswer }))
    .sort((one, another) => (one.month < another.month ? 1 : -1))
}

/** A row's values under the labels that the list has in the office, not under our words for them. */
function withLabels(list: ListKind, row: Evidence): Evidence {
  const labels = new Map(kindOf(list).fields.map((field) => [field.key, field.labels[0] ?? field.key]))
  return { ...row, facts: Object.fromEntries(Object.entries(row.facts).map(([key, value]) => [labels.get(key) ?? key, value])) }
}
