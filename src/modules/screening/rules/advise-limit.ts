import { wilson, type Share } from './wilson.ts'

/** A reason that was raised: its number, where and when, and what the visit found; null while nobody has answered. */
export interface RaisedCase {
  readonly value: number
  readonly month: string
  readonly householdId: string
  readonly village: string
  readonly isRight: boolean | null
}

/** What a limit would have meant for the reasons that were raised. */
export interface LimitOutlook {
  readonly limit: number
  /** Verified reasons that would have stayed, and those of them that were real. */
  readonly answered: number
  readonly right: number
  readonly precision: Share | null
  /** Share of all real ones that would still have been found. */
  readonly recall: number | null
  /** Households to visit a month. */
  readonly visits: number
  /** Of them in a village, on average over villages with any, and in the village with the most. */
  readonly visitsPerVillage: number
  readonly mostInVillage: number
}

export interface LimitAdvice {
  readonly outlooks: LimitOutlook[]
  readonly recommended: number | null
  readonly why: 'too-few-answers' | 'stay' | 'raise'
}

interface AdviceInput {
  readonly cases: readonly RaisedCase[]
  readonly current: number
  readonly compare: 'at-least' | 'more-than'
  readonly step: number
  readonly leastAnswers: number
  readonly leastRight: number
  readonly recallAtLeast: number
}

const mostOutlooks = 9

/**
 * What each limit from the current one upwards would have given, and the one to recommend: of those that keep `recallAtLeast` of the real
 * reasons the one with the best precision, the highest among equals. Below the current limit nothing was raised, so nothing is known.
 */
export function adviseLimit(input: AdviceInput): LimitAdvice {
  const outlooks = limitsToTry(input).map((limit) => lookOut(input, limit))
  const [now] = outlooks
  if (now === undefined || now.answered < input.leastAnswers || now.right < input.leastRight)
    return { outlooks, recommended: null, why: 'too-few-answers' }
  let best = now
  for (const one of outlooks) {
    const isKept = (one.recall ?? 0) >= input.recallAtLeast
    if (isKept && (one.precision?.value ?? 0) >= (best.precision?.value ?? 0)) best = one
  }
  const isBetter = (best.precision?.value ?? 0) > (now.precision?.value ?? 0)
  return isBetter ? { outlooks, recommended: best.limit, why: 'raise' } : { outlooks, recommended: null, why: 'stay' }
}

/** The current limit and rounded ones between the values that were raised. */
function limitsToTry({ cases, current, step }: AdviceInput): number[] {
  const values = cases
    .filter((one) => one.isRight !== null)
    .map((one) => Math.floor(one.value / step) * step)
    .filter((value) => value > current)
  const distinct = [...new Set(values)].sort((one, other) => one - other)
  if (distinct.length < mostOutlooks) return [current, ...distinct]
  // Evenly among the values, so that there are more limits where there are more reasons.
  const sorted = [...values].sort((one, other) => one - other)
  const chosen = Array.from(
    { length: mostOutlooks - 1 },
    (_, at) => sorted[Math.floor((at * sorted.length) / (mostOutlooks - 1))] ?? current,
  )
  return [current, ...new Set(chosen)]
}

function lookOut({ cases, compare }: AdviceInput, limit: number): LimitOutlook {
  const isKept = (one: RaisedCase) => (compare === 'at-least' ? one.value >= limit : one.value > limit)
  const kept = cases.filter(isKept)
  const answered = kept.filter((one) => one.isRight !== null)
  const right = answered.filter((one) => one.isRight === true).length
  const allRight = cases.filter((one) => one.isRight === true).length
  const months = Math.max(1, new Set(cases.map((one) => one.month)).size)
  const visits = countPer(kept, (one) => one.month)
  const inVillages = countPer(kept, (one) => `${one.month} ${one.village}`)
  const all = sum(visits)
  return {
    limit,
    answered: answered.length,
    right,
    precision: wilson(right, answered.length),
    recall: allRight === 0 ? null : right / allRight,
    visits: all / months,
    visitsPerVillage: inVillages.length === 0 ? 0 : all / months / new Set(kept.map((one) => one.village)).size,
    mostInVillage: Math.max(0, ...inVillages),
  }
}

/** Households in each group. */
function countPer(cases: readonly RaisedCase[], groupOf: (one: RaisedCase) => string): number[] {
  const groups = new Map<string, Set<string>>()
  for (const one of cases) groups.set(groupOf(one), (groups.get(groupOf(one)) ?? new Set()).add(one.householdId))
  return [...groups.values()].map((households) => households.size)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
