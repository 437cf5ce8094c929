import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ExceptionState } from '../rules/exception-states.ts'

/** An exception as it stands in the table. */
export interface StoredException {
  readonly exceptionId: string
  readonly findingId: string
  readonly rule: string
  readonly subjectId: string
  readonly householdId: string | null
  readonly areaPath: string
  readonly covers: 'finding' | 'household'
  readonly state: ExceptionState
  readonly reason: string
  readonly askedBy: string
  readonly askedName: string
  readonly askedAt: string
  readonly decidedName: string | null
  readonly decidedAt: string | null
  readonly decidedNote: string | null
  readonly untilOn: string | null
  readonly revision: number
}

const columns = sql`
  e.exception_id AS "exceptionId", e.finding_id AS "findingId", e.rule, e.subject_id AS "subjectId", e.household_id AS "householdId",
  e.area_path AS "areaPath", e.covers, e.state, e.reason, e.asked_by AS "askedBy", e.asked_name AS "askedName", e.asked_at AS "askedAt",
  e.decided_name AS "decidedName", e.decided_at AS "decidedAt", e.decided_note AS "decidedNote", e.until_on AS "untilOn", e.revision`

/** Notes that somebody asks for an exception. False when one is already asked for or granted. */
export async function insertException(
  db: Db,
  ctx: Context,
  given: Pick<StoredException, 'exceptionId' | 'findingId' | 'rule' | 'subjectId' | 'householdId' | 'areaPath' | 'covers' | 'reason'>,
): Promise<boolean> {
  const added = await sql`
    INSERT INTO quality.exception (county_code, exception_id, finding_id, rule, subject_id, household_id, area_path, covers, reason,
      asked_by, asked_name, asked_at)
    VALUES (${ctx.scope.countyCode}, ${given.exceptionId}, ${given.findingId}, ${given.rule}, ${given.subjectId}, ${given.householdId},
      ${given.areaPath}, ${given.covers}, ${given.reason}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT (county_code, rule, subject_id) WHERE state IN ('asked', 'granted') DO NOTHING`.execute(db)
  return added.numAffectedRows === 1n
}

export interface ExceptionSearch {
  readonly scope: Scope
  readonly state?: ExceptionState | undefined
  readonly rule?: string | undefined
  readonly under?: string | undefined
}

/** Exceptions within the scope, those asked last first. */
export async function listExceptions(
  db: Db,
  search: ExceptionSearch,
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<StoredException[]> {
  const [askedAt, exceptionId] = page.after ?? []
  const beyond = page.after === undefined ? sql`true` : sql`(e.asked_at, e.exception_id) < (${askedAt}::timestamptz, ${exceptionId}::uuid)`
  const found = await sql<StoredException>`
    SELECT ${columns} FROM quality.exception e WHERE ${matches(search)} AND ${beyond}
    ORDER BY e.asked_at DESC, e.exception_id DESC LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** How many exceptions are in each state. */
export async function countExceptions(db: Db, search: ExceptionSearch): Promise<Partial<Record<ExceptionState, number>>> {
  const found = await sql<{ state: ExceptionState; n: bigint }>`
    SELECT e.state, count(*) AS n FROM quality.exception e WHERE ${matches({ ...search, state: undefined })} GROUP BY e.state`.execute(db)
  return Object.fromEntries(found.rows.map((row) => [row.state, Number(row.n)]))
}

/** The exceptions of some findings, newest first. */
export async function listExceptionsOf(db: Db, scope: Scope, findingIds: readonly string[]): Promise<StoredException[]> {
  const found = await sql<StoredException>`
    SELECT ${columns} FROM quality.exception e
    WHERE ${inScope(scope, 'e')} AND e.finding_id = ANY (${[...findingIds]}::uuid[]) ORDER BY e.asked_at DESC`.execute(db)
  return found.rows
}

/** An exception, kept from being changed by others until the end of the transaction. */
export async function findExceptionForUpdate(db: Db, scope: Scope, exceptionId: string): Promise<StoredException | undefined> {
  const found = await sql<StoredException>`
    SELECT ${columns} FROM quality.exception e
    WHERE ${inScope(scope, 'e')} AND e.exception_id = ${exceptionId} FOR UPDATE OF e`.execute(db)
  return found.rows[0]
}

/** Writes a decision. The database refuses a grant by whoever asked. */
export async function saveDecision(
  db: Db,
  ctx: Context,
  given: { exceptionId: string; state: ExceptionState; untilOn: string | undefined; note: string | undefined },
): Promise<void> {
  await sql`
    UPDATE quality.exception SET state = ${given.state}, decided_by = ${ctx.caller.id}, decided_name = ${ctx.caller.name},
      decided_at = ${ctx.now}, decided_note = ${given.note ?? null}, until_on = coalesce(${given.untilOn ?? null}::date, until_on),
      revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND exception_id = ${given.exceptionId}`.execute(db)
}

/**
 * Makes the findings follow the exceptions: what has passed its day expires and its findings are open again; what is in force covers its
 * findings, also those of a check that has just ended. Returns how many findings opened and how many were covered.
 */
export async function followExceptions(db: Db, ctx: Context): Promise<{ reopened: number; covered: number }> {
  const county = ctx.scope.countyCode
  await sql`
    UPDATE quality.exception SET state = 'expired', revision = revision + 1
    WHERE county_code = ${county} AND state = 'granted' AND until_on < ${ctx.today}::date`.execute(db)
  const inForce = sql`
    (SELECT f2.finding_id FROM quality.exception e JOIN quality.finding f2
       ON f2.county_code = e.county_code AND f2.rule = e.rule AND f2.subject_id = e.subject_id
     WHERE e.county_code = ${county} AND e.state = 'granted' AND e.until_on >= ${ctx.today}::date
     UNION
     SELECT f3.finding_id FROM quality.exception e JOIN quality.finding f3
       ON f3.county_code = e.county_code AND f3.household_id = e.household_id AND f3.rule = e.rule
     WHERE e.county_code = ${county} AND e.state = 'granted' AND e.covers = 'household' AND e.until_on >= ${ctx.today}::date)`
  const reopened = await moveFindings(db, ctx, {
    change: sql`state = 'open', sent_to = NULL, sent_by = NULL, sent_at = NULL, due_on = NULL, answer = NULL, answer_note = NULL,
      answered_by = NULL, answered_at = NULL`,
    which: sql`f.state = 'excepted' AND f.finding_id NOT IN ${inForce}`,
    event: 'expired',
  })
  const covered = await moveFindings(db, ctx, {
    change: sql`state = 'excepted'`,
    which: sql`f.state IN ('open', 'sent') AND f.finding_id IN ${inForce}`,
    event: 'granted',
  })
  return { reopened, covered }
}

async function moveFindings(
  db: Db,
  ctx: Context,
  given: { change: RawBuilder<unknown>; which: RawBuilder<unknown>; event: 'expired' | 'granted' },
): Promise<number> {
  const moved = await sql<{ n: bigint }>`
    WITH moved AS (
      UPDATE quality.finding f SET ${given.change}, revision = f.revision + 1
      WHERE f.county_code = ${ctx.scope.countyCode} AND ${given.which} RETURNING f.finding_id, f.household_id, f.area_path
    ), told AS (
      INSERT INTO quality.finding_event (county_code, finding_event_id, finding_id, household_id, area_path, kind, by_id, by_name, at)
      SELECT ${ctx.scope.countyCode}, gen_random_uuid(), finding_id, household_id, area_path, ${given.event}, ${ctx.caller.id},
        ${ctx.caller.name}, ${ctx.now} FROM moved
    )
    SELECT count(*) AS n FROM moved`.execute(db)
  return Number(moved.rows[0]?.n ?? 0)
}

function matches(search: ExceptionSearch): RawBuilder<boolean> {
  const { scope, state, rule, under } = search
  const parts = [inScope(scope, 'e')]
  if (state !== undefined) parts.push(sql`e.state = ${state}`)
  if (rule !== undefined) parts.push(sql`e.rule = ${rule}`)
  if (under !== undefined) parts.push(sql`e.area_path >= ${under} AND e.area_path < ${endOfRange(under)}`)
  return sql.join(parts, sql` AND `)
}
