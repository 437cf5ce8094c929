import type { DueStanding, ProblemFile } from './problem-records.ts'
import { isOpen } from './problem-states.ts'

/** How a problem stands to its last day at a moment (R13); `soonMs`: how near is soon. Closed before the first second after the day is in time. */
export function standingOf(
  problem: Pick<ProblemFile, 'state' | 'overdueAt' | 'closedAt'>,
  at: { readonly nowMs: number; readonly soonMs: number },
): DueStanding {
  if (problem.overdueAt === null || problem.state === 'withdrawn') return 'none'
  const end = Date.parse(problem.overdueAt)
  if (!isOpen(problem.state)) return problem.closedAt !== null && Date.parse(problem.closedAt) >= end ? 'late' : 'in-time'
  if (at.nowMs >= end) return 'overdue'
  return end - at.nowMs <= at.soonMs ? 'soon' : 'later'
}

/** Whole seconds since the first second after the last day; 0 where an open problem is not overdue. */
export function overdueSeconds(problem: Pick<ProblemFile, 'state' | 'overdueAt'>, nowMs: number): number {
  if (problem.overdueAt === null || !isOpen(problem.state)) return 0
  return Math.max(0, Math.floor((nowMs - Date.parse(problem.overdueAt)) / 1000))
}
