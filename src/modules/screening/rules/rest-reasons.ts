import type { RestRule } from '../policy/rest-of-reasons.ts'

/** What a reason says, as far as its rest depends on it. */
export interface SaidReason {
  readonly value: string
  /** The number that the rule's limit is about; null in rules without one. */
  readonly measure: number | null
  /** Fields of the rows behind it. */
  readonly facts: readonly Readonly<Record<string, string>>[]
}

/**
 * Whether the facts of a reason have grown since a visit dismissed it: the number lies above the dismissed one by the policy's margin,
 * or a word of its value or a fact of its rows was not there then. What has not grown rests.
 */
export function hasGrown(now: SaidReason, dismissed: SaidReason, rule: RestRule): boolean {
  if (rule.least !== undefined) {
    const before = measureOf(dismissed)
    const margin = Math.max(rule.least, (rule.share ?? 0) * Math.abs(before))
    if (margin > 0 ? measureOf(now) - before >= margin : measureOf(now) > before) return true
  } else if (wordsOf(now.value).some((word) => !wordsOf(dismissed.value).includes(word))) return true
  const known = new Set(dismissed.facts.map((row) => textOf(row, rule.facts)))
  return rule.facts.length > 0 && now.facts.some((row) => !known.has(textOf(row, rule.facts)))
}

function measureOf({ measure, value }: SaidReason): number {
  // Reasons of runs before the number was kept apart begin with it.
  return measure ?? Number(/^-?\d+(\.\d+)?/.exec(value)?.[0] ?? Number.NaN)
}

function wordsOf(value: string): string[] {
  return value.split('；')
}

function textOf(row: Readonly<Record<string, string>>, facts: readonly string[]): string {
  const keys = facts.includes('*') ? Object.keys(row) : facts
  return [...keys]
    .sort()
    .map((key) => `${key}=${row[key] ?? ''}`)
    .join('\n')
}
