import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Difficulty, IntakeChannel, IntakeEvent, IntakeOutcome, IntakeState, MatchWay } from '../../rules/intake/intake-records.ts'

/** An intake as it stands; numbers and text are still encrypted. */
export interface IntakeRow {
  readonly intakeId: string
  readonly areaPath: string
  readonly householdId: string | null
  readonly channel: IntakeChannel
  readonly sender: string | null
  readonly senderNo: string | null
  readonly receivedAt: string
  readonly receivedOn: string
  readonly state: IntakeState
  readonly heldBy: string
  readonly dueOn: string
  readonly name: string | null
  readonly phoneCell: Buffer | null
  readonly phoneTail: string | null
  readonly idCell: Buffer | null
  readonly textCell: Buffer | null
  readonly difficulties: readonly Difficulty[]
  readonly wantsCall: boolean
  readonly reporterName: string | null
  readonly reporterRelation: string | null
  readonly matchWay: MatchWay | null
  readonly matchName: string | null
  readonly matches: number
  readonly submissions: number
  readonly handlerId: string | null
  readonly handlerName: string | null
  readonly caseId: string | null
  readonly caseOpenedOn: string | null
  readonly caseDecidedOn: string | null
  readonly outcome: IntakeOutcome | null
  readonly reason: string | null
  readonly closedOn: string | null
  readonly revision: number
}

export const intakeColumns: RawBuilder<unknown> = sql`
  i.intake_id AS "intakeId", i.area_path AS "areaPath", i.household_id AS "householdId", i.channel, i.sender, i.sender_no AS "senderNo",
  to_char(i.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "receivedAt", i.received_on::text AS "receivedOn", i.state,
  i.held_by AS "heldBy", i.due_on::text AS "dueOn", i.name, i.phone_cell AS "phoneCell", i.phone_tail AS "phoneTail", i.id_cell AS "idCell",
  i.text_cell AS "textCell", i.difficulties, i.wants_call AS "wantsCall", i.reporter_name AS "reporterName",
  i.reporter_relation AS "reporterRelation", i.match_way AS "matchWay", i.match_name AS "matchName", i.matches,
  i.submissions, i.handler_id AS "handlerId", i.handler_name AS "handlerName", i.case_id AS "caseId",
  i.case_opened_on::text AS "caseOpenedOn", i.case_decided_on::text AS "caseDecidedOn", i.outcome, i.reason, i.closed_on::text AS "closedOn",
  i.revision`

/** An intake within the scope. */
export async function findIntake(db: Db, scope: Scope, intakeId: string, isHeld = false): Promise<IntakeRow | undefined> {
  const found = await sql<IntakeRow>`
    SELECT ${intakeColumns} FROM cases.intake i WHERE ${inScope(scope, 'i')} AND i.intake_id = ${intakeId}::uuid
    ${isHeld ? sql`FOR UPDATE` : sql``}`.execute(db)
  return found.rows[0]
}

/** Where a cell of an intake or of one of its events stands, for the vault. */
export function placeOfIntake(column: 'phone' | 'id' | 'text', intakeId: string) {
  return { table: 'cases.intake', column, rowId: intakeId }
}
export function placeOfIntakeEvent(intakeEventId: string) {
  return { table: 'cases.intake_event', column: 'text', rowId: intakeEventId }
}

/** A new intake with its sealed cells. */
export interface NewIntake {
  readonly intakeId: string
  readonly areaPath: string
  readonly channel: IntakeChannel
  readonly sender: string | null
  readonly senderNo: string | null
  readonly receivedOn: string
  readonly heldBy: string
  readonly dueOn: string
  readonly name: string
  readonly phone: { readonly cell: Buffer; readonly index: Buffer; readonly tail: string } | null
  readonly id: { readonly cell: Buffer; readonly index: Buffer } | null
  readonly textCell: Buffer | null
  readonly difficulties: readonly Difficulty[]
  readonly wantsCall: boolean
  readonly reporter: { readonly name: string; readonly relation: string } | undefined
}

export async function insertIntake(db: Db, ctx: Context, given: NewIntake): Promise<void> {
  const { phone, id, reporter } = given
  await sql`
    INSERT INTO cases.intake (county_code, intake_id, area_path, channel, sender, sender_no, received_at, received_on, held_by, due_on, name,
      phone_cell, phone_index, phone_tail, id_cell, id_index, text_cell, difficulties, wants_call, reporter_name, reporter_relation, entered_by, entered_name)
    VALUES (${ctx.scope.countyCode}, ${given.intakeId}, ${given.areaPath}, ${given.channel}, ${given.sender}, ${given.senderNo}, ${ctx.now},
      ${given.receivedOn}::date, ${given.heldBy}, ${given.dueOn}::date, ${given.name}, ${phone?.cell ?? null}, ${phone?.index ?? null},
      ${phone?.tail ?? null}, ${id?.cell ?? null}, ${id?.index ?? null}, ${given.textCell}, ${[...given.difficulties]}, ${given.wantsCall},
      ${reporter?.name ?? null}, ${reporter?.relation ?? null}, ${ctx.caller.id}, ${ctx.caller.name})`.execute(db)
}

/** Holds, to the end of the transaction, everything that is written of one person or one form. */
export async function lockIntakes(db: Db, ctx: Context, keys: readonly Buffer[]): Promise<void> {
  const names = keys.map((key) => `cases.intake ${ctx.scope.countyCode} ${key.toString('hex')}`).sort()
  for (const name of names) await sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db)
}

/** The open intake of the same person: by ID number, or by telephone and name. */
export async function findOpenOfPerson(
  db: Db,
  scope: Scope,
  person: { idIndex: Buffer | undefined; phoneIndex: Buffer | undefined; name: string; since: string },
): Promise<IntakeRow | undefined> {
  const { idIndex = null, phoneIndex = null, name, since } = person
  const found = await sql<IntakeRow>`
    SELECT ${intakeColumns} FROM cases.intake i
    WHERE ${inScope(scope, 'i')} AND i.state <> 'closed' AND i.received_on >= ${since}::date
      AND (i.id_index = ${idIndex}::bytea OR (i.phone_index = ${phoneIndex}::bytea AND i.name = ${name}))
    ORDER BY i.received_at, i.intake_id LIMIT 1 FOR UPDATE`.execute(db)
  return found.rows[0]
}

/** The columns that an act changes; the revision counts up. Returns false when somebody was faster. */
export async function saveIntake(db: Db, ctx: Context, row: IntakeRow): Promise<boolean> {
  const saved = await sql`
    UPDATE cases.intake SET area_path = ${row.areaPath}, household_id = ${row.householdId}::uuid, state = ${row.state}, held_by = ${row.heldBy},
      difficulties = ${[...row.difficulties]}, wants_call = ${row.wantsCall}, match_way = ${row.matchWay},
      match_name = ${row.matchName}, matches = ${row.matches}, submissions = ${row.submissions}, handler_id = ${row.handlerId},
      handler_name = ${row.handlerName}, case_id = ${row.caseId}::uuid, case_opened_on = ${row.caseOpenedOn}::date,
      case_decided_on = ${row.caseDecidedOn}::date, outcome = ${row.outcome}, reason = ${row.reason}, closed_on = ${row.closedOn}::date,
      revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND intake_id = ${row.intakeId}::uuid AND revision = ${row.revision}
    RETURNING intake_id`.execute(db)
  if (saved.rows.length === 0) return false
  for (const table of ['intake_receipt', 'intake_event'] as const) {
    await sql`
      UPDATE cases.${sql.ref(table)} t SET area_path = ${row.areaPath}, household_id = ${row.householdId}::uuid
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.intake_id = ${row.intakeId}::uuid
        AND (t.area_path, t.household_id) IS DISTINCT FROM (${row.areaPath}, ${row.householdId}::uuid)`.execute(db)
  }
  return true
}

/** What happened, beside the row as it is now. */
export async function insertIntakeEvent(
  db: Db,
  ctx: Context,
  given: {
    row: Pick<IntakeRow, 'intakeId' | 'areaPath' | 'householdId' | 'state'>
    action: IntakeEvent['action']
    reason?: string | undefined
    details?: Readonly<Record<string, unknown>>
    seal?: (intakeEventId: string) => Buffer
  },
): Promise<void> {
  const { row, action, reason = null, details = {}, seal } = given
  const id = makeId()
  await sql`
    INSERT INTO cases.intake_event (county_code, intake_event_id, intake_id, household_id, area_path, action, state_after, actor_id, actor_name, at,
      reason, text_cell, details)
    VALUES (${ctx.scope.countyCode}, ${id}, ${row.intakeId}, ${row.householdId}::uuid, ${row.areaPath}, ${action}, ${row.state}, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now}, ${reason}, ${seal?.(id) ?? null}, ${JSON.stringify(details)}::jsonb)`.execute(db)
}

export interface IntakeEventRow extends Omit<IntakeEvent, 'text'> {
  readonly intakeEventId: string
  readonly textCell: Buffer | null
}

export async function listIntakeEvents(db: Db, scope: Scope, intakeId: string): Promise<IntakeEventRow[]> {
  const found = await sql<IntakeEventRow>`
    SELECT e.intake_event_id AS "intakeEventId", e.action, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
      e.actor_name AS "actorName", e.reason, e.text_cell AS "textCell"
    FROM cases.intake_event e WHERE ${inScope(scope, 'e')} AND e.intake_id = ${intakeId}::uuid ORDER BY e.at, e.intake_event_id`.execute(db)
  return found.rows
}

/** How many intakes the caller has seen in full in the last hour and the last 24 hours, without this one, and whether it is among them. */
export async function countShown(
  db: Db,
  ctx: Context,
  intakeId: string | undefined,
): Promise<{ hour: number; day: number; knowsPerson: { hour: boolean; day: boolean } }> {
  const found = await sql<{ hour: number; day: number; inHour: boolean | null; inDay: boolean | null }>`
    SELECT count(DISTINCT e.intake_id) FILTER (WHERE e.at > ${ctx.now}::timestamptz - interval '1 hour')::int AS hour,
      count(DISTINCT e.intake_id)::int AS day,
      bool_or(e.intake_id = ${intakeId ?? null}::uuid AND e.at > ${ctx.now}::timestamptz - interval '1 hour') AS "inHour",
      bool_or(e.intake_id = ${intakeId ?? null}::uuid) AS "inDay"
    FROM cases.intake_event e
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.action = 'show' AND e.actor_id = ${ctx.caller.id}
      AND e.at > ${ctx.now}::timestamptz - interval '24 hours'`.execute(db)
  const row = found.rows[0]
  return { hour: row?.hour ?? 0, day: row?.day ?? 0, knowsPerson: { hour: row?.inHour === true, day: row?.inDay === true } }
}
