import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Severity } from '../contract.ts'
import type { FindingAnswer, FindingState } from '../rules/finding-states.ts'
import type { Seat } from '../rules/worklist-places.ts'
import type { FindingFilter } from '../rules/worklist-records.ts'

/** A finding as it stands in the table. */
export interface StoredFinding {
  readonly findingId: string
  readonly rule: string
  readonly subjectId: string
  readonly householdId: string | null
  readonly personId: string | null
  readonly areaPath: string
  readonly severity: Severity
  readonly weight: number
  readonly state: FindingState
  readonly seen: Readonly<Record<string, string | number | boolean>>
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly fixedAt: string | null
  readonly recurrence: number
  readonly sentTo: string | null
  readonly sentAt: string | null
  readonly dueOn: string | null
  readonly answer: FindingAnswer | null
  readonly answerNote: string | null
  readonly answeredAt: string | null
  readonly correctionId: string | null
  readonly revision: number
}

/** A filter made ready for the database: who asks, and on which day. */
export interface FindingSearch {
  readonly scope: Scope
  readonly filter: FindingFilter
  readonly seat: Seat
  readonly today: string
  /** Households that a text found. */
  readonly householdIds?: readonly string[] | undefined
}

/** When the finding `f` was seen last: by the check that wrote it, or by a later one of everything in which its rule ran and that left it open. */
export const lastSeen = sql`greatest(f.last_seen_at, CASE WHEN f.state = 'fixed' THEN NULL ELSE (
  SELECT max(r.started_at) FROM quality.check_run r
  WHERE r.county_code = f.county_code AND r.kind = 'whole' AND r.state = 'done' AND r.started_at > f.last_seen_at
    AND NOT r.rules_waiting @> jsonb_build_array(jsonb_build_object('rule', f.rule))) END)`

const columns = sql`
  f.finding_id AS "findingId", f.rule, f.subject_id AS "subjectId", f.household_id AS "householdId", f.person_id AS "personId",
  f.area_path AS "areaPath", f.severity, f.weight, f.state, f.seen, f.first_seen_at AS "firstSeenAt", ${lastSeen} AS "lastSeenAt",
  f.fixed_at AS "fixedAt", f.recurrence, f.sent_to AS "sentTo", f.sent_at AS "sentAt", f.due_on AS "dueOn", f.answer,
  f.answer_note AS "answerNote", f.answered_at AS "answeredAt", f.correction_id AS "correctionId", f.revision`

/** One page of findings: the gravest first, then by place; at most `limit` rows after the cursor. */
export async function listFindings(
  db: Db,
  search: FindingSearch,
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<StoredFinding[]> {
  const [weight, areaPath, findingId] = page.after ?? []
  const beyond =
    page.after === undefined
      ? sql`true`
      : sql`(f.weight, f.area_path, f.finding_id) > (${weight}::smallint, ${areaPath}::text, ${findingId}::uuid)`
  const found = await sql<StoredFinding>`
    SELECT ${columns} FROM quality.finding f WHERE ${matches(search)} AND ${beyond}
    ORDER BY f.weight, f.area_path, f.finding_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** The values a cursor keeps of the last finding of a page. */
export function cursorOf(finding: Pick<StoredFinding, 'weight' | 'areaPath' | 'findingId'>): [number, string, string] {
  return [finding.weight, finding.areaPath, finding.findingId]
}

export interface CountedFindings {
  readonly states: Partial<Record<FindingState, number>>
  readonly overdue: number
  readonly answered: number
  readonly mine: number
  readonly total: number
}

/** How many findings a filter finds, by state, and how many of them are overdue, answered, or wait for the caller. */
export async function countFindings(db: Db, search: FindingSearch): Promise<CountedFindings> {
  const found = await sql<{ state: FindingState; n: bigint; overdue: bigint; answered: bigint; mine: bigint }>`
    SELECT f.state, count(*) AS n, count(*) FILTER (WHERE ${isOverdue(search)}) AS overdue,
      count(*) FILTER (WHERE ${isAnswered}) AS answered, count(*) FILTER (WHERE ${isMine(search)}) AS mine
    FROM quality.finding f WHERE ${matches(search)} GROUP BY f.state`.execute(db)
  const sum = (key: 'n' | 'overdue' | 'answered' | 'mine') => found.rows.reduce((total, row) => total + Number(row[key]), 0)
  return {
    states: Object.fromEntries(found.rows.map((row) => [row.state, Number(row.n)])),
    overdue: sum('overdue'),
    answered: sum('answered'),
    mine: sum('mine'),
    total: sum('n'),
  }
}

/** Findings that still ask for something, of a place and a severity, or of a rule and a severity. */
export interface GroupCount {
  /** The path of the findings themselves; `null` in a count of a rule. */
  readonly areaPath: string | null
  readonly rule: string | null
  readonly severity: Severity
  readonly open: number
  readonly sent: number
  readonly overdue: number
  readonly answered: number
}

/** Counts for the overview: findings that are open or sent, by place and by rule. */
export async function countGroups(db: Db, given: { scope: Scope; under: string | undefined; today: string }): Promise<GroupCount[]> {
  const { scope, under, today } = given
  const below = under === undefined ? sql`true` : sql`f.area_path >= ${under} AND f.area_path < ${endOfRange(under)}`
  const found = await sql<Record<'open' | 'sent' | 'overdue' | 'answered', bigint> & Pick<GroupCount, 'areaPath' | 'rule' | 'severity'>>`
    SELECT f.area_path AS "areaPath", f.rule, f.severity, count(*) FILTER (WHERE f.state = 'open') AS open,
      count(*) FILTER (WHERE f.state = 'sent') AS sent, count(*) FILTER (WHERE ${isOverdue({ today })}) AS overdue,
      count(*) FILTER (WHERE ${isAnswered}) AS answered
    FROM quality.finding f WHERE ${inScope(scope, 'f')} AND ${below} AND f.state IN ('open', 'sent')
    GROUP BY GROUPING SETS ((f.area_path, f.severity), (f.rule, f.severity))`.execute(db)
  return found.rows.map((row) => ({
    areaPath: row.areaPath,
    rule: row.rule,
    severity: row.severity,
    open: Number(row.open),
    sent: Number(row.sent),
    overdue: Number(row.overdue),
    answered: Number(row.answered),
  }))
}

/** Findings by their ids, in the order of the list; ids out of the caller's scope are not among them. */
export async function findFindings(db: Db, scope: Scope, findingIds: readonly string[]): Promise<StoredFinding[]> {
  const found = await sql<StoredFinding>`
    SELECT ${columns} FROM quality.finding f
    WHERE ${inScope(scope, 'f')} AND f.finding_id = ANY (${[...findingIds]}::uuid[]) ORDER BY f.weight, f.area_path, f.finding_id`.execute(
    db,
  )
  return found.rows
}

/** As `findFindings`, kept from being changed by others until the end of the transaction. */
export async function findFindingsForUpdate(db: Db, scope: Scope, findingIds: readonly string[]): Promise<StoredFinding[]> {
  await sql`SELECT finding_id FROM quality.finding f
    WHERE ${inScope(scope, 'f')} AND finding_id = ANY (${[...findingIds]}::uuid[]) ORDER BY finding_id FOR UPDATE`.execute(db)
  return findFindings(db, scope, findingIds)
}

function matches(search: FindingSearch): RawBuilder<boolean> {
  const { filter, householdIds } = search
  const parts = [inScope(search.scope, 'f')]
  if (filter.state === 'todo') parts.push(sql`f.state IN ('open', 'sent')`)
  else if (filter.state !== undefined) parts.push(sql`f.state = ${filter.state}`)
  if (filter.rule !== undefined) parts.push(sql`f.rule = ${filter.rule}`)
  if (filter.severity !== undefined) parts.push(sql`f.severity = ${filter.severity}`)
  if (filter.householdId !== undefined) parts.push(sql`f.household_id = ${filter.householdId}`)
  if (filter.under !== undefined) parts.push(sql`f.area_path >= ${filter.under} AND f.area_path < ${endOfRange(filter.under)}`)
  if (filter.rules !== undefined) parts.push(sql`f.rule = ANY (${[...filter.rules]}::text[])`)
  if (householdIds !== undefined) parts.push(sql`f.household_id = ANY (${[...householdIds]}::uuid[])`)
  if (filter.overdue === 'true') parts.push(isOverdue(search))
  if (filter.answered === 'true') parts.push(isAnswered)
  if (filter.mine === 'true') parts.push(isMine(search))
  if (filter.back === 'true') parts.push(sql`f.recurrence > 0`)
  return sql.join(parts, sql` AND `)
}

const isAnswered = sql<boolean>`(f.state IN ('open', 'sent') AND f.answer IS NOT NULL)`

/** As `isOverdue` of rules/finding-states.ts; a test holds the two together. */
function isOverdue(search: Pick<FindingSearch, 'today'>): RawBuilder<boolean> {
  return sql`(f.state = 'sent' AND f.answer IS NULL AND f.due_on < ${search.today}::date)`
}

/** What waits for the caller: what was sent to his village or township and has no answer, and what nobody has sent. */
function isMine(search: FindingSearch): RawBuilder<boolean> {
  const { level, path } = search.seat
  if (level === 'none') return sql`false`
  const open = sql<boolean>`(f.state = 'open' AND f.answer IS NULL)`
  return level === 'county' ? open : sql`(${open} OR (f.state = 'sent' AND f.sent_to = ${path} AND f.answer IS NULL))`
}
