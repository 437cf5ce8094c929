import { isId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { findAreaInScope, findOrganisations } from '#modules/identity/server/index.ts'
import type { UnitRef } from '../rules/problem-requests.ts'
import type { Unit, UnitLevel } from '../rules/problem-seat.ts'
import { rectificationErrors } from './errors.ts'

/** The unit of a request, within the caller's reach. Throws `rectification.no-such-unit`. */
export async function getUnit(ctx: Context, ref: UnitRef): Promise<Unit> {
  const unit = ref.kind === 'area' ? await findAreaUnit(ctx, ref.id) : await findOrganisationUnit(ctx, ref.id)
  if (unit === undefined) throw rectificationErrors.noSuchUnit()
  return unit
}

async function findAreaUnit(ctx: Context, path: string): Promise<Unit | undefined> {
  const area = await findAreaInScope(ctx, path)
  const level = levelOf(area?.level)
  return area === undefined || level === undefined
    ? undefined
    : { kind: 'area', id: area.path, name: area.name, level, areaPath: area.path }
}

/** Of the levels of areas those that have an office. */
export function levelOf(level: string | undefined): UnitLevel | undefined {
  return level === 'county' || level === 'township' || level === 'village' ? level : undefined
}

async function findOrganisationUnit(ctx: Context, organisationId: string): Promise<Unit | undefined> {
  if (!isId(organisationId)) return undefined
  const [found] = await findOrganisations(ctx, { ids: [organisationId] })
  return found === undefined || !reaches(ctx, found.areaPath) ? undefined : unitOfOrganisation(found)
}

function reaches({ scope }: Context, path: string): boolean {
  return scope.kind !== 'area' || (path >= scope.lo && path < scope.hi)
}

/** An organisation as a unit. */
export function unitOfOrganisation(found: { organisationId: string; name: string; areaPath: string }): Unit {
  return { kind: 'organisation', id: found.organisationId, name: found.name, level: 'department', areaPath: found.areaPath }
}
