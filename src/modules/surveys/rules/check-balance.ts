import type { CampaignProgress, ProgressCounts } from './survey-records.ts'

const parts = ['targets', 'persons', 'waiting', 'retry', 'answered', 'without', 'ended', 'recorded', 'calls', 'problems'] as const

/**
 * Which sums of a campaign do not agree (R14, R24): states add up to the households, areas and callers to the whole, sources to the problems,
 * answers to the answered. Empty when all agree.
 */
export function checkBalance(progress: Omit<CampaignProgress, 'imbalance'>, responses: number): string[] {
  const { sum, areas, callers, problems } = progress
  const wrong: string[] = []
  if (sum.waiting + sum.retry + sum.answered + sum.without + sum.ended !== sum.targets) wrong.push('states')
  const states = Object.values(progress.states).reduce((total, count) => total + (count ?? 0), 0)
  if (states !== sum.targets) wrong.push('states')
  if (!agrees(areas, sum)) wrong.push('areas')
  if (!agrees(callers, sum)) wrong.push('callers')
  const { correction, policy, satisfaction, other } = problems.bySource
  if (correction + policy + satisfaction + other !== problems.total || problems.total !== sum.problems) wrong.push('sources')
  if (problems.corrections.applied + problems.corrections.proposed !== correction) wrong.push('corrections')
  if (responses !== sum.answered) wrong.push('answers')
  return [...new Set(wrong)]
}

function agrees(rows: readonly ProgressCounts[], sum: ProgressCounts): boolean {
  return parts.every((part) => rows.reduce((total, row) => total + row[part], 0) === sum[part])
}
