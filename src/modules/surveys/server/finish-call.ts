import { makeId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { concludeAnswers, readAnswers } from '../rules/answers.ts'
import type { Form } from '../rules/form.ts'
import type { Conclusion, FinishedCall, Way } from '../rules/survey-records.ts'
import type { CorrectAnswers, FinishCall, TakeUpAgain } from '../rules/survey-requests.ts'
import { nextCallMs, openStates, reopenStates, stateAfterCall, type CallOutcome, type CallTerms } from '../rules/target-states.ts'
import { insertCall, insertResponse, listResponses } from './answer-store.ts'
import { holdsCampaign } from './campaign-show.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { findForm } from './form-store.ts'
import { raiseProblems } from './raise-problems.ts'
import { sealAnswers } from './sealed-answers.ts'
import { findNextTarget, findTargetForUpdate, moveTarget, type Target } from './target-store.ts'

export interface SurveyDeps {
  readonly vault: Vault
}
interface Held {
  readonly campaign: Campaign
  readonly target: Target
}

/**
 * Ends a call or visit: what it came to, and the answers where there are any. Corrects the register, raises problems, says which household comes
 * next. Throws `surveys.not-found`, `not-yours`, `changed`, `not-open`, `wrong-state`, `answers-refused`.
 */
export async function finishCall(ctx: Context, deps: SurveyDeps, given: { targetId: string; input: FinishCall }): Promise<FinishedCall> {
  const { targetId, input } = given
  return inTransaction(ctx, async (db) => {
    const held = await holdTarget({ ...ctx, db }, targetId, input.revision)
    const { campaign, target } = held
    if (!openStates.includes(target.state)) throw surveysErrors.wrongState({ state: target.state })
    const done = await recordCall({ ...ctx, db }, deps, { ...held, ...input, way: input.way ?? campaign.way })
    const { campaignId } = campaign
    const next = await findNextTarget(db, ctx, { campaignId, callerId: ctx.caller.id, after: targetId, seq: target.seq })
    return { ...done, nextTargetId: next }
  })
}

/** Writes a call with what follows from it; the target is held and may be called. For calls, visits and imported answers alike. */
export async function recordCall(
  ctx: Context & { db: Db },
  deps: SurveyDeps,
  given: Held & {
    outcome: CallOutcome
    way: Way
    answers?: Readonly<Record<string, unknown>> | undefined
    nextAt?: string | undefined
    note?: string | undefined
  },
): Promise<Omit<FinishedCall, 'nextTargetId'>> {
  const { campaign, target, outcome, way, note = '' } = given
  const attempt = target.attempts + 1
  const terms = termsOf(campaign)
  const state = stateAfterCall(outcome, attempt, terms)
  const callId = makeId()
  const noteCell = note === '' ? null : deps.vault.encrypt(note, { table: 'surveys.call', column: 'note', rowId: callId })
  await insertCall(ctx.db, ctx, { target, callId, attempt, way, outcome, noteCell })
  const answered =
    given.answers === undefined
      ? undefined
      : await recordAnswers(ctx, deps, { ...given, answers: given.answers, version: 1, reason: undefined })
  const nextFrom = state === 'retry' ? (given.nextAt ?? instantOf(nextCallMs(Date.parse(ctx.now), terms))) : undefined
  const moved = {
    targetId: target.targetId,
    revision: target.revision,
    state,
    attempts: attempt,
    nextFrom,
    conclusion: answered?.conclusion,
  }
  if (!(await moveTarget(ctx.db, ctx, { ...moved, isAnswered: state === 'answered' }))) throw surveysErrors.changed()
  await audit(ctx.db, ctx, {
    did: 'surveys.call',
    objectKind: 'surveys.target',
    objectId: target.targetId,
    details: { campaignNo: campaign.campaignNo, attempt, outcome, way, problems: answered?.problems ?? 0 },
  })
  return {
    targetId: target.targetId,
    state,
    conclusion: answered?.conclusion,
    corrections: answered?.corrections ?? { applied: 0, proposed: 0, known: 0 },
    problems: answered?.problems ?? 0,
  }
}

/** Corrects the answers of a household: another version, what it said before stays. Throws as `finishCall`. */
export async function correctAnswers(
  ctx: Context,
  deps: SurveyDeps,
  given: { targetId: string; input: CorrectAnswers },
): Promise<FinishedCall> {
  const { targetId, input } = given
  return inTransaction(ctx, async (db) => {
    const held = await holdTarget({ ...ctx, db }, targetId, input.revision)
    const { target, campaign } = held
    if (target.state !== 'answered') throw surveysErrors.wrongState({ state: target.state })
    const [newest] = await listResponses(db, ctx, targetId)
    const version = (newest?.version ?? 0) + 1
    const done = await recordAnswers({ ...ctx, db }, deps, {
      ...held,
      answers: input.answers,
      way: newest?.way ?? 'phone',
      version,
      reason: input.reason,
    })
    const { attempts, revision } = target
    const moved = {
      targetId,
      revision,
      state: 'answered',
      attempts,
      nextFrom: undefined,
      conclusion: done.conclusion,
      isAnswered: true,
    } as const
    if (!(await moveTarget(db, ctx, moved))) throw surveysErrors.changed()
    await audit(db, ctx, {
      did: 'surveys.correct-answers',
      objectKind: 'surveys.target',
      objectId: targetId,
      reason: input.reason,
      details: { campaignNo: campaign.campaignNo, version },
    })
    return { targetId, state: 'answered', ...done, nextTargetId: undefined }
  })
}

/** Takes a household up again that ended without an answer: another number was found, or somebody goes there. Throws as `finishCall`. */
export async function takeUpAgain(ctx: Context, given: { targetId: string; input: TakeUpAgain }): Promise<{ state: 'retry' }> {
  const { targetId, input } = given
  return inTransaction(ctx, async (db) => {
    const { target } = await holdTarget({ ...ctx, db }, targetId, input.revision)
    if (!reopenStates.includes(target.state)) throw surveysErrors.wrongState({ state: target.state })
    const { attempts, revision } = target
    const moved = { targetId, revision, state: 'retry', attempts, nextFrom: undefined, conclusion: undefined, isAnswered: false } as const
    if (!(await moveTarget(db, ctx, moved))) throw surveysErrors.changed()
    await audit(db, ctx, { did: 'surveys.take-up', objectKind: 'surveys.target', objectId: targetId, reason: input.reason })
    return { state: 'retry' }
  })
}

async function recordAnswers(
  ctx: Context & { db: Db },
  deps: SurveyDeps,
  given: Held & { answers: Readonly<Record<string, unknown>>; way: Way; version: number; reason: string | undefined },
): Promise<{ conclusion: Conclusion } & Pick<FinishedCall, 'corrections' | 'problems'>> {
  const { campaign, target, way, version, reason } = given
  const form = await formOf(ctx, campaign)
  const read = readAnswers(form, given.answers)
  if (read.faults.length > 0) throw surveysErrors.answersRefused({ faults: read.faults })
  const responseId = makeId()
  const answers = sealAnswers(read.answers, { form, responseId, vault: deps.vault })
  await insertResponse(ctx.db, ctx, { target, responseId, version, answers, way, reason })
  const raised = await raiseProblems(ctx, { campaign, target, form, read, vault: deps.vault })
  const { applied, proposed } = raised.corrections
  return { conclusion: concludeAnswers(read, applied + proposed), ...raised }
}

/** The form with which a campaign was opened. */
export async function formOf(ctx: Context & { db: Db }, campaign: Campaign): Promise<Form> {
  const found = await findForm(ctx.db, ctx, campaign.formId)
  if (found === undefined) throw surveysErrors.unknownForm()
  return found.form
}

/** The target, held, when the caller may work on it and its campaign is open. */
async function holdTarget(ctx: Context & { db: Db }, targetId: string, revision: number): Promise<Held> {
  const target = await findTargetForUpdate(ctx.db, ctx, targetId)
  const campaign = target === undefined ? undefined : await findCampaign(ctx.db, ctx, target.campaignId)
  if (target === undefined || campaign === undefined) throw surveysErrors.notFound()
  refuseOthers(ctx, { campaign, target })
  if (campaign.state !== 'open') throw surveysErrors.notOpen({ state: campaign.state })
  if (target.revision !== revision) throw surveysErrors.changed()
  return { campaign, target }
}

/** A household is called by whom it was given to, or by who manages the campaign; to whom may not read the campaign it is not there. */
export function refuseOthers(ctx: Context, { campaign, target }: Held): void {
  if (isMine(ctx, { campaign, target })) return
  throw mayDo(ctx, 'surveys.campaign', 'read') ? surveysErrors.notYours() : surveysErrors.notFound()
}

/** Whether the caller may work on a target. */
export function isMine(ctx: Context, { campaign, target }: Held): boolean {
  return target.callerId === ctx.caller.id || (holdsCampaign(ctx, campaign) && mayDo(ctx, 'surveys.campaign', 'manage'))
}

function termsOf({ terms }: Campaign): CallTerms {
  const { mostAttempts, retryHours, fromHour, toHour } = terms
  if (mostAttempts === undefined || retryHours === undefined || fromHour === undefined || toHour === undefined)
    throw surveysErrors.termsIncomplete()
  return { mostAttempts, retryHours, fromHour, toHour }
}
