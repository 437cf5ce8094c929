import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { InspectionKind } from '../rules/inspection-kinds.ts'
import type { SheetItem, TeamRecord } from '../rules/inspection-records.ts'
import type { ListInspections } from '../rules/inspection-requests.ts'
import type { Unit, UnitLevel } from '../rules/problem-seat.ts'
import { isOfOneUnit } from './seat-store.ts'

/** An inspection as its row is, with the counts of its problems. */
export interface InspectionRow {
  readonly inspectionId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly campaignDueOn: string | null
  readonly kind: InspectionKind
  readonly isUpgraded: boolean
  readonly round: number
  readonly unitKind: 'area' | 'organisation'
  readonly unitId: string
  readonly unitName: string
  readonly unitLevel: UnitLevel
  readonly areaPath: string
  readonly byPath: string
  readonly checkerName: string
  readonly topics: string[]
  readonly plannedOn: string
  readonly inspectedOn: string | null
  readonly methods: string[]
  readonly items: SheetItem[]
  readonly note: string
  readonly recordedName: string | null
  readonly problems: number
  readonly closed: number
  /** Of them not yet handed on. */
  readonly found: number
}

const columns = sql`i.inspection_id AS "inspectionId", i.campaign_id AS "campaignId", c.name AS "campaignName", c.due_on AS "campaignDueOn", i.kind,
  i.is_upgraded AS "isUpgraded", i.round, i.unit_kind AS "unitKind", i.unit_id AS "unitId", i.unit_name AS "unitName", i.unit_level AS "unitLevel",
  i.area_path AS "areaPath", i.by_path AS "byPath", coalesce(t.name, i.checker_name) AS "checkerName", i.topics, i.planned_on AS "plannedOn",
  i.inspected_on AS "inspectedOn", i.methods, i.items, i.note, i.recorded_name AS "recordedName", n.problems, n.closed, n.found
  FROM rectification.inspection i JOIN rectification.campaign c ON c.county_code = i.county_code AND c.campaign_id = i.campaign_id
  LEFT JOIN rectification.team t ON t.county_code = i.county_code AND t.team_id = i.team_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS problems, (count(*) FILTER (WHERE p.state = 'closed'))::int AS closed,
      (count(*) FILTER (WHERE p.state = 'found'))::int AS found
    FROM rectification.problem p WHERE p.county_code = i.county_code AND p.inspection_id = i.inspection_id AND p.state <> 'withdrawn') n`

/** Inspections of the caller's area; a department's clerk those of his organisation that were made. What is unannounced the database hides itself. */
function readable(ctx: Context): RawBuilder<boolean> {
  const own = sql<boolean>`(i.unit_id = ${ctx.caller.organisationId ?? ''} AND i.inspected_on IS NOT NULL)`
  return isOfOneUnit(ctx) ? sql<boolean>`${inScope(ctx.scope, 'i')} AND ${own}` : inScope(ctx.scope, 'i')
}

/** Inspections, the newest day first. */
export async function listInspectionRows(
  db: Db,
  ctx: Context,
  given: { filter: Omit<ListInspections, 'after' | 'limit'>; limit: number; after: readonly (string | number)[] | undefined },
): Promise<InspectionRow[]> {
  const { filter, limit, after } = given
  const parts: RawBuilder<boolean>[] = [readable(ctx)]
  if (filter.campaignId !== undefined) parts.push(sql<boolean>`i.campaign_id = ${filter.campaignId}::uuid`)
  if (filter.kind !== undefined) parts.push(sql<boolean>`i.kind = ${filter.kind}`)
  if (filter.month !== undefined) parts.push(sql<boolean>`i.month = ${filter.month}`)
  if (filter.view !== undefined)
    parts.push(filter.view === 'planned' ? sql<boolean>`i.inspected_on IS NULL` : sql<boolean>`i.inspected_on IS NOT NULL`)
  if (after !== undefined) parts.push(sql<boolean>`(i.planned_on, i.inspection_id) < (${after[0] ?? ''}::date, ${after[1] ?? ''}::uuid)`)
  const found = await sql<InspectionRow>`
    SELECT ${columns} WHERE ${sql.join(parts, sql` AND `)} ORDER BY i.planned_on DESC, i.inspection_id DESC LIMIT ${limit}`.execute(db)
  return found.rows
}

/** One inspection, held. */
export async function holdInspection(db: Db, ctx: Context, inspectionId: string): Promise<InspectionRow | undefined> {
  const found = await sql<InspectionRow>`
    SELECT ${columns} WHERE ${readable(ctx)} AND i.inspection_id = ${inspectionId}::uuid FOR UPDATE OF i`.execute(db)
  return found.rows[0]
}

/** One inspection to be planned. */
export interface NewInspection {
  readonly inspectionId: string
  readonly unit: Unit
  readonly checkerId: string | null
  readonly checkerName: string
}

/** Plans inspections; a monthly one that is there already stays. Returns how many were planned. */
export async function insertInspections(
  db: Db,
  ctx: Context,
  given: {
    campaignId: string
    kind: InspectionKind
    plannedOn: string
    round: number
    teamId: string | null
    topics: readonly string[]
    isUpgraded: boolean
    byPath: string
    rows: readonly NewInspection[]
  },
): Promise<number> {
  const rows = given.rows.map(({ inspectionId, unit, checkerId, checkerName }) => ({
    inspection_id: inspectionId,
    unit_kind: unit.kind,
    unit_id: unit.id,
    unit_name: unit.name,
    unit_level: unit.level,
    area_path: unit.areaPath,
    checker_id: checkerId,
    checker_name: checkerName,
  }))
  const done = await sql`
    INSERT INTO rectification.inspection (county_code, inspection_id, campaign_id, kind, is_upgraded, round, unit_kind, unit_id, unit_name, unit_level,
      area_path, by_path, team_id, checker_id, checker_name, topics, planned_on, by_id, by_name, at)
    SELECT ${ctx.scope.countyCode}, inspection_id, ${given.campaignId}::uuid, ${given.kind}, ${given.isUpgraded}, ${given.round}, unit_kind, unit_id, unit_name,
      unit_level, area_path, ${given.byPath}, ${given.teamId}::uuid, checker_id, checker_name, ${[...given.topics]}::text[], ${given.plannedOn}::date,
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (inspection_id uuid, unit_kind text, unit_id text, unit_name text, unit_level text,
      area_path text, checker_id text, checker_name text)
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(done.numAffectedRows ?? 0n)
}

/** The last round of cross-checks of a campaign; 0 before the first. Two who plan at once wait for each other. */
export async function lastRound(db: Db, ctx: Context, campaignId: string): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`rectification.round ${ctx.scope.countyCode} ${campaignId}`}, 0))`.execute(db)
  const found = await sql<{ round: number | null }>`
    SELECT max(round) AS round FROM rectification.inspection
    WHERE county_code = ${ctx.scope.countyCode} AND campaign_id = ${campaignId}::uuid AND kind = 'cross-check'`.execute(db)
  return found.rows[0]?.round ?? 0
}

/** Writes what was seen. */
export async function saveInspection(
  db: Db,
  ctx: Context,
  given: { inspectionId: string; inspectedOn: string; methods: readonly string[]; items: readonly SheetItem[]; note: string },
): Promise<void> {
  await sql`
    UPDATE rectification.inspection SET inspected_on = ${given.inspectedOn}::date, methods = ${[...given.methods]}::text[],
      items = ${JSON.stringify(given.items)}::jsonb, note = ${given.note}, recorded_by = ${ctx.caller.id}, recorded_name = ${ctx.caller.name},
      recorded_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND inspection_id = ${given.inspectionId}::uuid`.execute(db)
}

/** Of a monthly kind each unit's months that were made. */
export async function listMonths(
  db: Db,
  ctx: Context,
  given: { kind: string; from: string; to: string },
): Promise<{ unitId: string; unitName: string; made: string[] }[]> {
  const found = await sql<{ unitId: string; unitName: string; made: string[] }>`
    SELECT i.unit_id AS "unitId", max(i.unit_name) AS "unitName",
      coalesce(array_agg(i.month ORDER BY i.month) FILTER (WHERE i.inspected_on IS NOT NULL), '{}') AS made
    FROM rectification.inspection i
    WHERE ${readable(ctx)} AND i.kind = ${given.kind} AND i.month >= ${given.from} AND i.month <= ${given.to}
    GROUP BY i.unit_id ORDER BY i.unit_id`.execute(db)
  return found.rows
}

/** Writes a team; false where one of this name is there. */
export async function insertTeam(db: Db, ctx: Context, team: TeamRecord & { byPath: string }): Promise<boolean> {
  const done = await sql`
    INSERT INTO rectification.team (county_code, team_id, name, members, from_on, until_on, by_path, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${team.teamId}::uuid, ${team.name}, ${JSON.stringify(team.members)}::jsonb, ${team.fromOn}::date,
      ${team.untilOn}::date, ${team.byPath}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(done.numAffectedRows ?? 0n) === 1
}

/** Teams, the newest first; at most 100. */
export async function listTeams(db: Db, ctx: Context): Promise<TeamRecord[]> {
  const found = await sql<TeamRecord>`
    SELECT team_id AS "teamId", name, members, from_on AS "fromOn", until_on AS "untilOn" FROM rectification.team
    WHERE county_code = ${ctx.scope.countyCode} ORDER BY from_on DESC, name LIMIT 100`.execute(db)
  return found.rows
}
