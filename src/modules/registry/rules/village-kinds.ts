import type { VillageKind } from '../contract.ts'

/** A village is exactly one of these at a time; key-support and demonstration come on top (M-007). */
const oneOf: readonly VillageKind[] = ['poor', 'exited', 'ordinary', 'ordinary-many-poor']

/** The kinds that end when a village becomes of this kind. */
export function endedBy(kind: VillageKind): VillageKind[] {
  return oneOf.includes(kind) ? oneOf.filter((other) => other !== kind) : []
}
