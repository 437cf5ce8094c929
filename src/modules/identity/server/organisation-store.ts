import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { Organisation, type AddOrganisation } from '../contract.ts'

interface OrganisationRow {
  organisation_id: string
  kind: string
  name: string
  area_path: string
}

/** The county's organisations by name; at most 2,000. */
export async function listOrganisations(ctx: Context): Promise<Organisation[]> {
  const found = await inTransaction(ctx, (db) =>
    sql<OrganisationRow>`
      SELECT organisation_id, kind, name, area_path FROM identity.organisation
      WHERE county_code = ${ctx.scope.countyCode} ORDER BY name LIMIT 2000`.execute(db),
  )
  return found.rows.map((row) =>
    Organisation.parse({ organisationId: row.organisation_id, kind: row.kind, name: row.name, areaPath: row.area_path }),
  )
}

/** Adds an organisation; the name is unique in the county (constraint organisation_county_code_name_key). */
export async function insertOrganisation(db: Db, ctx: Context, given: AddOrganisation & { areaPath: string }): Promise<Organisation> {
  const organisation = Organisation.parse({ ...given, organisationId: makeId(Date.parse(ctx.now)) })
  await sql`
    INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
    VALUES (${ctx.scope.countyCode}, ${organisation.organisationId}, ${organisation.kind}, ${organisation.name}, ${organisation.areaPath})`.execute(
    db,
  )
  return organisation
}

/** Organisations of the county by id or by their whole name, for links of other modules; at most 5,000 are asked for at once. */
export async function findOrganisations(
  ctx: Context,
  wanted: { ids?: readonly string[]; names?: readonly string[] },
): Promise<Pick<Organisation, 'organisationId' | 'kind' | 'name' | 'areaPath'>[]> {
  const { ids = [], names = [] } = wanted
  if (ids.length + names.length === 0) return []
  const found = await inTransaction(ctx, (db) =>
    sql<OrganisationRow>`
      SELECT organisation_id, kind, name, area_path FROM identity.organisation
      WHERE county_code = ${ctx.scope.countyCode}
        AND (organisation_id = ANY (${ids.slice(0, 5000)}::uuid[]) OR name = ANY (${names.slice(0, 5000)}::text[]))`.execute(db),
  )
  return found.rows.map((row) =>
    Organisation.parse({ organisationId: row.organisation_id, kind: row.kind, name: row.name, areaPath: row.area_path }),
  )
}
