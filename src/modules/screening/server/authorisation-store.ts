import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'

/** A 授权书 on its way into the table. */
export interface NewAuthorisation {
  householdId: string
  personId: string | null
  areaPath: string
  givenOn: string
  validUntil: string
  lists: readonly ListKind[]
  paper: string
  source: 'hand' | 'sheet'
}

/** Writes authorisations; one that stands there already (person or household, day, paper) is left as it is. Returns how many were new. */
export async function insertAuthorisations(db: Db, ctx: Context, rows: readonly NewAuthorisation[]): Promise<string[]> {
  const news = rows.map((row) => ({ ...row, id: makeId() }))
  const written = await sql<{ id: string }>`
    INSERT INTO screening.authorisation (county_code, authorisation_id, household_id, person_id, area_path, given_on, valid_until, lists, paper,
                                         source, noted_by, noted_by_name, noted_at)
    SELECT ${ctx.scope.countyCode}, id, "householdId", "personId", "areaPath", "givenOn", "validUntil",
           ARRAY(SELECT jsonb_array_elements_text(lists)), paper, source, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(news)}::jsonb) AS r (id uuid, "householdId" uuid, "personId" uuid, "areaPath" text, "givenOn" date,
         "validUntil" date, lists jsonb, paper text, source text)
    ON CONFLICT DO NOTHING RETURNING authorisation_id AS id`.execute(db)
  return written.rows.map((row) => row.id)
}

/** A 授权书 as it stands in the table. */
export interface StoredAuthorisation {
  authorisationId: string
  householdId: string
  personId: string | null
  givenOn: string
  validUntil: string
  lists: ListKind[]
  paper: string
  source: 'hand' | 'sheet'
  notedBy: string
  revokedOn: string | null
  revokeReason: string | null
}

const columns = sql`
  authorisation_id AS "authorisationId", household_id AS "householdId", person_id AS "personId", given_on AS "givenOn", valid_until AS "validUntil",
  lists, paper, source, noted_by_name AS "notedBy", revoked_on AS "revokedOn", revoke_reason AS "revokeReason"`

/** One page of authorisations, the latest given first; at most `limit` after the cursor. */
export async function listAuthorisationRows(
  db: Db,
  scope: Scope,
  wanted: {
    householdId?: string | undefined
    state?: 'current' | 'ended' | undefined
    today: string
    after: readonly (string | number)[] | undefined
    limit: number
  },
): Promise<StoredAuthorisation[]> {
  const [givenOn, id] = wanted.after ?? []
  const holds = sql`(${wanted.today}::date <= valid_until AND (revoked_on IS NULL OR revoked_on > ${wanted.today}::date))`
  const parts = [inScope(scope, 'a')]
  if (wanted.householdId !== undefined) parts.push(sql`household_id = ${wanted.householdId}`)
  if (wanted.state === 'current') parts.push(sql<boolean>`${holds}`)
  if (wanted.state === 'ended') parts.push(sql<boolean>`NOT ${holds}`)
  if (wanted.after !== undefined) parts.push(sql<boolean>`(given_on, authorisation_id) < (${givenOn}::date, ${id}::uuid)`)
  const found = await sql<StoredAuthorisation>`
    SELECT ${columns} FROM screening.authorisation a WHERE ${sql.join(parts, sql` AND `)}
    ORDER BY given_on DESC, authorisation_id DESC LIMIT ${wanted.limit}`.execute(db)
  return found.rows
}

/** Ends an authorisation; false when it is out of scope or has ended before. */
export async function saveRevoked(
  db: Db,
  ctx: Context,
  given: { authorisationId: string; revokedOn: string; reason: string },
): Promise<boolean> {
  const moved = await sql`
    UPDATE screening.authorisation a SET revoked_on = greatest(${given.revokedOn}::date, given_on), revoke_reason = ${given.reason},
           revoked_by = ${ctx.caller.id}
    WHERE ${inScope(ctx.scope, 'a')} AND authorisation_id = ${given.authorisationId} AND revoked_on IS NULL`.execute(db)
  return Number(moved.numAffectedRows ?? 0n) === 1
}

/** Whether there is such an authorisation within the scope. */
export async function isAuthorisation(db: Db, scope: Scope, authorisationId: string): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM screening.authorisation a WHERE ${inScope(scope, 'a')} AND authorisation_id = ${authorisationId}`.execute(db)
  return found.rows.length > 0
}

/** Who has authorised a list on a day: persons, and households whose paper holds for everybody in them. */
export async function listAuthorised(
  db: Db,
  countyCode: string,
  wanted: { list: ListKind; day: string },
): Promise<{ persons: string[]; households: string[] }> {
  const found = await sql<{ householdId: string; personId: string | null }>`
    SELECT DISTINCT household_id AS "householdId", person_id AS "personId" FROM screening.authorisation
    WHERE county_code = ${countyCode} AND ${holdsFor(wanted)}`.execute(db)
  return {
    persons: found.rows.flatMap((row) => row.personId ?? []),
    households: found.rows.flatMap((row) => (row.personId === null ? [row.householdId] : [])),
  }
}

/** Whether somebody has authorised a list on a day, for himself or with the household. */
export async function isAuthorisedOn(
  db: Db,
  countyCode: string,
  wanted: { list: ListKind; day: string; personId: string; householdId: string },
): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM screening.authorisation
    WHERE county_code = ${countyCode} AND (person_id = ${wanted.personId} OR (person_id IS NULL AND household_id = ${wanted.householdId}))
      AND ${holdsFor(wanted)} LIMIT 1`.execute(db)
  return found.rows.length > 0
}

function holdsFor({ list, day }: { list: ListKind; day: string }) {
  return sql`(given_on <= ${day}::date AND valid_until >= ${day}::date AND (revoked_on IS NULL OR revoked_on > ${day}::date)
              AND (lists = '{}' OR ${list} = ANY (lists)))`
}

/** What the county has said of a list, the latest day first. */
export interface StoredDemand {
  list: ListKind
  effectiveFrom: string
  isDemanded: boolean
  reason: string
  setBy: string
}

/** All that the county has said of its lists. */
export async function listDemandRows(db: Db, countyCode: string): Promise<StoredDemand[]> {
  const found = await sql<StoredDemand>`
    SELECT list, effective_from AS "effectiveFrom", is_demanded AS "isDemanded", reason, set_by_name AS "setBy"
    FROM screening.list_demand WHERE county_code = ${countyCode} ORDER BY list, effective_from DESC`.execute(db)
  return found.rows
}

/** Writes from when a list needs an authorisation, or none. */
export async function saveDemand(
  db: Db,
  ctx: Context,
  given: { list: ListKind; isDemanded: boolean; effectiveFrom: string; reason: string },
): Promise<void> {
  await sql`
    INSERT INTO screening.list_demand (county_code, list, effective_from, is_demanded, reason, set_by, set_by_name, set_at)
    VALUES (${ctx.scope.countyCode}, ${given.list}, ${given.effectiveFrom}::date, ${given.isDemanded}, ${given.reason}, ${ctx.caller.id},
            ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT (county_code, list, effective_from)
    DO UPDATE SET is_demanded = excluded.is_demanded, reason = excluded.reason, set_by = excluded.set_by, set_by_name = excluded.set_by_name,
                  set_at = excluded.set_at`.execute(db)
}
