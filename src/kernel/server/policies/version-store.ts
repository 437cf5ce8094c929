import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '../caller/index.ts'
import { changesRevisions, type Db } from '../database/index.ts'
import type { Paper, PolicyVersion } from './policy.ts'

/** What is written into a draft. */
export interface DraftText {
  readonly content: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly paper: Paper
  readonly note: string
  readonly examples: readonly unknown[]
}

export type EventOfVersion = 'drafted' | 'changed' | 'submitted' | 'returned' | 'published' | 'replaced' | 'discarded'

// Instants as the program writes them, so that their texts compare.
const instant = (column: string) => sql.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
const columns = sql`
  version_id AS "versionId", key, area_path AS "areaPath", false AS "isShipped", state, effective_from AS "effectiveFrom",
  effective_to AS "effectiveTo", content, hash, document_no AS "documentNo", document_title AS "documentTitle", clause, note, examples,
  drafted_by AS "draftedBy", drafted_name AS "draftedName", ${instant('drafted_at')} AS "draftedAt", written_by AS "writtenBy",
  submitted_by AS "submittedBy", ${instant('submitted_at')} AS "submittedAt", published_name AS "publishedName",
  ${instant('published_at')} AS "publishedAt", ${instant('replaced_at')} AS "replacedAt", revision`

/** The county's versions of some policies: published and replaced ones, or all. The county is the caller's; row security says which areas. */
export async function findVersions(
  db: Db,
  ctx: Context,
  wanted: { keys: readonly string[]; states: 'decided' | 'all' },
): Promise<PolicyVersion[]> {
  const states = wanted.states === 'all' ? sql`true` : sql`state IN ('published', 'replaced')`
  const found = await sql<PolicyVersion>`
    SELECT ${columns} FROM kernel.policy_version
    WHERE county_code = ${ctx.scope.countyCode} AND key = ANY (${[...wanted.keys]}) AND ${states}
    ORDER BY effective_from DESC, drafted_at DESC, version_id DESC`.execute(db)
  return found.rows
}

/** One version by its id; locked until the end of the transaction where it is to be changed. */
export async function findVersion(db: Db, ctx: Context, given: { versionId: string; lock: boolean }): Promise<PolicyVersion | undefined> {
  const found = await sql<PolicyVersion>`
    SELECT ${columns} FROM kernel.policy_version
    WHERE county_code = ${ctx.scope.countyCode} AND version_id = ${given.versionId} ${given.lock ? sql`FOR UPDATE` : sql``}`.execute(db)
  return found.rows[0]
}

/** The areas of which the county has, or had, a published version of some policies. */
export async function findAreas(db: Db, ctx: Context, keys: readonly string[]): Promise<string[]> {
  const found = await sql<{ areaPath: string }>`
    SELECT DISTINCT area_path AS "areaPath" FROM kernel.policy_version
    WHERE county_code = ${ctx.scope.countyCode} AND key = ANY (${[...keys]}) AND state IN ('published', 'replaced') ORDER BY 1`.execute(db)
  return found.rows.map((row) => row.areaPath)
}

/** How many versions of each policy are on their way to publication. */
export async function openVersionCounts(db: Db, ctx: Context): Promise<Map<string, number>> {
  const found = await sql<{ key: string; open: number }>`
    SELECT key, count(*)::integer AS open FROM kernel.policy_version
    WHERE county_code = ${ctx.scope.countyCode} AND state IN ('draft', 'submitted', 'returned') GROUP BY key`.execute(db)
  return new Map(found.rows.map((row) => [row.key, row.open]))
}

/** Writes a new draft. */
export async function insertDraft(
  db: Db,
  ctx: Context,
  given: DraftText & { key: string; areaPath: string; hash: string },
): Promise<string> {
  const versionId = makeId()
  changesRevisions(db)
  await sql`
    INSERT INTO kernel.policy_version (county_code, version_id, key, area_path, effective_from, effective_to, content, hash, document_no,
      document_title, clause, note, examples, drafted_by, drafted_name, drafted_at, written_by)
    VALUES (${ctx.scope.countyCode}, ${versionId}, ${given.key}, ${given.areaPath}, ${given.effectiveFrom}::date, ${given.effectiveTo}::date,
      ${given.content}, ${given.hash}, ${given.paper.documentNo}, ${given.paper.documentTitle}, ${given.paper.clause}, ${given.note},
      ${JSON.stringify(given.examples)}::jsonb, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}, '{}')`.execute(db)
  return versionId
}

/** Writes a draft anew; a returned one is a draft again. */
export async function updateDraft(
  db: Db,
  ctx: Context,
  given: DraftText & { versionId: string; revision: number; hash: string },
): Promise<void> {
  changesRevisions(db)
  await sql`
    UPDATE kernel.policy_version SET state = 'draft', content = ${given.content}, hash = ${given.hash},
      effective_from = ${given.effectiveFrom}::date, effective_to = ${given.effectiveTo}::date, document_no = ${given.paper.documentNo},
      document_title = ${given.paper.documentTitle}, clause = ${given.paper.clause}, note = ${given.note},
      examples = ${JSON.stringify(given.examples)}::jsonb, submitted_by = NULL, submitted_name = NULL, submitted_at = NULL,
      revision = ${given.revision + 1}
    WHERE county_code = ${ctx.scope.countyCode} AND version_id = ${given.versionId}`.execute(db)
}

/** Moves a version to its next state, signed by the caller; the database refuses steps that are none. */
export async function moveVersion(
  db: Db,
  ctx: Context,
  given: { versionId: string; revision: number; to: 'submitted' | 'returned' | 'published' | 'discarded'; documentNo?: string },
): Promise<void> {
  const { documentNo } = given
  changesRevisions(db)
  const signed = {
    submitted: sql`, submitted_by = ${ctx.caller.id}, submitted_name = ${ctx.caller.name}, submitted_at = ${ctx.now}`,
    published: sql`, published_by = ${ctx.caller.id}, published_name = ${ctx.caller.name}, published_at = ${ctx.now},
      document_no = coalesce(${documentNo ?? null}, document_no)`,
    returned: sql``,
    discarded: sql``,
  }[given.to]
  await sql`
    UPDATE kernel.policy_version SET state = ${given.to}, revision = ${given.revision + 1} ${signed}
    WHERE county_code = ${ctx.scope.countyCode} AND version_id = ${given.versionId}`.execute(db)
}

/** Puts away the published version that a new one with the same first day takes the place of; returns its id. */
export async function replaceVersion(db: Db, ctx: Context, by: PolicyVersion): Promise<string | undefined> {
  changesRevisions(db)
  const found = await sql<{ versionId: string }>`
    UPDATE kernel.policy_version SET state = 'replaced', replaced_by = ${by.versionId}, replaced_at = ${ctx.now}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND key = ${by.key} AND area_path = ${by.areaPath} AND state = 'published'
      AND effective_from = ${by.effectiveFrom}::date AND version_id <> ${by.versionId}
    RETURNING version_id AS "versionId"`.execute(db)
  return found.rows[0]?.versionId
}

/** Lets one publication of a policy go on at a time, to the end of the transaction. */
export async function holdPolicy(db: Db, ctx: Context, key: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`kernel.policy ${ctx.scope.countyCode} ${key}`}, 0))`.execute(db)
}

/** Writes what happened to a version. */
export async function noteEvent(
  db: Db,
  ctx: Context,
  given: { versionId: string; kind: EventOfVersion; note: string; hash: string },
): Promise<void> {
  await sql`
    INSERT INTO kernel.policy_event (county_code, policy_event_id, version_id, kind, by_id, by_name, at, note, hash)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${given.versionId}, ${given.kind}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now},
      ${given.note}, ${given.hash})`.execute(db)
}

/** What happened to a version, the newest first. */
export async function listEvents(
  db: Db,
  ctx: Context,
  versionId: string,
): Promise<{ kind: EventOfVersion; byName: string; at: string; note: string }[]> {
  const found = await sql<{ kind: EventOfVersion; byName: string; at: string; note: string }>`
    SELECT kind, by_name AS "byName", ${instant('at')} AS at, note FROM kernel.policy_event
    WHERE county_code = ${ctx.scope.countyCode} AND version_id = ${versionId} ORDER BY policy_event.at DESC, policy_event_id DESC`.execute(
    db,
  )
  return found.rows
}
