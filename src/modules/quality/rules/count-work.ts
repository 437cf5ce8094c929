import { Severity } from '../contract.ts'
import type { WorkCount } from './worklist-records.ts'

/** Findings of one place, rule and severity. */
export interface CountedWork {
  readonly severity: Severity
  readonly open: number
  readonly sent: number
  readonly overdue: number
  readonly answered: number
}

/** Adds up counts; `total` is open and sent together, overdue and answered are among the sent (and the answered also among the open). */
export function sumWork(counts: readonly CountedWork[]): WorkCount {
  const bySeverity: Record<Severity, number> = { error: 0, high: 0, warning: 0, info: 0 }
  const sum = { open: 0, sent: 0, overdue: 0, answered: 0 }
  for (const count of counts) {
    bySeverity[count.severity] += count.open + count.sent
    sum.open += count.open
    sum.sent += count.sent
    sum.overdue += count.overdue
    sum.answered += count.answered
  }
  return { bySeverity, ...sum, total: sum.open + sum.sent }
}

/** Puts counts together by a key, in the order in which the keys are first met. */
export function groupWork<Count extends CountedWork>(counts: readonly Count[], keyOf: (count: Count) => string): Map<string, Count[]> {
  const groups = new Map<string, Count[]>()
  for (const count of counts) {
    const group = groups.get(keyOf(count))
    if (group === undefined) groups.set(keyOf(count), [count])
    else group.push(count)
  }
  return groups
}

/** The severities, the gravest first. */
export const severities: readonly Severity[] = Severity.options
