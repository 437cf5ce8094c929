import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { Organisation, type AddOrganisation, type SearchOrganisations } from '../contract.ts'

/** An organisation as the table has it. */
export interface OrganisationRow {
  readonly organisationId: Organisation['organisationId']
  readonly kind: Organisation['kind']
  readonly name: string
  readonly areaPath: string
  readonly creditCode: string | null
  readonly address: string | null
  readonly business: string | null
  readonly closedOn: string | null
  readonly mergedInto: Organisation['organisationId'] | null
  readonly revision: number
}

const columns =
  sql.raw(`o.organisation_id AS "organisationId", o.kind, o.name, o.area_path AS "areaPath", o.credit_code AS "creditCode", o.address,
  o.business, o.closed_on AS "closedOn", o.merged_into AS "mergedInto", o.revision`)

/** The county's organisations by name, without those that were merged or are no more; at most 2,000. */
export async function listOrganisations(ctx: Context): Promise<Organisation[]> {
  const found = await inTransaction(ctx, (db) =>
    sql<OrganisationRow>`
      SELECT ${columns} FROM identity.organisation o
      WHERE o.county_code = ${ctx.scope.countyCode} AND o.merged_into IS NULL AND o.closed_on IS NULL ORDER BY o.name LIMIT 2000`.execute(
      db,
    ),
  )
  return found.rows.map(toOrganisation)
}

const toOrganisation = ({ organisationId, kind, name, areaPath }: OrganisationRow): Organisation =>
  Organisation.parse({ organisationId, kind, name, areaPath })

/** Adds an organisation; its name and its credit code are unique in the county. */
export async function insertOrganisation(db: Db, ctx: Context, given: AddOrganisation & { areaPath: string }): Promise<Organisation> {
  const organisation = Organisation.parse({
    kind: given.kind,
    name: given.name,
    areaPath: given.areaPath,
    organisationId: makeId(Date.parse(ctx.now)),
  })
  const fact = (text: string | undefined) => (text === undefined || text === '' ? null : text)
  await sql`
    INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path, credit_code, address, business)
    VALUES (${ctx.scope.countyCode}, ${organisation.organisationId}, ${organisation.kind}, ${organisation.name}, ${organisation.areaPath},
      ${fact(given.creditCode)}, ${fact(given.address)}, ${fact(given.business)})`.execute(db)
  return organisation
}

/** An organisation as it was asked for. */
export interface FoundOrganisation extends Organisation {
  /** What was asked for and led here: an id, a name, a former name or a credit code; one that was merged answers with the other one. */
  readonly asked: string
}

/**
 * Organisations of the county by id or as files write them: whole name, a name they had, or credit code. One that was merged leads to the other
 * one. At most 5,000 of each are asked for at once.
 */
export async function findOrganisations(
  ctx: Context,
  wanted: { ids?: readonly string[]; names?: readonly string[] },
): Promise<FoundOrganisation[]> {
  const { ids = [], names = [] } = wanted
  if (ids.length + names.length === 0) return []
  const county = ctx.scope.countyCode
  const [askedIds, askedNames] = [ids.slice(0, 5000), names.slice(0, 5000)]
  const found = await inTransaction(ctx, (db) =>
    sql<OrganisationRow & { asked: string }>`
      WITH hit AS (
        SELECT organisation_id::text AS asked, organisation_id, merged_into FROM identity.organisation
        WHERE county_code = ${county} AND organisation_id = ANY (${askedIds}::uuid[])
        UNION SELECT name, organisation_id, merged_into FROM identity.organisation
        WHERE county_code = ${county} AND name = ANY (${askedNames}::text[])
        UNION SELECT credit_code, organisation_id, merged_into FROM identity.organisation
        WHERE county_code = ${county} AND credit_code = ANY (${askedNames}::text[])
        UNION SELECT n.name, n.organisation_id, o.merged_into FROM identity.organisation_name n
        JOIN identity.organisation o ON o.county_code = n.county_code AND o.organisation_id = n.organisation_id
        WHERE n.county_code = ${county} AND n.name = ANY (${askedNames}::text[]))
      SELECT DISTINCT hit.asked, ${columns} FROM hit JOIN identity.organisation o
        ON o.county_code = ${county} AND o.organisation_id = coalesce(hit.merged_into, hit.organisation_id)`.execute(db),
  )
  return found.rows.map((row) => ({ ...toOrganisation(row), asked: row.asked }))
}

/** One page of the register by name; `formerly` says under which former name it was found. */
export async function searchOrganisationRows(
  db: Db,
  ctx: Context,
  given: Omit<SearchOrganisations, 'after'> & { after: readonly (string | number)[] | undefined },
): Promise<(OrganisationRow & { formerly: string | null })[]> {
  const { q = '', under, kinds, after } = given
  const words = q.normalize('NFKC').trim()
  const former = sql`(SELECT n.name FROM identity.organisation_name n WHERE n.county_code = o.county_code
    AND n.organisation_id = o.organisation_id AND position(lower(${words}) IN lower(n.name)) > 0 ORDER BY n.valid_to DESC LIMIT 1)`
  const conditions = [sql`o.county_code = ${ctx.scope.countyCode} AND o.merged_into IS NULL`]
  if (given.withClosed !== true) conditions.push(sql`o.closed_on IS NULL`)
  if (kinds !== undefined) conditions.push(sql`o.kind = ANY (${kinds}::text[])`)
  if (under !== undefined) conditions.push(sql`o.area_path >= ${under} AND o.area_path < ${endOfRange(under)}`)
  if (words !== '')
    conditions.push(sql`(position(lower(${words}) IN lower(o.name)) > 0 OR o.credit_code ^@ upper(${words}) OR ${former} IS NOT NULL)`)
  if (after !== undefined) conditions.push(sql`(o.name, o.organisation_id) > (${after[0]}, ${after[1]}::uuid)`)
  const found = await sql<OrganisationRow & { formerly: string | null }>`
    SELECT ${columns}, ${words === '' ? sql`NULL::text` : sql`CASE WHEN position(lower(${words}) IN lower(o.name)) > 0 THEN NULL ELSE ${former} END`}
      AS formerly
    FROM identity.organisation o WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY o.name, o.organisation_id LIMIT ${given.limit + 1}`.execute(db)
  return found.rows
}

/** One organisation, also one that was merged into another. */
export async function findOrganisationRow(db: Db, ctx: Context, organisationId: string): Promise<OrganisationRow | undefined> {
  const found = await sql<OrganisationRow>`
    SELECT ${columns} FROM identity.organisation o
    WHERE o.county_code = ${ctx.scope.countyCode} AND o.organisation_id = ${organisationId}::uuid`.execute(db)
  return found.rows[0]
}

/** Organisations whose name has the same core, and those merged into this one. */
export async function listRelatedRows(db: Db, ctx: Context, organisationId: string): Promise<OrganisationRow[]> {
  const found = await sql<OrganisationRow>`
    SELECT ${columns} FROM identity.organisation own JOIN identity.organisation o ON o.county_code = own.county_code
      AND o.organisation_id <> own.organisation_id
      AND (o.merged_into = own.organisation_id OR (own.core_name <> '' AND o.core_name = own.core_name AND o.merged_into IS NULL))
    WHERE own.county_code = ${ctx.scope.countyCode} AND own.organisation_id = ${organisationId}::uuid ORDER BY o.name LIMIT 50`.execute(db)
  return found.rows
}

/** Names that an organisation had, the latest first. */
export async function listFormerNames(db: Db, ctx: Context, organisationId: string): Promise<{ name: string; until: string }[]> {
  const found = await sql<{ name: string; until: string }>`
    SELECT name, valid_to AS until FROM identity.organisation_name
    WHERE county_code = ${ctx.scope.countyCode} AND organisation_id = ${organisationId}::uuid ORDER BY valid_to DESC, name`.execute(db)
  return found.rows
}

/** Names of organisations that hold, or are held by, one that nobody knows: what a list may have meant; three at most for each. */
export async function findAlikeNames(ctx: Context, names: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const asked = [...new Set(names)].filter((name) => name.length > 2).slice(0, 500)
  if (asked.length === 0) return new Map()
  const found = await inTransaction(ctx, (db) =>
    sql<{ asked: string; names: string[] }>`
      SELECT n.asked, f.names FROM unnest(${asked}::text[]) AS n (asked) CROSS JOIN LATERAL (
        SELECT array_agg(x.name) AS names FROM (
          SELECT o.name FROM identity.organisation o
          WHERE o.county_code = ${ctx.scope.countyCode} AND o.merged_into IS NULL AND char_length(o.name) > 2
            AND (position(n.asked IN o.name) > 0 OR position(o.name IN n.asked) > 0)
          ORDER BY o.name LIMIT 3) x) f
      WHERE f.names IS NOT NULL`.execute(db),
  )
  return new Map(found.rows.map((row) => [row.asked, row.names]))
}
