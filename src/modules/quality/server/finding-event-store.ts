import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { FindingAnswer } from '../rules/finding-states.ts'
import type { FindingEventRecord } from '../rules/worklist-records.ts'
import type { StoredFinding } from './finding-store.ts'

/** What happened to a finding, newest first. */
export async function listFindingEvents(db: Db, scope: Scope, findingId: string): Promise<FindingEventRecord[]> {
  const found = await sql<FindingEventRecord>`
    SELECT kind, by_name AS "byName", at, note, details FROM quality.finding_event e
    WHERE ${inScope(scope, 'e')} AND finding_id = ${findingId} ORDER BY at DESC, event_no DESC LIMIT 200`.execute(db)
  return found.rows
}

/** Notes what the caller did with some findings. */
export async function addFindingEvents(
  db: Db,
  ctx: Context,
  given: {
    kind: FindingEventRecord['kind']
    findings: readonly Pick<StoredFinding, 'findingId' | 'householdId' | 'areaPath'>[]
    note?: string | undefined
    details?: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  const rows = given.findings.map((finding) => ({
    finding_event_id: makeId(),
    finding_id: finding.findingId,
    household_id: finding.householdId,
    area_path: finding.areaPath,
  }))
  await sql`
    INSERT INTO quality.finding_event (county_code, finding_event_id, finding_id, household_id, area_path, kind, by_id, by_name, at, note, details)
    SELECT ${ctx.scope.countyCode}, finding_event_id, finding_id, household_id, area_path, ${given.kind}, ${ctx.caller.id}, ${ctx.caller.name},
      ${ctx.now}, ${given.note ?? null}, ${JSON.stringify(given.details ?? {})}::jsonb
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given (finding_event_id uuid, finding_id uuid, household_id uuid, area_path text)`.execute(db)
}

/** Gives findings to a receiver, each with a due day; an earlier answer counts no longer. */
export async function saveSent(
  db: Db,
  ctx: Context,
  given: { findingIds: readonly string[]; receiver: string; dueOn: string },
): Promise<void> {
  await sql`
    UPDATE quality.finding SET state = 'sent', sent_to = ${given.receiver}, sent_by = ${ctx.caller.id}, sent_at = ${ctx.now},
      due_on = ${given.dueOn}, answer = NULL, answer_note = NULL, answered_by = NULL, answered_at = NULL, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND finding_id = ANY (${[...given.findingIds]}::uuid[])`.execute(db)
}

/** Writes what was answered; `undefined` takes an answer back. */
export async function saveAnswer(
  db: Db,
  ctx: Context,
  given: { findingId: string; answer: FindingAnswer | undefined; note: string | undefined },
): Promise<void> {
  const answered = given.answer !== undefined
  await sql`
    UPDATE quality.finding SET answer = ${given.answer ?? null}, answer_note = ${given.note ?? null},
      answered_by = ${answered ? ctx.caller.id : null}, answered_at = ${answered ? ctx.now : null}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND finding_id = ${given.findingId}`.execute(db)
}

/** Notes the correction that was proposed from a finding. */
export async function saveProposed(db: Db, ctx: Context, given: { findingId: string; correctionId: string }): Promise<void> {
  await sql`
    UPDATE quality.finding SET correction_id = ${given.correctionId}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND finding_id = ${given.findingId}`.execute(db)
}
