import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { PersonPlace } from './find-persons-store.ts'

/** Names of persons within the caller's scope, by id, also of those who have left; nothing is decrypted. For lists of other modules. */
export async function findPersonNames(ctx: Context, db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(personIds)]
  if (wanted.length === 0) return new Map()
  const found = await sql<{ personId: string; name: string }>`
    SELECT p.person_id AS "personId", p.name FROM registry.person p
    WHERE ${inScope(ctx.scope, 'p')} AND p.person_id = ANY (${wanted}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.personId, row.name]))
}

/** Where persons within the caller's scope belong today, by id; who has left stands with the household that he left. */
export async function findPersonPlaces(ctx: Context, db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonPlace>> {
  const wanted = [...new Set(personIds)]
  if (wanted.length === 0) return new Map()
  const found = await sql<PersonPlace>`
    SELECT p.person_id AS "personId", p.name, p.household_id AS "householdId", p.area_path AS "areaPath" FROM registry.person p
    WHERE ${inScope(ctx.scope, 'p')} AND p.person_id = ANY (${wanted}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.personId, row]))
}
