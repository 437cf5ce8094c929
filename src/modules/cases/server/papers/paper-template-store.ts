import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** The county's own template of a kind, in use. */
export interface OwnTemplate {
  readonly kind: string
  readonly hash: string
  readonly leftOut: readonly string[]
  readonly byName: string
  readonly at: string
}

/** The county's own templates in use. */
export async function listOwnTemplates(db: Db, ctx: Context): Promise<OwnTemplate[]> {
  const found = await sql<OwnTemplate>`
    SELECT t.kind, t.hash, t.left_out AS "leftOut", t.by_name AS "byName", t.at FROM cases.paper_template t
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.retired_at IS NULL`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** The bytes of the county's own template of a kind. */
export async function findOwnTemplate(db: Db, ctx: Context, kind: string): Promise<{ docx: Buffer; hash: string } | undefined> {
  const found = await sql<{ docx: Buffer; hash: string }>`
    SELECT t.docx, t.hash FROM cases.paper_template t
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.kind = ${kind} AND t.retired_at IS NULL`.execute(db)
  return found.rows[0]
}

/** Takes the county's own template of a kind out of use; false where there is none. It stays, for the papers that were printed by it. */
export async function retireTemplate(db: Db, ctx: Context, kind: string): Promise<boolean> {
  const done = await sql`
    UPDATE cases.paper_template SET retired_at = ${ctx.now}, retired_name = ${ctx.caller.name}
    WHERE county_code = ${ctx.scope.countyCode} AND kind = ${kind} AND retired_at IS NULL`.execute(db)
  return done.numAffectedRows === 1n
}

/** Adds a template that is in use from now on. */
export async function insertTemplate(
  db: Db,
  ctx: Context,
  given: { kind: string; docx: Buffer; hash: string; leftOut: readonly string[] },
): Promise<string> {
  const id = makeId()
  await sql`
    INSERT INTO cases.paper_template (county_code, paper_template_id, kind, docx, hash, left_out, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${given.kind}, ${given.docx}, ${given.hash}, ${[...given.leftOut]}::text[], ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return id
}
