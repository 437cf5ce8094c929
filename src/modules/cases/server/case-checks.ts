import { fullMonthsBetween, readDay } from '#kernel/pure/time/index.ts'
import type { MissingItem } from '../rules/case-records.ts'
import { listMeasures, listVisits } from './case-parts-store.ts'
import type { StepCheck } from './step-check.ts'

const blocking = (code: string, details: MissingItem['details'] = {}): MissingItem => ({ code, blocks: true, details })

/** What the steps ask of the case itself: visits by enough people, a measure, months since the elimination. */
export const missingOfCase: StepCheck = async (ctx, { file, action, all }) => {
  const { step, caseId, round } = file
  if (action === 'settle') return stableSince(ctx.today, { since: file.eliminatedOn, months: all.stableMonths })
  if (action !== 'pass') return []
  if (step === 'visit' || step === 'exit-visit') {
    const visits = (await listVisits(ctx.db, ctx.scope, caseId)).filter((visit) => visit.round === round && visit.step === step)
    if (visits.length === 0) return [blocking('visit.none')]
    const most = Math.max(...visits.map((visit) => new Set(visit.visitors).size))
    return most >= all.visitors ? [] : [blocking('visit.visitors', { needed: all.visitors, found: most })]
  }
  if (step !== 'measures') return []
  const measures = (await listMeasures(ctx.db, ctx.scope, caseId)).filter((measure) => measure.round === round)
  return measures.length === 0 ? [blocking('measure.none')] : []
}

function stableSince(today: string, given: { since: string | null; months: number }): MissingItem[] {
  const [since, now] = [readDay(given.since ?? ''), readDay(today)]
  if (since === undefined || now === undefined) return [blocking('settle.not-eliminated')]
  const found = fullMonthsBetween(since, now)
  return found >= given.months ? [] : [blocking('settle.months', { needed: given.months, found })]
}
