import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { EvidenceRecord, ProblemEventRecord, ProblemFile } from '../rules/problem-records.ts'
import { readable } from './seat-store.ts'

/** Columns of `rectification.problem`, and what they are called in the record. */
const names = {
  problem_id: 'problemId',
  problem_no: 'problemNo',
  campaign_id: 'campaignId',
  source_kind: 'sourceKind',
  is_closed_kind: 'isClosedKind',
  class: 'class',
  description: 'description',
  requirement: 'requirement',
  household_id: 'householdId',
  area_path: 'areaPath',
  subject: 'subject',
  origin: 'origin',
  origin_id: 'originId',
  found_on: 'foundOn',
  inspection_id: 'inspectionId',
  state: 'state',
  state_since: 'stateSince',
  unit_kind: 'unitKind',
  unit_id: 'unitId',
  unit_name: 'unitName',
  unit_level: 'unitLevel',
  head_name: 'headName',
  head_id: 'headId',
  letter_id: 'letterId',
  assigned_at: 'assignedAt',
  due_on: 'dueOn',
  overdue_at: 'overdueAt',
  leader_name: 'leaderName',
  leader_level: 'leaderLevel',
  listed_on: 'listedOn',
  cause: 'cause',
  measures: 'measures',
  effect: 'effect',
  completed_on: 'completedOn',
  completed_at: 'completedAt',
  completed_by: 'completedBy',
  completed_name: 'completedName',
  worked_by: 'workedBy',
  evidence_count: 'evidenceCount',
  verified_at: 'verifiedAt',
  verified_by: 'verifiedBy',
  verified_name: 'verifiedName',
  closed_at: 'closedAt',
  closed_by: 'closedBy',
  closed_name: 'closedName',
  samples: 'samples',
  sampled_on: 'sampledOn',
  returns: 'returns',
  reopened: 'reopened',
  reminders: 'reminders',
  reminded_at: 'remindedAt',
  extended: 'extended',
  revision: 'revision',
} as const satisfies Record<string, keyof ProblemFile>

export const problemColumns = sql.raw(
  Object.entries(names)
    .map(([column, name]) => `p.${column} AS "${name}"`)
    .join(', '),
)
const moments = ['stateSince', 'assignedAt', 'overdueAt', 'completedAt', 'verifiedAt', 'closedAt', 'remindedAt'] as const

/** A row as a record: moments as ISO instants. */
export function toProblem(row: ProblemFile): ProblemFile {
  const said = moments.map((name) => [name, row[name] === null ? null : new Date(row[name]).toISOString()])
  // Safe: only the moments are replaced, by texts.
  return { ...row, ...(Object.fromEntries(said) as Pick<ProblemFile, (typeof moments)[number]>) }
}

/** One problem that the caller may read. */
export async function findProblem(db: Db, ctx: Context, problemId: string): Promise<ProblemFile | undefined> {
  const found = await sql<ProblemFile>`
    SELECT ${problemColumns} FROM rectification.problem p WHERE ${readable(ctx, 'p')} AND p.problem_id = ${problemId}::uuid`.execute(db)
  return found.rows.map(toProblem)[0]
}

/** Problems that the caller may read, held for this transaction, in the order of their ids so that two batches never wait for each other. */
export async function holdProblems(db: Db, ctx: Context, problemIds: readonly string[]): Promise<ProblemFile[]> {
  const found = await sql<ProblemFile>`
    SELECT ${problemColumns} FROM rectification.problem p WHERE ${readable(ctx, 'p')} AND p.problem_id = ANY (${[...problemIds]}::uuid[])
    ORDER BY p.problem_id FOR UPDATE OF p`.execute(db)
  return found.rows.map(toProblem)
}

/** Numbers of a year, so many at once; `0` when none is asked. */
export async function takeNumbers(
  db: Db,
  ctx: Context,
  given: { kind: 'problem' | 'letter'; count: number },
): Promise<{ year: string; first: number }> {
  const year = ctx.today.slice(0, 4)
  const found = await sql<{ last: number }>`
    INSERT INTO rectification.counter AS c (county_code, kind, year, last)
    VALUES (${ctx.scope.countyCode}, ${given.kind}, ${Number(year)}, ${given.count})
    ON CONFLICT (county_code, kind, year) DO UPDATE SET last = c.last + ${given.count} RETURNING last`.execute(db)
  return { year, first: (found.rows[0]?.last ?? given.count) - given.count + 1 }
}

const written = {
  problem_id: 'uuid',
  problem_no: 'text',
  campaign_id: 'uuid',
  source_kind: 'text',
  class: 'text',
  description: 'text',
  requirement: 'text',
  household_id: 'uuid',
  area_path: 'text',
  subject: 'text',
  origin: 'text',
  origin_id: 'text',
  found_on: 'date',
  inspection_id: 'uuid',
  state: 'text',
  state_since: 'timestamptz',
  unit_kind: 'text',
  unit_id: 'text',
  unit_name: 'text',
  unit_level: 'text',
  head_name: 'text',
  head_id: 'text',
  letter_id: 'uuid',
  assigned_at: 'timestamptz',
  due_on: 'date',
  leader_name: 'text',
  leader_level: 'text',
  listed_on: 'date',
  cause: 'text',
  measures: 'text',
  effect: 'text',
  completed_on: 'date',
  completed_at: 'timestamptz',
  completed_by: 'text',
  completed_name: 'text',
  worked_by: 'text[]',
  evidence_count: 'smallint',
  verified_at: 'timestamptz',
  verified_by: 'text',
  verified_name: 'text',
  closed_at: 'timestamptz',
  closed_by: 'text',
  closed_name: 'text',
  samples: 'smallint',
  sampled_on: 'date',
  returns: 'smallint',
  reopened: 'smallint',
  reminders: 'smallint',
  reminded_at: 'timestamptz',
  extended: 'smallint',
  revision: 'integer',
} as const satisfies Partial<Record<keyof typeof names, string>>
/** What is said once, when a problem is written down. */
const once: readonly string[] = [
  'problem_id',
  'problem_no',
  'campaign_id',
  'source_kind',
  'household_id',
  'area_path',
  'subject',
  'origin',
  'origin_id',
  'found_on',
  'inspection_id',
]
const all = Object.keys(written)
const shape = sql.raw(
  `AS given (${Object.entries(written)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')})`,
)
const rowsOf = (problems: readonly ProblemFile[]) =>
  // Safe: the keys of `written` are keys of `names`.
  JSON.stringify(problems.map((problem) => Object.fromEntries(all.map((column) => [column, problem[names[column as keyof typeof names]]]))))

/** Writes new problems; each has its first event beside it (`insertEvents`). */
export async function insertProblems(db: Db, ctx: Context, problems: readonly ProblemFile[]): Promise<void> {
  if (problems.length === 0) return
  const columns = sql.raw(all.join(', '))
  await sql`
    INSERT INTO rectification.problem (county_code, ${columns})
    SELECT ${ctx.scope.countyCode}, ${columns} FROM jsonb_to_recordset(${rowsOf(problems)}::jsonb) ${shape}`.execute(db)
}

/** Writes problems as acts have left them; each needs its event first. */
export async function saveProblems(db: Db, ctx: Context, problems: readonly ProblemFile[]): Promise<void> {
  if (problems.length === 0) return
  const changed = sql.raw(
    all
      .filter((column) => !once.includes(column))
      .map((column) => `${column} = given.${column}`)
      .join(', '),
  )
  await sql`
    UPDATE rectification.problem p SET ${changed} FROM jsonb_to_recordset(${rowsOf(problems)}::jsonb) ${shape}
    WHERE p.county_code = ${ctx.scope.countyCode} AND p.problem_id = given.problem_id`.execute(db)
}

/** An event to be written. */
export interface NewEvent {
  readonly problem: Pick<ProblemFile, 'problemId' | 'householdId' | 'areaPath'>
  readonly seq: number
  readonly action: string
  readonly before: string | null
  readonly after: string
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** Writes events, all of the caller and of now. Throws what the triggers refuse. */
export async function insertEvents(db: Db, ctx: Context, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ problem, before, after, ...event }) => ({
    ...event,
    problem_id: problem.problemId,
    household_id: problem.householdId,
    area_path: problem.areaPath,
    state_before: before,
    state_after: after,
  }))
  await sql`
    INSERT INTO rectification.problem_event (county_code, problem_event_id, problem_id, household_id, area_path, seq, action, state_before, state_after,
      actor_id, actor_name, at, reason, details)
    SELECT ${ctx.scope.countyCode}, gen_random_uuid(), problem_id, household_id, area_path, seq, action, state_before, state_after,
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}, reason, details
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (problem_id uuid, household_id uuid, area_path text, seq integer, action text,
      state_before text, state_after text, reason text, details jsonb)`.execute(db)
}

/** What happened to a problem, the newest first. */
export async function listEvents(db: Db, ctx: Context, problemId: string): Promise<ProblemEventRecord[]> {
  const found = await sql<ProblemEventRecord>`
    SELECT e.seq, e.action, e.state_before AS "stateBefore", e.state_after AS "stateAfter", e.actor_name AS "actorName", e.at, e.reason, e.details
    FROM rectification.problem_event e WHERE e.county_code = ${ctx.scope.countyCode} AND e.problem_id = ${problemId}::uuid
    ORDER BY e.seq DESC LIMIT 500`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** The evidence of a problem with what the store alone needs of it. */
export interface EvidenceRow extends Omit<EvidenceRecord, 'can'> {
  readonly problemId: string
  readonly byId: string
  readonly fileId: string | null
  readonly hash: string | null
}

export const evidenceColumns = sql`e.evidence_id AS "evidenceId", e.problem_id AS "problemId", e.kind, e.text, e.media_type AS "mediaType", e.bytes,
  e.by_id AS "byId", e.by_name AS "byName", e.at, e.file_id AS "fileId", e.hash`

/** Evidence that was not withdrawn, the first first. */
export async function listEvidence(db: Db, ctx: Context, problemId: string): Promise<EvidenceRow[]> {
  const found = await sql<EvidenceRow>`
    SELECT ${evidenceColumns} FROM rectification.evidence e
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.problem_id = ${problemId}::uuid AND e.withdrawn_at IS NULL
    ORDER BY e.at, e.evidence_id LIMIT 200`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** Writes what proves problems, in words. */
export async function insertRecords(
  db: Db,
  ctx: Context,
  records: readonly { problem: NewEvent['problem']; text: string }[],
): Promise<void> {
  if (records.length === 0) return
  const rows = records.map(({ problem, text }) => ({
    problem_id: problem.problemId,
    household_id: problem.householdId,
    area_path: problem.areaPath,
    text,
  }))
  await sql`
    INSERT INTO rectification.evidence (county_code, evidence_id, problem_id, household_id, area_path, kind, text, by_id, by_name, at)
    SELECT ${ctx.scope.countyCode}, gen_random_uuid(), problem_id, household_id, area_path, 'record', text, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (problem_id uuid, household_id uuid, area_path text, text text)`.execute(
    db,
  )
}
