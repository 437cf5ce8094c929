import type { CaseStep } from './case-steps.ts'

/** What the register says of a household that the national system already monitors. Days `YYYY-MM-DD`; null is unknown. */
export interface MonitoredHousehold {
  readonly state: '未纳入' | '未消除' | '已消除' | null
  readonly kind: string | null
  readonly mainRisk: string | null
  readonly identifiedOn: string | null
  readonly eliminatedOn: string | null
  readonly monthsSinceElimination: number | null
  readonly noLabour: boolean
  /** Categories of measures that the export ticks. */
  readonly measures: readonly string[]
}

/** The case that stands for it here from now on. */
export interface TakenOver {
  readonly step: CaseStep
  readonly kind: string
  readonly risks: readonly string[]
  readonly identifiedOn: string
  readonly eliminatedOn: string | null
  readonly noLabour: boolean
  readonly measures: readonly string[]
}

/**
 * Objects identified before this program was used: those with a risk are tracked on, those whose risk was eliminated a short while ago are
 * followed up; a stable elimination needs no case. Undefined where there is nothing to take over or its day of identification is not known.
 */
export function judgeTakeOver(household: MonitoredHousehold, terms: { stableMonths: number }): TakenOver | undefined {
  const { state, kind, mainRisk, identifiedOn, noLabour, measures } = household
  if (kind === null || identifiedOn === null || (state !== '未消除' && state !== '已消除')) return undefined
  const isEliminated = state === '已消除' && household.eliminatedOn !== null && household.eliminatedOn >= identifiedOn
  if (state === '已消除' && (!isEliminated || (household.monthsSinceElimination ?? 0) >= terms.stableMonths)) return undefined
  const common = { kind, risks: mainRisk === null ? [] : [mainRisk], identifiedOn, noLabour, measures }
  return isEliminated
    ? { ...common, step: 'follow-up', eliminatedOn: household.eliminatedOn }
    : { ...common, step: 'tracking', eliminatedOn: null }
}
