import { makeId } from '#kernel/pure/ids/index.ts'
import { readDay, type DayCount } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import {
  beginClock,
  holdClock,
  openReasons,
  releaseClock,
  stopClock,
  type KeptClock,
  type RevisedCalendar,
} from '../../rules/clocks/clock-change.ts'
import type { ClockKind, PauseReason } from '../../rules/clocks/clock-kinds.ts'
import { holds, limitOf, partyOf, type ClockPolicy } from '../../rules/clocks/clock-policy.ts'
import { findCaseForUpdate } from '../case-store.ts'
import { findClocks, saveClocks } from './clock-store.ts'
import { clockTermsOf } from './clock-terms.ts'

/** A clock that a part of the procedure begins itself: the days that a notice must stand, the next visit. */
export interface StartClock {
  readonly caseId: string
  readonly kind: Extract<ClockKind, 'notice' | 'tracking'>
  readonly count: DayCount
  /** Day of the posting or of the visit; the first day counted is the next one. */
  readonly startedOn: string
}

interface Opened {
  readonly file: CaseFile
  readonly running: readonly KeptClock[]
  readonly calendar: RevisedCalendar
  readonly policy: ClockPolicy
}

/** Begins a clock at the case's step; one of the kind that runs there ends (`restarted`). Returns the new one's due day, null without a limit. */
export async function startClock(
  ctx: Context,
  given: StartClock,
): Promise<{ clockId: string; dueOn: string | null; unknownYear: number | null }> {
  return onClocks(ctx, given.caseId, ({ file, running, calendar, policy }) => {
    const startedOn = readDay(given.startedOn) ?? ctx.today
    const clock = beginClock(
      file,
      {
        clockId: makeId(),
        kind: given.kind,
        step: file.step,
        count: given.count,
        startedOn,
        limit: limitOf(policy, given.kind),
        party: partyOf(policy, given.kind, file.step),
      },
      calendar,
    )
    const before = running
      .filter(({ kind }) => kind === given.kind)
      .map((one) => stopClock(one, { on: later(one, startedOn), by: 'restarted' }, calendar))
    const { clockId, dueOn, unknownYear } = clock
    return { changed: [...before, clock], answer: { clockId, dueOn, unknownYear } }
  })
}

/** The next visit is due so many days after this one: a tracking clock begins anew with the days it had. Nothing where none runs. */
export async function noteVisit(ctx: Context, given: { caseId: string; visitedOn: string }): Promise<void> {
  await onClocks(ctx, given.caseId, ({ file, running, calendar }) => {
    const startedOn = readDay(given.visitedOn) ?? ctx.today
    const before = running.find(({ kind }) => kind === 'tracking')
    if (before === undefined || startedOn < before.startedOn) return { changed: [], answer: undefined }
    const { kind, step, limit, party, days, calendar: counts } = before
    const begun = { clockId: makeId(), kind, step, limit, party, count: { days, calendar: counts }, startedOn }
    return {
      changed: [stopClock(before, { on: startedOn, by: 'visited' }, calendar), beginClock(file, begun, calendar)],
      answer: undefined,
    }
  })
}

/** What clocks of a kind waited for is done (the first measure, a helper named, the notice's days): they end and do not begin again in this round. */
export async function finishClock(
  ctx: Context,
  given: { caseId: string; kind: Extract<ClockKind, 'notice' | 'measures' | 'helper'> },
): Promise<void> {
  await onClocks(ctx, given.caseId, ({ running, calendar }) => ({
    changed: running
      .filter(({ kind }) => kind === given.kind)
      .map((one) => stopClock(one, { on: later(one, ctx.today), by: 'done' }, calendar)),
    answer: undefined,
  }))
}

/** Holds the clocks of a case from today on for a reason, as policy says which; already held ones stay. */
export async function pauseClocks(ctx: Context, given: { caseId: string; reason: PauseReason }): Promise<void> {
  const { caseId, reason } = given
  await onClocks(ctx, caseId, ({ running, calendar, policy }) => ({
    changed: running
      .filter((clock) => holds(policy, clock.kind, reason) && !openReasons(clock).includes(reason))
      .map((clock) => holdClock(clock, { on: ctx.today, reason, pauseId: makeId() }, calendar)),
    answer: undefined,
  }))
}

/** Lets clocks go on that were held for a reason; today counts again. */
export async function resumeClocks(ctx: Context, given: { caseId: string; reason: PauseReason }): Promise<void> {
  const { caseId, reason } = given
  await onClocks(ctx, caseId, ({ running, calendar }) => ({
    changed: running
      .filter((clock) => openReasons(clock).includes(reason))
      .map((clock) => releaseClock(clock, { on: ctx.today, reason }, calendar)),
    answer: undefined,
  }))
}

/** A clock cannot end before it began. */
function later(clock: KeptClock, day: KeptClock['startedOn']): KeptClock['startedOn'] {
  return day < clock.startedOn ? clock.startedOn : day
}

async function onClocks<Answer>(
  ctx: Context,
  caseId: string,
  change: (opened: Opened) => { changed: KeptClock[]; answer: Answer },
): Promise<Answer> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findCaseForUpdate(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    const { policy } = await clockTermsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    const running = (await findClocks(db, ctx.scope, [caseId])).filter(({ state }) => state !== 'stopped')
    const { changed, answer } = change({ file, running, policy, calendar: await openCalendar(within) })
    await saveClocks(db, ctx, changed)
    return answer
  })
}
