import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { endOfRange } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { areaLevels, type Area, type AreaLevel, type ListAreas } from '../contract.ts'
import type { AreaPlan, PlannedArea } from '../rules/area-plan.ts'

interface AreaRow {
  area_path: string
  parent_path: string
  level: AreaLevel
  code: string
  official_code: string | null
  name: string
}

const columns = sql.raw('area_path, parent_path, level, code, official_code, name')

function toArea(row: AreaRow): Area {
  return {
    path: row.area_path,
    parentPath: row.parent_path,
    level: row.level,
    code: row.code,
    name: row.name,
    ...(row.official_code === null ? {} : { officialCode: row.official_code }),
  }
}

/** Today's areas of the county in the order of their paths, whole or below one of them, down to a level (all levels by default). */
export async function listAreas(ctx: Context, wanted: ListAreas = {}): Promise<Area[]> {
  const levels = wanted.level === undefined ? areaLevels : areaLevels.slice(0, areaLevels.indexOf(wanted.level) + 1)
  const below = wanted.under === undefined ? sql`true` : sql`area_path >= ${wanted.under} AND area_path < ${endOfRange(wanted.under)}`
  const found = await inTransaction(ctx, (db) =>
    sql<AreaRow>`
      SELECT ${columns} FROM identity.area
      WHERE county_code = ${ctx.scope.countyCode} AND valid_to IS NULL AND level = ANY (${levels}) AND ${below}
      ORDER BY area_path`.execute(db),
  )
  return found.rows.map(toArea)
}

/** Today's area of a path. */
export async function findArea(ctx: Context, path: string): Promise<Area | undefined> {
  const found = await inTransaction(ctx, (db) =>
    sql<AreaRow>`
      SELECT ${columns} FROM identity.area
      WHERE county_code = ${ctx.scope.countyCode} AND area_path = ${path} AND valid_to IS NULL`.execute(db),
  )
  return found.rows.map(toArea)[0]
}

/** Today's area of a path that lies in the caller's scope; one outside is not found, whether or not it exists, and neither is its name told. */
export async function findAreaInScope(ctx: Context, path: string): Promise<Area | undefined> {
  const { scope } = ctx
  const inScope = scope.kind === 'area' ? path >= scope.lo && path < scope.hi : scope.kind !== 'households'
  return inScope ? findArea(ctx, path) : undefined
}

/** Lets one import of areas at a time read and write the county's areas; to the end of the transaction. */
export async function lockAreas(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`identity.area ${ctx.scope.countyCode}`}))`.execute(db)
}

/** Adds areas that hold from today. */
export async function insertAreas(db: Db, ctx: Context, areas: readonly PlannedArea[]): Promise<void> {
  const rows = areas.map((area) => ({
    area_path: area.path,
    parent_path: area.parentPath,
    level: area.level,
    code: area.code,
    official_code: area.officialCode ?? null,
    name: area.name,
    is_own_code: area.isOwnCode,
  }))
  await sql`
    INSERT INTO identity.area (county_code, area_path, valid_from, level, code, is_own_code, official_code, name, parent_path)
    SELECT ${ctx.scope.countyCode}, area_path, ${ctx.today}::date, level, code, is_own_code, official_code, name, parent_path
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given (area_path text, parent_path text, level text, code text, official_code text, name text, is_own_code boolean)`.execute(db)
}

/** Gives areas another name or official code from today on; what held before stays with its end. */
export async function changeAreas(db: Db, ctx: Context, changes: AreaPlan['changes']): Promise<void> {
  const county = ctx.scope.countyCode
  const rows = changes.map((change) => ({ area_path: change.area.path, name: change.name, official_code: change.officialCode ?? null }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (area_path text, name text, official_code text)`
  await sql`
    UPDATE identity.area a SET name = given.name, official_code = given.official_code
    FROM ${given}
    WHERE a.county_code = ${county} AND a.area_path = given.area_path AND a.valid_to IS NULL AND a.valid_from >= ${ctx.today}::date`.execute(
    db,
  )
  const ended = await sql<{ area_path: string }>`
    UPDATE identity.area a SET valid_to = ${ctx.today}::date
    FROM ${given}
    WHERE a.county_code = ${county} AND a.area_path = given.area_path AND a.valid_to IS NULL AND a.valid_from < ${ctx.today}::date
    RETURNING a.area_path`.execute(db)
  await sql`
    INSERT INTO identity.area (county_code, area_path, valid_from, level, code, is_own_code, official_code, name, parent_path)
    SELECT a.county_code, a.area_path, ${ctx.today}::date, a.level, a.code, a.is_own_code, given.official_code, given.name, a.parent_path
    FROM identity.area a JOIN ${given} ON given.area_path = a.area_path
    WHERE a.county_code = ${county} AND a.valid_to = ${ctx.today}::date AND a.area_path = ANY (${ended.rows.map((row) => row.area_path)})`.execute(
    db,
  )
}
