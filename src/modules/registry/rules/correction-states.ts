import type { CorrectionState } from '../contract.ts'

/** How a correction goes (M-008): found → confirmed → applied, or rejected. Whoever decides may confirm and apply at once. */
export const nextCorrectionStates = {
  found: ['confirmed', 'applied', 'rejected'],
  confirmed: ['applied', 'rejected'],
  applied: [],
  rejected: [],
} as const satisfies Record<CorrectionState, readonly CorrectionState[]>

/** The state that a decision leads to. */
export const stateAfter = { confirm: 'confirmed', apply: 'applied', reject: 'rejected' } as const

/** Whether a correction may go from one state to another. */
export function mayMove(from: CorrectionState, to: CorrectionState): boolean {
  const next: readonly CorrectionState[] = nextCorrectionStates[from]
  return next.includes(to)
}
