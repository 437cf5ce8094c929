import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { caseSteps, stepNames } from '../../rules/case-steps.ts'
import type { CaseFile, MissingItem } from '../../rules/case-records.ts'
import type { Meeting, MeetingKind, MeetingOfCase } from '../../rules/meetings/meeting-records.ts'
import { findCase } from '../case-store.ts'
import { readMeeting } from './meeting-read.ts'
import { findCountsSince, listMeetingsOfCase } from './meeting-store.ts'
import type { StepCheck } from '../step-check.ts'

/** The latest closed meeting of a case in a round, of whichever kind; undefined where there is none in the caller's scope. */
export async function meetingOfCase(ctx: Context, caseId: string, round: number): Promise<MeetingOfCase | undefined> {
  return inTransaction(ctx, async (db) => {
    const found = await listMeetingsOfCase(db, ctx.scope, { caseId, round })
    return found.find((meeting) => meeting.state === 'closed')
  })
}

/** Everything that the minutes and the signed sheet of a meeting print. Throws `cases.meeting-not-found`. */
export async function minutesData(ctx: Context, meetingId: string): Promise<Meeting> {
  return readMeeting(ctx, meetingId)
}

/** All meetings of a case in a round, the latest first; for its page. */
export async function readMeetingsOfCase(ctx: Context, given: { caseId: string; round: number }): Promise<{ items: MeetingOfCase[] }> {
  return inTransaction(ctx, async (db) => {
    if ((await findCase(db, ctx.scope, given.caseId)) === undefined) throw httpErrors.notFound()
    return { items: await listMeetingsOfCase(db, ctx.scope, given) }
  })
}

/** Which steps may lie behind a meeting of a kind: a return to one of them asks for a new meeting. */
function stepsUpTo(kind: MeetingKind): string[] {
  const { procedure } = caseSteps[kind]
  return stepNames.slice(0, stepNames.indexOf(kind) + 1).filter((step) => caseSteps[step].procedure === procedure)
}

const blocking = (code: string, details: MissingItem['details'] = {}): MissingItem => ({ code, blocks: true, details })

/**
 * What the appraisal still misses before it is passed: a closed meeting since the case came here, with quorum, a positive conclusion for this
 * household, minutes, and the photo of the signed sheet. After a refusal only reject or return is left (policy.md §2.6, §2.8).
 */
export const missingMeeting: StepCheck = async (ctx, { file, action }) => {
  const { step } = file
  if (action !== 'pass' || (step !== 'appraisal' && step !== 'exit-appraisal')) return []
  const meeting = await latestOf(ctx, { file, kind: step })
  if (meeting === undefined) return [blocking('meeting-none')]
  const { heldOn } = meeting
  if (meeting.state !== 'closed') return [blocking('meeting-open', { heldOn })]
  if (meeting.conclusion === 'no-quorum')
    return [blocking('meeting-quorum', { heldOn, entitled: meeting.entitled ?? 0, present: meeting.present ?? 0 })]
  if (meeting.conclusion !== 'agreed') {
    const votes = meeting.votes ?? { for: 0, against: 0, abstain: 0 }
    return [blocking(step === 'appraisal' ? 'meeting-refused' : 'meeting-exit-refused', { heldOn, ...votes })]
  }
  return [
    ...(meeting.hasMinutes ? [] : [blocking('meeting-minutes')]),
    ...(meeting.sheetAttachmentId === null ? [blocking('meeting-sheet', { heldOn })] : []),
  ]
}

/** The closed meeting that was called last since the case came to the step, else one that is still open. */
async function latestOf(
  ctx: Context & { readonly db: Db },
  { file, kind }: { file: CaseFile; kind: MeetingKind },
): Promise<MeetingOfCase | undefined> {
  const { caseId, round } = file
  const since = await findCountsSince(ctx.db, ctx.scope, { caseId, round, steps: stepsUpTo(kind) })
  const found = await listMeetingsOfCase(ctx.db, ctx.scope, { caseId, round, kind, since })
  return found.find((meeting) => meeting.state === 'closed') ?? found[0]
}
