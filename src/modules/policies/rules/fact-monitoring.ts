import { fullMonthsBetween, type Day } from '#kernel/pure/time/index.ts'
import { daysOfText, firstMonthOfCell, lastDayOfCell, readWord, readYes, type Cells, type FactDay, type HouseholdFact } from './fact.ts'

/** A stay in monitoring. `eliminatedOn` null: not eliminated. */
export interface MonitoringSpell {
  readonly identifiedOn: Day | null
  readonly eliminatedOn: Day | null
}

/** What monitoring says of a household on a day. */
export type Standing =
  | { readonly state: '未纳入' }
  | { readonly state: '未消除' }
  /** `since` null: eliminated, but nobody wrote when. */
  | { readonly state: '已消除'; readonly since: Day | null }

/**
 * Full months since the risk was eliminated, last-day clamp (R01): 2023-08-31 → 2024-02-29 is six. A relapse restarts the clock: of several stays
 * the newest that had begun on the day counts. Null: not eliminated on the day. Source: mechanisms.md R01.
 */
export function monthsSinceElimination(spells: readonly MonitoringSpell[], asOf: Day): number | null {
  const begun = spells.filter(({ identifiedOn }) => identifiedOn === null || identifiedOn <= asOf)
  const latest = [...begun].sort((one, other) => ((one.identifiedOn ?? '') < (other.identifiedOn ?? '') ? -1 : 1)).at(-1)
  if (latest?.eliminatedOn === undefined || latest.eliminatedOn === null || latest.eliminatedOn > asOf) return null
  return Math.max(0, fullMonthsBetween(latest.eliminatedOn, asOf))
}

export const monitoringKinds = ['脱贫不稳定户', '边缘易致贫户', '突发严重困难户'] as const
const needs = {
  household: ['monitorCategory', 'eliminated', 'eliminatedSecond', 'eliminatedMonth', 'identifiedMonth', 'identifiedMonthSecond'],
} as const

/**
 * Where a household stands in monitoring on a day. A month without a day: taken in from its first day, eliminated (as a state) from its first day,
 * but the months since then count from its last day, so that nobody moves to the stable layer too early.
 */
export function standingOf(row: Cells, on: FactDay): Standing | null {
  if (row.cell('monitorCategory') === null) return { state: '未纳入' }
  const identified = firstMonthOfCell(row.cell('identifiedMonth') ?? row.cell('identifiedMonthSecond'))
  if (identified !== null && identified > on.month) return { state: '未纳入' }
  const eliminated = readYes(row.cell('eliminated') ?? row.cell('eliminatedSecond'))
  const month = firstMonthOfCell(row.cell('eliminatedMonth'))
  if (eliminated === false) return { state: '未消除' }
  // Taken in again after that month: when this stay ended is not known, and the clock of the earlier one may not go on.
  if (month !== null && identified !== null && identified > month) return eliminated === true ? { state: '已消除', since: null } : null
  if (month !== null) return month > on.month ? { state: '未消除' } : { state: '已消除', since: lastDayOfCell(row.cell('eliminatedMonth')) }
  return eliminated === true ? { state: '已消除', since: null } : null
}

function eliminatedOn(row: Cells, on: FactDay): Day | null {
  const standing = standingOf(row, on)
  return standing?.state === '已消除' ? standing.since : null
}

function categoryOf(row: Cells, on: FactDay): string | null {
  const identified = firstMonthOfCell(row.cell('identifiedMonth') ?? row.cell('identifiedMonthSecond'))
  const kind = row.cell('monitorCategory')
  if (kind === null || (identified !== null && identified > on.month)) return '无'
  return readWord(kind, monitoringKinds)
}

const daysOrNull = (day: Day | null) => (day === null ? null : daysOfText(day))

/** Facts of monitoring by name. */
export const monitoringFacts: Readonly<Record<string, HouseholdFact>> = {
  监测对象类别: { needs, value: categoryOf },
  监测状态: { needs, value: (row, on) => standingOf(row, on)?.state ?? null },
  是监测对象: {
    needs,
    value: (row, on) => {
      const standing = standingOf(row, on)
      // Whether the risk is eliminated may be unknown of a household that certainly was taken in.
      return standing === null ? true : standing.state !== '未纳入'
    },
  },
  在监测信息表: { needs: { household: ['inMonitoring'] }, value: (row) => readYes(row.cell('inMonitoring')) },
  识别日: {
    needs,
    value: (row, on) => {
      if (categoryOf(row, on) === '无') return null
      return daysOrNull(lastDayOfCell(row.cell('identifiedMonth') ?? row.cell('identifiedMonthSecond')))
    },
  },
  风险消除日: { needs, value: (row, on) => daysOrNull(eliminatedOn(row, on)) },
  风险消除满月数: {
    needs,
    value: (row, on) => {
      const since = eliminatedOn(row, on)
      return since === null ? null : Math.max(0, fullMonthsBetween(since, on.day))
    },
  },
  识别满月数: {
    needs,
    value: (row, on) => {
      if (categoryOf(row, on) === '无') return null
      const since = lastDayOfCell(row.cell('identifiedMonth') ?? row.cell('identifiedMonthSecond'))
      return since === null ? null : Math.max(0, fullMonthsBetween(since, on.day))
    },
  },
  风险消除方式: {
    needs: { household: [...needs.household, 'eliminationMode'] },
    value: (row, on) => (standingOf(row, on)?.state === '已消除' ? readWord(row.cell('eliminationMode'), ['帮扶消除', '自然消除']) : null),
  },
}
