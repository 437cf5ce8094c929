import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** A field of a record that names somebody or something. */
export interface NamingField {
  readonly recordId: string
  readonly fieldKey: string
  readonly templateKey: string
  readonly version: number
}

/** The fields that name something; `only` some of them, as `recordId fieldKey`. */
export async function listNamingFields(
  db: Db,
  ctx: Context,
  given: { kind: 'person' | 'organisation'; target: string; only?: readonly string[] },
): Promise<NamingField[]> {
  const only = given.only === undefined ? sql`true` : sql`l.record_id || ' ' || l.field_key = ANY (${[...given.only]}::text[])`
  const found = await sql<NamingField>`
    SELECT l.record_id AS "recordId", l.field_key AS "fieldKey", l.template_key AS "templateKey", r.version
    FROM ledgers.record_link l JOIN ledgers.record r ON r.county_code = l.county_code AND r.record_id = l.record_id
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.target_kind = ${given.kind} AND l.target = ${given.target} AND ${only}`.execute(db)
  return found.rows
}

/** Lets fields name another one: in the links, in what the records say, in the column that sorts the field, and in titles. */
export async function renameFields(
  db: Db,
  ctx: Context,
  given: {
    kind: 'person' | 'organisation'
    fromId: string
    toId: string
    name: string
    fields: readonly (Pick<NamingField, 'recordId' | 'fieldKey'> & { column: string | undefined; isTitle: boolean })[]
  },
): Promise<void> {
  const { kind, fromId, toId, name, fields } = given
  const county = ctx.scope.countyCode
  const rows = JSON.stringify(fields.map(({ recordId, fieldKey }) => ({ id: recordId, field: fieldKey })))
  const named = sql`jsonb_to_recordset(${rows}::jsonb) AS f (id uuid, field text)`
  await sql`
    UPDATE ledgers.record_link l SET target = ${toId} FROM ${named}
    WHERE l.county_code = ${county} AND l.record_id = f.id AND l.field_key = f.field AND l.target_kind = ${kind} AND l.target = ${fromId}`.execute(
    db,
  )
  const value = JSON.stringify({ id: toId, name })
  await sql`
    UPDATE ledgers.record_body b SET body = jsonb_set(b.body, ARRAY[f.field], ${value}::jsonb) FROM ${named}
    WHERE b.county_code = ${county} AND b.record_id = f.id AND b.body -> f.field ->> 'id' = ${fromId}`.execute(db)
  for (const column of new Set(fields.flatMap((one) => one.column ?? []))) {
    const ids = fields.filter((one) => one.column === column).map((one) => one.recordId)
    await sql`
      UPDATE ledgers.record SET ${sql.ref(column)} = ${toId}
      WHERE county_code = ${county} AND record_id = ANY (${ids}::uuid[]) AND ${sql.ref(column)} = ${fromId}`.execute(db)
  }
  const titled = fields.filter((one) => one.isTitle).map((one) => one.recordId)
  if (titled.length > 0)
    await sql`
      UPDATE ledgers.record SET title = ${name.slice(0, 200)} WHERE county_code = ${county} AND record_id = ANY (${titled}::uuid[])`.execute(
      db,
    )
}
