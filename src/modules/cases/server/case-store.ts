import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseEvent, CaseFile, CaseSource } from '../rules/case-records.ts'
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

/** The number of the next case of a year, such as `2026-000123`. */
export async function nextCaseNo(db: Db, ctx: Context): Promise<string> {
  const year = Number(ctx.today.slice(0, 4))
  const counted = await sql<{ last: number }>`
    INSERT INTO cases.case_counter AS counter (county_code, year, last) VALUES (${ctx.scope.countyCode}, ${year}, 1)
    ON CONFLICT (county_code, year) DO UPDATE SET last = counter.last + 1 RETURNING last`.execute(db)
  return `${year}-${String(counted.rows[0]?.last ?? 0).padStart(6, '0')}`
}

/** What is written of a case when it is opened. */
export interface OpenedCase {
  readonly householdId: string
  readonly areaPath: string
  readonly source: CaseSource
  readonly sourceId: string | null
  readonly step: CaseStep
  readonly heldBy: string
  readonly caseNo: string
}

/** Adds a case. Throws `cases.case-open` where the household has one. */
export async function insertCase(db: Db, ctx: Context, given: OpenedCase): Promise<CaseFile> {
  const caseId = makeId()
  await refused(
    sql`
    INSERT INTO cases.case_file (county_code, case_id, case_no, household_id, area_path, source, source_id, step, state, held_by, opened_on, step_since)
    VALUES (${ctx.scope.countyCode}, ${caseId}, ${given.caseNo}, ${given.householdId}::uuid, ${given.areaPath}, ${given.source},
      ${given.sourceId}::uuid, ${given.step}, 'open', ${given.heldBy}, ${ctx.today}::date, ${ctx.today}::date)`.execute(db),
  )
  const added = await findCase(db, ctx.scope, caseId)
  if (added === undefined) throw new Error('a case that was just added is out of scope')
  return added
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

/** Adds an event; the database refuses what may not be. Throws `cases.case-changed`, `self-approval`, `kin`, `move-refused`. */
export async function insertEvent(db: Db, ctx: Context, given: WrittenEvent): Promise<CaseEvent> {
  const { file, action } = given
  const isOpening = action === 'open'
  const seq = isOpening ? 1 : file.revision + 1
  await refused(
    sql`
      INSERT INTO cases.case_event (county_code, case_event_id, case_id, household_id, area_path, seq, round, action, step_before, state_before,
        step_after, state_after, held_by, actor_id, actor_name, actor_path, at, on_day, opinion, reason, details)
      VALUES (${ctx.scope.countyCode}, ${makeId()}, ${file.caseId}, ${file.householdId}, ${file.areaPath}, ${seq}, ${given.round}, ${action},
        ${isOpening ? null : file.step}, ${isOpening ? null : file.state}, ${given.step}, ${given.state}, ${given.heldBy}, ${ctx.caller.id},
        ${ctx.caller.name}, ${given.actorPath}, ${ctx.now}, ${ctx.today}::date, ${given.opinion ?? null}, ${given.reason ?? null},
        ${JSON.stringify(given.details)}::jsonb)`.execute(db),
  )
  return {
    seq,
    round: given.round,
    action,
    stepBefore: isOpening ? null : file.step,
    stepAfter: given.step,
    stateAfter: given.state,
    heldBy: given.heldBy,
    actorName: ctx.caller.name,
    at: ctx.now,
    onDay: ctx.today,
    opinion: given.opinion ?? null,
    reason: given.reason ?? null,
    details: given.details,
  }
}

/** Writes the case as its last event says. */
export async function saveCase(db: Db, ctx: Context, file: CaseFile): Promise<void> {
  await refused(
    sql`
      UPDATE cases.case_file SET step = ${file.step}, state = ${file.state}, round = ${file.round}, is_green = ${file.isGreen},
        held_by = ${file.heldBy}, handler_id = ${file.handlerId}, handler_name = ${file.handlerName}, step_since = ${file.stepSince}::date,
        identified_on = ${file.identifiedOn}::date, eliminated_on = ${file.eliminatedOn}::date, ended_on = ${file.endedOn}::date,
        outcome = ${file.outcome}, kind = ${file.kind}, risks = ${[...file.risks]}::text[], national_no = ${file.nationalNo},
        no_labour = ${file.noLabour}, revision = ${file.revision}
      WHERE county_code = ${ctx.scope.countyCode} AND case_id = ${file.caseId}::uuid`.execute(db),
  )
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
