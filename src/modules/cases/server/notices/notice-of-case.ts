import { addDays, readDay } from '#kernel/pure/time/index.ts'
import type { CaseFile, MissingItem } from '../../rules/case-records.ts'
import { caseSteps, stepNames } from '../../rules/case-steps.ts'
import type { NoticeKind } from '../../rules/notices/notice-fields.ts'
import type { CaseFollower } from '../case-follower.ts'
import { strikeCase } from './notice-act.ts'
import { findNoticeOfRound, type NoticeOfRound } from './notice-store.ts'
import type { StepCheck } from '../step-check.ts'

/** A notice without a running clock has no last day: released, not posted. */
const blocking = (code: string, details: MissingItem['details'] = {}): MissingItem => ({ code, blocks: true, details })

/** Passing the step of a notice needs a posted one of this round, its days over, its photo, and no open objection. */
export const missingNotice: StepCheck = async (ctx, { file, action }) => {
  const kind = kindOfStep(file)
  if (action !== 'pass' || kind === undefined) return []
  const notice = await findNoticeOfRound(ctx.db, ctx.scope, { caseId: file.caseId, round: file.round, kind })
  return notice === undefined ? [blocking('notice-none')] : missingOf(notice, ctx.today)
}

function kindOfStep({ step }: CaseFile): NoticeKind | undefined {
  return step === 'notice' ? 'identification' : step === 'exit-notice' ? 'elimination' : undefined
}

function missingOf(notice: NoticeOfRound, today: string): MissingItem[] {
  const { noticeNo, state, endsOn, daysLeft, photos, objection } = notice
  if (state === 'draft') return [blocking('notice-draft', { noticeNo })]
  if (state === 'submitted') return [blocking('notice-release', { noticeNo })]
  if (state === 'released') return [blocking('notice-post', { noticeNo })]
  const last = readDay(endsOn ?? '')
  return [
    ...(state === 'paused' ? [blocking('notice-paused', { noticeNo, daysLeft: daysLeft ?? 0 })] : []),
    ...(last !== undefined && today <= last ? [blocking('notice-days', { noticeNo, endsOn: last, overOn: addDays(last, 1) })] : []),
    ...(photos === 0 ? [blocking('notice-photo', { noticeNo })] : []),
    ...(objection === null ? [] : [blocking('notice-objection', { objectionNo: objection.objectionNo, dueOn: objection.dueOn })]),
  ]
}

const lastStep = { identification: 'notice', elimination: 'exit-notice' } as const

/** A case that goes back behind its notice, or ends at it, is taken off it: what comes again is published again. */
export const followNotices: CaseFollower = async (ctx, { before, after, event }) => {
  if (before === undefined || event.action === 'pass' || after.step === before.step) return
  for (const kind of ['identification', 'elimination'] as const) {
    if (!goesBehind(kind, before, after)) continue
    const found = await findNoticeOfRound(ctx.db, ctx.scope, { caseId: after.caseId, round: before.round, kind })
    if (found !== undefined) await strikeCase(ctx, { noticeId: found.noticeId, caseId: after.caseId, why: 'moved-back' })
  }
}

function goesBehind(kind: NoticeKind, before: CaseFile, after: CaseFile): boolean {
  const at = (step: CaseFile['step']) => stepNames.indexOf(step)
  if (caseSteps[before.step].procedure !== kind && !(kind === 'elimination' && after.step === 'exit-visit')) return false
  // A case is put on a notice at its step, and taken off when it leaves it backwards: before the step it is on none.
  if (caseSteps[before.step].procedure === kind && at(before.step) < at(lastStep[kind])) return false
  return after.step === 'ended' ? before.step === lastStep[kind] : at(after.step) <= at(lastStep[kind])
}
