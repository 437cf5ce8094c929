import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Template } from '../rules/template.ts'

/** A version that the county made. */
export interface TemplateRow {
  readonly templateKey: string
  readonly version: number
  readonly state: 'draft' | 'published' | 'withdrawn'
  readonly definition: Template
  readonly keys: Readonly<Record<string, string>>
  readonly hash: string
  readonly revision: number
  readonly madeName: string
  readonly madeAt: string
  readonly publishedName: string | null
  readonly publishedAt: string | null
}

const columns = sql.raw(`template_key AS "templateKey", version, state, definition, keys, hash, revision, made_name AS "madeName",
  made_at AS "madeAt", published_name AS "publishedName", published_at AS "publishedAt"`)

/** The county's own versions of one template, oldest first. */
export async function listTemplateRows(db: Db, ctx: Context, templateKey?: string): Promise<TemplateRow[]> {
  const one = templateKey === undefined ? sql`true` : sql`template_key = ${templateKey}`
  const found = await sql<TemplateRow>`
    SELECT ${columns} FROM ledgers.template WHERE county_code = ${ctx.scope.countyCode} AND ${one} ORDER BY template_key, version`.execute(
    db,
  )
  return found.rows
}

/** Which versions there are, without their definitions: enough to know which is current. */
export async function listVersions(db: Db, ctx: Context, templateKey: string): Promise<Pick<TemplateRow, 'version' | 'state' | 'hash'>[]> {
  const found = await sql<Pick<TemplateRow, 'version' | 'state' | 'hash'>>`
    SELECT version, state, hash FROM ledgers.template
    WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${templateKey} ORDER BY version`.execute(db)
  return found.rows
}

/** One version of the county's own. */
export async function findTemplateRow(
  db: Db,
  ctx: Context,
  given: { templateKey: string; version: number },
): Promise<TemplateRow | undefined> {
  const found = await sql<TemplateRow>`
    SELECT ${columns} FROM ledgers.template
    WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${given.templateKey} AND version = ${given.version}`.execute(db)
  return found.rows[0]
}

/** Saves a draft: the first of its version, or over the one with this revision. Returns its revision; undefined when somebody else changed it. */
export async function saveDraftRow(
  db: Db,
  ctx: Context,
  given: {
    templateKey: string
    version: number
    definition: Template
    keys: Readonly<Record<string, string>>
    hash: string
    revision: number | undefined
  },
): Promise<number | undefined> {
  const { templateKey, version, hash, revision } = given
  const [definition, keys] = [JSON.stringify(given.definition), JSON.stringify(given.keys)]
  const found =
    revision === undefined
      ? await sql<{ revision: number }>`
          INSERT INTO ledgers.template (county_code, template_key, version, state, definition, keys, hash, made_by, made_name, made_at)
          VALUES (${ctx.scope.countyCode}, ${templateKey}, ${version}, 'draft', ${definition}::jsonb, ${keys}::jsonb, ${hash},
                  ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
          ON CONFLICT DO NOTHING RETURNING revision`.execute(db)
      : await sql<{ revision: number }>`
          UPDATE ledgers.template SET definition = ${definition}::jsonb, keys = ${keys}::jsonb, hash = ${hash}, revision = revision + 1,
            made_by = ${ctx.caller.id}, made_name = ${ctx.caller.name}, made_at = ${ctx.now}
          WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${templateKey} AND version = ${version}
            AND state = 'draft' AND revision = ${revision} RETURNING revision`.execute(db)
  return found.rows[0]?.revision
}

/** Throws a draft away. */
export async function deleteDraftRow(db: Db, ctx: Context, templateKey: string): Promise<boolean> {
  const found = await sql<{ version: number }>`
    DELETE FROM ledgers.template WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${templateKey} AND state = 'draft'
    RETURNING version`.execute(db)
  return found.rows.length > 0
}

/** Publishes the draft of this revision; undefined when there is none. */
export async function publishRow(
  db: Db,
  ctx: Context,
  given: { templateKey: string; revision: number; keys: Readonly<Record<string, string>> },
): Promise<number | undefined> {
  const found = await sql<{ version: number }>`
    UPDATE ledgers.template SET state = 'published', keys = ${JSON.stringify(given.keys)}::jsonb, published_by = ${ctx.caller.id},
      published_name = ${ctx.caller.name}, published_at = ${ctx.now}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${given.templateKey} AND state = 'draft' AND revision = ${given.revision}
    RETURNING version`.execute(db)
  return found.rows[0]?.version
}

/** Withdraws a published version; false when it is none. */
export async function withdrawRow(db: Db, ctx: Context, given: { templateKey: string; version: number }): Promise<boolean> {
  const found = await sql<{ version: number }>`
    UPDATE ledgers.template SET state = 'withdrawn', revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND template_key = ${given.templateKey} AND version = ${given.version} AND state = 'published'
    RETURNING version`.execute(db)
  return found.rows.length > 0
}

/** Records by template and version that were not removed, within the caller's scope (closed ledgers are counted when they are open). */
export async function countByVersion(
  db: Db,
  ctx: Context,
  templateKey?: string,
): Promise<{ templateKey: string; version: number; records: number }[]> {
  const one = templateKey === undefined ? sql`true` : sql`template_key = ${templateKey}`
  const found = await sql<{ templateKey: string; version: number; records: number }>`
    SELECT template_key AS "templateKey", version, count(*)::int AS records FROM ledgers.record
    WHERE county_code = ${ctx.scope.countyCode} AND ${one} AND removed_at IS NULL GROUP BY 1, 2`.execute(db)
  return found.rows
}

/** Locks a template's draft row against two who publish or save at once, to the end of the transaction. */
export async function lockTemplate(db: Db, ctx: Context, templateKey: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`ledgers.template ${ctx.scope.countyCode} ${templateKey}`}))`.execute(db)
}
