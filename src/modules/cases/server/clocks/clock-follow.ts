import { makeId } from '#kernel/pure/ids/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import {
  beginClock,
  holdClock,
  openReasons,
  releaseClock,
  reopenClock,
  stopClock,
  type KeptClock,
  type RevisedCalendar,
} from '../../rules/clocks/clock-change.ts'
import { planClocks, wantedClocks, type ClockPlan } from '../../rules/clocks/clock-plan.ts'
import { holds, limitOf, partyOf } from '../../rules/clocks/clock-policy.ts'
import type { CaseFollower, CaseOpener } from '../case-follower.ts'
import { clocksStatement, findClocks, saveClocks, takeUnclocked } from './clock-store.ts'
import { clockTermsOf, type ClockTerms } from './clock-terms.ts'

/** Clocks follow a move in its transaction: of the step, of the whole, of what was asked for, of help; held as the state of the case says. */
export const followClocks: CaseFollower = async (ctx, { before, after, event }) => {
  if (before === undefined) return // they were written with the case
  const { terms, policy } = await clockTermsOf(ctx, { areaPath: after.areaPath, asOf: ctx.today })
  const calendar = await openCalendar(ctx)
  const all = await findClocks(ctx.db, ctx.scope, [after.caseId])
  const ofRound = all.filter(({ round }) => round === after.round)
  const running = all.filter(({ state }) => state !== 'stopped')
  const plan = planClocks(after, {
    terms,
    policy,
    held: running.map((clock) => ({ ...clock, held: openReasons(clock) })),
    action: event.action,
    done: ofRound.filter(({ stoppedBy }) => stoppedBy === 'done').map(({ kind }) => kind),
  })
  const around = { on: ctx.today, calendar, by: event.action }
  const changed = changeClocks(running, { plan, file: after, ...around })
  const begun = plan.start.map(({ reopens, ...wanted }) => {
    const before = reopens ? ofRound.filter(({ kind }) => kind === wanted.kind).pop() : undefined
    if (before !== undefined) return reopenClock({ ...before, heldBy: after.heldBy }, calendar)
    const [limit, party] = [limitOf(policy, wanted.kind), partyOf(policy, wanted.kind, wanted.step)]
    return beginClock(after, { ...wanted, clockId: makeId(), limit, party, startedOn: ctx.today }, calendar)
  })
  await saveClocks(ctx.db, ctx, [...changed, ...begun])
}

/** The clocks with which a case begins. */
export const firstClocks: CaseOpener = async (ctx, file) => {
  const { terms, policy } = await clockTermsOf(ctx, { areaPath: file.areaPath, asOf: ctx.today })
  const calendar = await openCalendar(ctx)
  const { start } = planClocks(file, { terms, policy, held: [], done: [], action: 'open' })
  const clocks = start.map(({ kind, step, count }) => {
    const [limit, party] = [limitOf(policy, kind), partyOf(policy, kind, step)]
    return beginClock(file, { clockId: makeId(), kind, step, count, limit, party, startedOn: ctx.today }, calendar)
  })
  return clocksStatement(ctx, clocks)
}

/**
 * Clocks of open cases that have none, some at a time: they begin with the step, those of cases taken over from the register today. Returns how
 * many cases were looked at, 0 when none is left.
 */
export async function coverCases(ctx: Context & { readonly db: Db }, atOnce: number): Promise<number> {
  const { files, seen } = await takeUnclocked(ctx.db, ctx, atOnce)
  const calendar = await openCalendar(ctx)
  const read = new Map<string, ClockTerms>()
  const begun: KeptClock[] = []
  for (const file of files) {
    const township = seatPath(file.areaPath, 'township')
    const { terms, policy } = read.get(township) ?? (await clockTermsOf(ctx, { areaPath: township, asOf: ctx.today }))
    read.set(township, { terms, policy })
    const since = file.source === 'register' ? ctx.today : (readDay(file.stepSince) ?? ctx.today)
    const openedOn = readDay(file.openedOn) ?? since
    for (const wanted of wantedClocks(file, terms)) {
      const [limit, party] = [limitOf(policy, wanted.kind), partyOf(policy, wanted.kind, wanted.step)]
      const startedOn = wanted.kind === 'total' && file.round === 1 ? openedOn : since
      const clock = beginClock(file, { ...wanted, clockId: makeId(), limit, party, startedOn }, calendar)
      const isHeld = file.state === 'paused' || file.state === 'supplement'
      begun.push(
        isHeld && holds(policy, wanted.kind, file.state)
          ? holdClock(clock, { on: ctx.today, reason: file.state, pauseId: makeId() }, calendar)
          : clock,
      )
    }
  }
  await saveClocks(ctx.db, ctx, begun)
  return seen
}

interface Changing {
  readonly plan: ClockPlan
  readonly file: CaseFile
  readonly on: KeptClock['startedOn']
  readonly by: string
  readonly calendar: RevisedCalendar
}

/** What changes of the clocks that have not stopped; those that stay as they are are left out. */
function changeClocks(running: readonly KeptClock[], { plan, file, on, by, calendar }: Changing): KeptClock[] {
  return running.flatMap((clock) => {
    if (plan.stop.includes(clock.clockId)) return [stopClock(clock, { on, by }, calendar)]
    let next: KeptClock = clock.heldBy === file.heldBy ? clock : { ...clock, heldBy: file.heldBy }
    for (const { clockId, reason } of plan.resume) if (clockId === clock.clockId) next = releaseClock(next, { on, reason }, calendar)
    for (const { clockId, reason } of plan.pause)
      if (clockId === clock.clockId) next = holdClock(next, { on, reason, pauseId: makeId() }, calendar)
    return next === clock ? [] : [next]
  })
}
