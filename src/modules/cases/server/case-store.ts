import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import { auditRow, type Act } from '#kernel/server/audit/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { announcement } from '#kernel/server/events/index.ts'
import { caseOpened } from '../contract.ts'
import type { CaseEvent, CaseFile } from '../rules/case-records.ts'
import type { CaseAction, CaseState, CaseStep } from '../rules/case-steps.ts'
import { casesErrors } from './errors.ts'

export const fileColumns: RawBuilder<unknown> = sql`
  f.case_id AS "caseId", f.case_no AS "caseNo", f.household_id AS "householdId", f.area_path AS "areaPath", f.source, f.source_id AS "sourceId",
  f.step, f.state, f.round, f.is_green AS "isGreen", f.held_by AS "heldBy", f.handler_id AS "handlerId", f.handler_name AS "handlerName",
  f.opened_on::text AS "openedOn", f.step_since::text AS "stepSince", f.identified_on::text AS "identifiedOn",
  f.eliminated_on::text AS "eliminatedOn", f.ended_on::text AS "endedOn", f.outcome, f.kind, f.risks, f.national_no AS "nationalNo",
  f.no_labour AS "noLabour", f.revision`

/** A case within the scope. */
export async function findCase(db: Db, scope: Scope, caseId: string): Promise<CaseFile | undefined> {
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f WHERE ${inScope(scope, 'f')} AND f.case_id = ${caseId}::uuid`.execute(db)
  return found.rows[0]
}

/** The same, held for this transaction. */
export async function findCaseForUpdate(db: Db, scope: Scope, caseId: string): Promise<CaseFile | undefined> {
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f WHERE ${inScope(scope, 'f')} AND f.case_id = ${caseId}::uuid FOR UPDATE`.execute(db)
  return found.rows[0]
}

/** The cases of a household within the scope, the newest first. */
export async function findCasesOfHousehold(db: Db, scope: Scope, householdId: string): Promise<CaseFile[]> {
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f WHERE ${inScope(scope, 'f')} AND f.household_id = ${householdId}::uuid
    ORDER BY f.opened_on DESC, f.case_no DESC LIMIT 50`.execute(db)
  return found.rows
}

/** A case as it is opened, without the number that it will get. */
export function unnumbered(
  ctx: Context,
  given: Pick<CaseFile, 'householdId' | 'areaPath' | 'source' | 'sourceId' | 'step' | 'heldBy'>,
): CaseFile {
  const begun = { caseId: makeId(), caseNo: '', state: 'open', round: 1, revision: 1, openedOn: ctx.today, stepSince: ctx.today } as const
  const none = { handlerId: null, handlerName: null, identifiedOn: null, eliminatedOn: null, endedOn: null, outcome: null, kind: null }
  return { ...given, ...begun, ...none, isGreen: false, risks: [], nationalNo: null, noLabour: false }
}

/**
 * Adds a case with the next number of its year (`2026-000123`), its first event, its audit row, its announcement and what goes `along`, as one
 * statement: the year's counter is held from here to the end of the transaction, and all who open a case wait for it. Throws `cases.case-open`
 * where the household has one.
 */
export async function insertCase(
  db: Db,
  ctx: Context,
  {
    file,
    actorPath,
    opinion,
    along,
  }: { file: CaseFile; actorPath: string; opinion?: string | undefined; along: readonly RawBuilder<unknown>[] },
): Promise<{ file: CaseFile; event: CaseEvent }> {
  const { caseId, householdId, areaPath, source, sourceId, step, state, round, heldBy } = file
  const year = Number(ctx.today.slice(0, 4))
  const opening = { file: { ...file, revision: 0 }, action: 'open', step, state, round, heldBy, actorPath, opinion } as const
  const { statement, event } = eventOf(ctx, { ...opening, details: sourceId === null ? { source } : { source, sourceId } })
  const act = { did: 'cases.case.open', objectKind: 'cases.case', objectId: caseId, details: { source } }
  const announced = announcement(ctx, caseOpened, { caseId, householdId, round, on: ctx.today, source })
  const also = [...along, auditRow(ctx, act), announced].map((one, at) => sql`${sql.raw(`also_${at}`)} AS (${one})`)
  const added = await refused(
    sql<{ caseNo: string }>`
      WITH counted AS (
        INSERT INTO cases.case_counter AS counter (county_code, year, last) VALUES (${ctx.scope.countyCode}, ${year}, 1)
        ON CONFLICT (county_code, year) DO UPDATE SET last = counter.last + 1 RETURNING last
      ), filed AS (
        INSERT INTO cases.case_file (county_code, case_id, case_no, household_id, area_path, source, source_id, step, state, held_by, opened_on,
          step_since)
        SELECT ${ctx.scope.countyCode}, ${caseId}::uuid, ${String(year)} || '-' || to_char(last, 'FM000000'), ${householdId}::uuid,
          ${areaPath}, ${source}, ${sourceId}::uuid, ${step}, ${state}, ${heldBy}, ${file.openedOn}::date, ${file.stepSince}::date
        FROM counted RETURNING case_no
      ), noted AS (${statement(sql`FROM filed`)}), ${sql.join(also)}
      SELECT case_no AS "caseNo" FROM filed`.execute(db),
  )
  return { file: { ...file, caseNo: added.rows[0]?.caseNo ?? '' }, event }
}

/** An event as it is written. */
export interface WrittenEvent {
  readonly file: CaseFile
  readonly action: CaseAction | 'open'
  readonly step: CaseStep
  readonly state: CaseState
  readonly round: number
  readonly heldBy: string
  readonly actorPath: string
  readonly opinion?: string | undefined
  readonly reason?: string | undefined
  readonly details: Readonly<Record<string, unknown>>
}

/** What an event needs of its case as it stood. */
type Before = Pick<CaseFile, 'caseId' | 'householdId' | 'areaPath' | 'step' | 'state' | 'revision'>

/** An event as a statement (`from`: what must be there before it) and as it will be read. */
function eventOf(ctx: Context, given: Omit<WrittenEvent, 'file'> & { readonly file: Before }) {
  const { file, action } = given
  const { caller, now, today } = ctx
  const isOpening = action === 'open'
  const stepBefore = isOpening ? null : file.step
  const { round, step, state, heldBy, opinion = null, reason = null, details } = given
  const event: CaseEvent = {
    seq: file.revision + 1,
    round,
    action,
    stepBefore,
    stepAfter: step,
    stateAfter: state,
    heldBy,
    actorName: caller.name,
    at: now,
    onDay: today,
    opinion,
    reason,
    details,
  }
  const statement = (from: RawBuilder<unknown>): RawBuilder<unknown> => sql`
      INSERT INTO cases.case_event (county_code, case_event_id, case_id, household_id, area_path, seq, round, action, step_before, state_before,
        step_after, state_after, held_by, actor_id, actor_name, actor_path, at, on_day, opinion, reason, details)
      SELECT ${ctx.scope.countyCode}, ${makeId()}::uuid, ${file.caseId}::uuid, ${file.householdId}::uuid, ${file.areaPath}, ${event.seq}::integer,
        ${round}::smallint, ${action}, ${stepBefore}, ${isOpening ? null : file.state}, ${step}, ${state}, ${heldBy}, ${caller.id},
        ${caller.name}, ${given.actorPath}, ${now}::timestamptz, ${today}::date, ${opinion}, ${reason}, ${JSON.stringify(details)}::jsonb
      ${from}`
  return { statement, event }
}

/** Adds an event; the database refuses what may not be. Throws `cases.case-changed`, `self-approval`, `kin`, `move-refused`. */
export async function insertEvent(db: Db, ctx: Context, given: WrittenEvent): Promise<CaseEvent> {
  const { statement, event } = eventOf(ctx, given)
  await refused(statement(sql``).execute(db))
  return event
}

/** Adds an event, writes the case as it says, and the audit row of both, as one statement. Throws as `insertEvent` does. */
export async function writeMove(
  db: Db,
  ctx: Context,
  { written, after, act }: { written: WrittenEvent; after: CaseFile; act: Act },
): Promise<CaseEvent> {
  const { statement, event } = eventOf(ctx, written)
  // The case is written from the event's row: the database looks for the event first.
  const moved = sql`
    WITH noted AS (${statement(sql`RETURNING seq`)}), audited AS (${auditRow(ctx, act)})
    ${fileChange(ctx, after, sql`FROM noted`)}`
  await refused(moved.execute(db))
  return event
}

/** Writes the case as its last event says. */
export async function saveCase(db: Db, ctx: Context, file: CaseFile): Promise<void> {
  await refused(fileChange(ctx, file, sql``).execute(db))
}

function fileChange(ctx: Context, file: CaseFile, from: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
      UPDATE cases.case_file SET step = ${file.step}, state = ${file.state}, round = ${file.round}, is_green = ${file.isGreen},
        held_by = ${file.heldBy}, handler_id = ${file.handlerId}, handler_name = ${file.handlerName}, step_since = ${file.stepSince}::date,
        identified_on = ${file.identifiedOn}::date, eliminated_on = ${file.eliminatedOn}::date, ended_on = ${file.endedOn}::date,
        outcome = ${file.outcome}, kind = ${file.kind}, risks = ${[...file.risks]}::text[], national_no = ${file.nationalNo},
        no_labour = ${file.noLabour}, revision = ${file.revision}
      ${from}
      WHERE county_code = ${ctx.scope.countyCode} AND case_id = ${file.caseId}::uuid`
}

/** All events of a case, the oldest first. */
export async function listEvents(db: Db, scope: Scope, caseId: string): Promise<CaseEvent[]> {
  const found = await sql<CaseEvent>`
    SELECT e.seq, e.round, e.action, e.step_before AS "stepBefore", e.step_after AS "stepAfter", e.state_after AS "stateAfter",
      e.held_by AS "heldBy", e.actor_name AS "actorName", e.at::text AS at, e.on_day::text AS "onDay", e.opinion, e.reason, e.details
    FROM cases.case_event e WHERE ${inScope(scope, 'e')} AND e.case_id = ${caseId}::uuid ORDER BY e.seq`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

const refusals: Readonly<Record<string, () => Error>> = {
  '23505': () => casesErrors.caseOpen(),
  BF401: () => casesErrors.selfApproval(),
  BF403: () => casesErrors.kin(),
  BF409: () => casesErrors.caseChanged(),
  BF422: () => casesErrors.moveRefused({ reason: 'no-such-move' }),
}

/** Names what the database refuses by itself; everything else is a fault. */
async function refused<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    throw refusals[code]?.() ?? fault
  }
}
