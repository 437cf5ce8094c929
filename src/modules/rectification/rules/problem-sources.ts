/**
 * Where a problem comes from; each has exactly one (R14). The first three are those of a phone survey (M-112): corrections + policy +
 * satisfaction = all.
 */
export const sourceKinds = [
  'correction',
  'policy',
  'satisfaction',
  'inspection',
  'unannounced',
  'patrol',
  'look-back',
  'cross-check',
  'self-check',
  'audit',
  'petition',
  'discipline',
  'data',
  'other',
] as const
export type SourceKind = (typeof sourceKinds)[number]

/** Sources that are closed to who may not read them (M-124, A37). The database computes the same. */
export const closedKinds = ['petition', 'discipline'] as const satisfies readonly SourceKind[]

/** Whether problems of a source are closed by default. */
export function isClosedKind(kind: SourceKind): boolean {
  return kind === 'petition' || kind === 'discipline'
}
