/** A responsible unit: an area (its township or village office) or an organisation of the county. */
export interface Unit {
  readonly kind: 'area' | 'organisation'
  /** Path of the area, or id of the organisation. */
  readonly id: string
  readonly name: string
  readonly level: UnitLevel
  /** Where it sits; of an area its own path. */
  readonly areaPath: string
}
export const unitLevels = ['county', 'township', 'village', 'department'] as const
export type UnitLevel = (typeof unitLevels)[number]

/** Who acts, as far as a problem asks. `path`: his area; empty for who has none. */
export interface ActorSeat {
  readonly callerId: string
  readonly path: string
  readonly isCounty: boolean
  readonly organisationId: string | undefined
  /** What his roles grant, of `rectification.problem`. */
  readonly may: { readonly assign: boolean; readonly act: boolean; readonly accept: boolean }
  /** An act of the program itself: what it may do, its use case says. */
  readonly isSystem: boolean
}

/** Whether somebody belongs to the unit; a township reports for its villages, because not every village has an account. */
export function isOfUnit(seat: ActorSeat, unit: Pick<Unit, 'kind' | 'id'>): boolean {
  if (unit.kind === 'organisation') return seat.organisationId === unit.id
  if (seat.path === '') return false
  return unit.id === seat.path || (!seat.isCounty && unit.id.startsWith(seat.path))
}

/** Whether somebody's office is above the unit: the county above all but itself, a township above its villages. */
export function isAbove(seat: ActorSeat, unit: Pick<Unit, 'kind' | 'id'>): boolean {
  if (seat.isCounty) return true
  return unit.kind === 'area' && seat.path !== '' && unit.id !== seat.path && unit.id.startsWith(seat.path)
}
