import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { LinkedPlace } from './resolve-links.ts'

/** Where a record belongs. */
export interface RecordPlace {
  readonly areaPath: string
  readonly householdId: string | null
}

/** The area of a whole county. */
export const countyPath = (countyCode: string): string => `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`

/**
 * Where a record belongs: to what it is about (its household, person, organisation or area), else where it was said, else where it was, else to the area of
 * who enters it. Undefined: outside of the caller's scope, or (a helper, who has households only) nothing says it.
 */
export function placeRecord(
  ctx: Context,
  open: OpenTemplate,
  given: { places: ReadonlyMap<string, LinkedPlace>; said: string | undefined; before: RecordPlace | undefined },
): RecordPlace | undefined {
  const about = open.template.fields.find((field) => field.kind === open.template.about)
  const place = about === undefined ? undefined : given.places.get(about.key)
  const found: RecordPlace | undefined =
    place ?? (given.said === undefined ? (given.before ?? ownPlace(ctx.scope)) : { areaPath: given.said, householdId: null })
  if (found === undefined || !isInScope(ctx.scope, found)) return undefined
  return { areaPath: found.areaPath, householdId: found.householdId }
}

function ownPlace(scope: Scope): RecordPlace | undefined {
  if (scope.kind === 'area') return { areaPath: scope.path, householdId: null }
  return scope.kind === 'households' ? undefined : { areaPath: countyPath(scope.countyCode), householdId: null }
}

/** Whether a place lies in what the caller may reach. */
export function isInScope(scope: Scope, place: RecordPlace): boolean {
  if (scope.kind === 'area') return place.areaPath >= scope.lo && place.areaPath < scope.hi
  if (scope.kind === 'households') return place.householdId !== null && scope.householdIds.includes(place.householdId)
  return place.areaPath.startsWith(countyPath(scope.countyCode))
}
