import { sql, type RawBuilder } from 'kysely'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import type { LeadAnswer, LeadFilter, LeadState } from '../contract.ts'
import type { LeadCounts } from '../rules/lead-records.ts'
import type { Seat } from '../rules/lead-states.ts'

/** A lead as it stands in the table, with the rules that speak. */
export interface StoredLead {
  readonly leadId: string
  readonly month: string
  readonly householdId: string
  readonly areaPath: string
  readonly state: LeadState
  readonly dueOn: string | null
  readonly reasonCount: number
  readonly flagCount: number
  readonly heldBy: string | null
  readonly answer: LeadAnswer | null
  readonly answerNote: string | null
  readonly returnNote: string | null
  readonly revision: number
  readonly runId: string
  readonly rules: string[]
}

/** A filter made ready for the database: who asks, on which day, and the households that a text found. */
export interface LeadSearch {
  readonly scope: Scope
  readonly filter: LeadFilter
  readonly seat: Seat
  readonly today: string
  readonly householdIds?: readonly string[] | undefined
}

const leadColumns = sql`
  l.lead_id AS "leadId", l.month, l.household_id AS "householdId", l.area_path AS "areaPath", l.state, l.due_on AS "dueOn",
  l.reason_count AS "reasonCount", l.flag_count AS "flagCount", l.sent_to AS "heldBy", l.answer, l.answer_note AS "answerNote",
  l.return_note AS "returnNote", l.revision, l.run_id AS "runId",
  ARRAY(SELECT DISTINCT r.rule FROM screening.lead_reason r
        WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND NOT r.rests ORDER BY r.rule) AS rules`

const noDay = '9999-12-31'

/** One page of leads: what is due first comes first, then what was never sent, more reasons before fewer; at most `limit` rows after the cursor. */
export async function listLeads(
  db: Db,
  search: LeadSearch,
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<StoredLead[]> {
  const [dueOn, weight, leadId] = page.after ?? []
  const beyond =
    page.after === undefined
      ? sql`true`
      : sql`(coalesce(l.due_on, ${noDay}::date), -l.reason_count, l.lead_id) > (${dueOn}::date, ${weight}::integer, ${leadId}::uuid)`
  const found = await sql<StoredLead>`
    SELECT ${leadColumns} FROM screening.lead l WHERE ${matches(search)} AND ${beyond}
    ORDER BY coalesce(l.due_on, ${noDay}::date), -l.reason_count, l.lead_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** The values a cursor keeps of the last lead of a page. */
export function cursorOf(lead: Pick<StoredLead, 'dueOn' | 'reasonCount' | 'leadId'>): [string, number, string] {
  return [lead.dueOn ?? noDay, -lead.reasonCount, lead.leadId]
}

/** How many leads a filter finds, by state, and how many of them are overdue or wait for the caller. */
export async function countLeads(db: Db, search: LeadSearch): Promise<Omit<LeadCounts, 'months'>> {
  const found = await sql<{ state: LeadState; leads: bigint; overdue: bigint; mine: bigint }>`
    SELECT l.state, count(*) AS leads, count(*) FILTER (WHERE ${isOverdue(search)}) AS overdue, count(*) FILTER (WHERE ${isMine(search)}) AS mine
    FROM screening.lead l WHERE ${matches(search)} GROUP BY l.state`.execute(db)
  const sum = (key: 'leads' | 'overdue' | 'mine') => found.rows.reduce((total, row) => total + Number(row[key]), 0)
  const states = Object.fromEntries(found.rows.map((row) => [row.state, Number(row.leads)]))
  return { states, overdue: sum('overdue'), mine: sum('mine'), total: sum('leads') }
}

/** Leads of a month that still ask for a visit, by village, with those that are overdue. `path` is the village's path. */
export async function countByVillage(
  db: Db,
  given: { scope: Scope; month: string; today: string },
): Promise<{ path: string; leads: number; overdue: number }[]> {
  const found = await sql<{ path: string; leads: bigint; overdue: bigint }>`
    SELECT array_to_string((string_to_array(area_path, '.'))[1:5], '.') || '.' AS path, count(*) AS leads,
      count(*) FILTER (WHERE state IN ('sent', 'returned') AND due_on < ${given.today}::date) AS overdue
    FROM screening.lead l WHERE ${inScope(given.scope, 'l')} AND ${isOfMonth(given.month)} AND state IN ('new', 'sent', 'returned')
      AND (reason_count > 0 OR state <> 'new')
    GROUP BY 1 ORDER BY 1`.execute(db)
  return found.rows.map((row) => ({ path: row.path, leads: Number(row.leads), overdue: Number(row.overdue) }))
}

/** Months that have leads, newest first. */
export async function listLeadMonths(db: Db, scope: Scope): Promise<string[]> {
  const found = await sql<{ month: string }>`
    SELECT month FROM screening.lead l WHERE ${inScope(scope, 'l')}
    UNION SELECT month FROM screening.lead_reason r WHERE ${inScope(scope, 'r')} AND NOT rests ORDER BY month DESC`.execute(db)
  return found.rows.map((row) => row.month)
}

/** Leads by their ids, in the order of the places; ids out of the caller's scope are not among them. */
export async function findLeads(db: Db, scope: Scope, leadIds: readonly string[]): Promise<StoredLead[]> {
  const found = await sql<StoredLead>`
    SELECT ${leadColumns} FROM screening.lead l
    WHERE ${inScope(scope, 'l')} AND l.lead_id = ANY(${[...leadIds]}::uuid[]) ORDER BY l.area_path, l.lead_id`.execute(db)
  return found.rows
}

/** As `findLeads`, kept from being changed by others until the end of the transaction. */
export async function findLeadsForUpdate(db: Db, scope: Scope, leadIds: readonly string[]): Promise<StoredLead[]> {
  await sql`SELECT lead_id FROM screening.lead l
    WHERE ${inScope(scope, 'l')} AND lead_id = ANY(${[...leadIds]}::uuid[]) ORDER BY lead_id FOR UPDATE`.execute(db)
  return findLeads(db, scope, leadIds)
}

function matches(search: LeadSearch): RawBuilder<boolean> {
  const { filter, householdIds } = search
  // A lead that lost its last reason to a new comparison before anybody acted, or that has only flags, asks nobody for anything.
  const asks = sql<boolean>`(l.reason_count > 0 OR l.state NOT IN ('new', 'closed') OR l.answer IS NOT NULL)`
  const parts = [inScope(search.scope, 'l'), asks]
  if (filter.state !== undefined) parts.push(sql`l.state = ${filter.state}`)
  if (filter.month !== undefined) parts.push(isOfMonth(filter.month))
  if (filter.householdId !== undefined) parts.push(sql`l.household_id = ${filter.householdId}`)
  if (filter.under !== undefined) parts.push(sql`l.area_path >= ${filter.under} AND l.area_path < ${endOfRange(filter.under)}`)
  if (householdIds !== undefined) parts.push(sql`l.household_id = ANY(${[...householdIds]}::uuid[])`)
  if (filter.overdue === 'true') parts.push(isOverdue(search))
  if (filter.mine === 'true') parts.push(isMine(search))
  const { rule, found } = filter
  if (rule !== undefined || found !== undefined) {
    parts.push(sql`EXISTS (SELECT 1 FROM screening.lead_reason r
      WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND NOT r.rests
        AND ${rule === undefined ? sql`true` : sql`r.rule = ${rule}`} AND ${found === undefined ? sql`true` : sql`r.answer = ${found}`})`)
  }
  return sql.join(parts, sql` AND `)
}

/** Of a month: raised in it, or still open then and given a further reason. */
function isOfMonth(month: string): RawBuilder<boolean> {
  return sql`(l.month = ${month} OR EXISTS (SELECT 1 FROM screening.lead_reason m
    WHERE m.county_code = l.county_code AND m.lead_id = l.lead_id AND m.month = ${month} AND NOT m.rests))`
}

/** As `isOverdue` of rules/lead-due-days.ts; a test holds the two together. */
function isOverdue(search: LeadSearch): RawBuilder<boolean> {
  return sql`(l.state IN ('sent', 'returned') AND l.due_on < ${search.today}::date)`
}

/** What waits for the caller: a village's own open leads; for a township also what nobody has sent and what was answered. */
function isMine(search: LeadSearch): RawBuilder<boolean> {
  const { level, path } = search.seat
  if (level === 'none') return sql`false`
  if (level === 'county') return sql`(l.state = 'new')`
  const held = sql<boolean>`(l.state IN ('sent', 'returned') AND l.sent_to = ${path})`
  return level === 'village' ? held : sql`(${held} OR l.state IN ('new', 'answered'))`
}
