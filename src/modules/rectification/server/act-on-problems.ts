import { createHash } from 'node:crypto'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { problemClosed, problemReopened, type ProblemClosed } from '../contract.ts'
import { judgeProblem } from '../rules/judge-problem.ts'
import type { ActedOnProblems, ProblemFile } from '../rules/problem-records.ts'
import type { ActOnProblems, ActWords } from '../rules/problem-requests.ts'
import type { Unit } from '../rules/problem-seat.ts'
import type { ProblemAction } from '../rules/problem-states.ts'
import { inProblems, whileWriting } from './closed-kinds-store.ts'
import { rectificationErrors } from './errors.ts'
import { getUnit } from './find-unit.ts'
import { putOnLetters } from './issue-letters.ts'
import { followLetters, holdLetters, openLettersInstead, receiveLetters } from './letter-store.ts'
import { holdProblems, insertEvents, insertRecords, saveProblems } from './problem-store.ts'
import { translated } from './refused-by-database.ts'
import { seatOf } from './seat-store.ts'
import { dayOfDue } from './terms.ts'

type Within = Context & { readonly db: Db }
/** What the events say besides the act's own words. */
type Noted = Readonly<Record<string, unknown>>
interface Judged {
  readonly before: ProblemFile
  readonly after: ProblemFile
}

/**
 * Does one act to many problems: each is judged by itself, what is refused is named and stays as it was; the others are written together, with
 * their letters, evidence, events and one audit row. Throws `http.not-found` where the caller
 * may read none of them, `rectification.no-day`, `no-such-unit`.
 */
export async function actOnProblems(ctx: Context, given: ActOnProblems & { noted?: Noted }): Promise<ActedOnProblems> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { act, noted = {} } = given
    const unit = act.unit === undefined ? undefined : await getUnit(within, act.unit)
    const dueOn = act.due === undefined ? undefined : await dayOfDue(within, act.due)
    const { judged, refused } = await judgeAll(within, given, { unit, dueOn })
    const placed = await whileWriting(db, async () => {
      await holdLetters(db, ctx, {
        letterIds: lettersOf(judged),
        units: mayIssue.includes(act.action) ? judged.map(({ after }) => after) : [],
      })
      const put = await placeOnLetters(within, { judged, act, unit })
      await translated(() => write(within, { judged: put.judged, act, noted }))
      return put
    })
    await tell(within, { judged: placed.judged, act })
    const done = placed.judged.map(({ after }) => ({ problemId: after.problemId, state: after.state, revision: after.revision }))
    return { done, refused, letters: placed.letters }
  })
}

async function judgeAll(
  ctx: Within,
  { problems, act }: ActOnProblems,
  looked: { unit: Unit | undefined; dueOn: string | undefined },
): Promise<{ judged: Judged[]; refused: ActedOnProblems['refused'][number][] }> {
  const held = new Map(
    (
      await holdProblems(
        ctx.db,
        ctx,
        problems.map(({ problemId }) => problemId),
      )
    ).map((one) => [one.problemId, one]),
  )
  if (held.size === 0) throw httpErrors.notFound()
  const seat = seatOf(ctx)
  const judged: Judged[] = []
  const refused: ActedOnProblems['refused'][number][] = []
  const asked = new Map(problems.map((one) => [one.problemId, one.revision]))
  for (const [problemId, revision] of asked) {
    const before = held.get(problemId)
    const refuse = (code: string, details: Readonly<Record<string, unknown>> = {}) =>
      refused.push({ problemId, problemNo: before?.problemNo ?? '', code, details })
    if (before === undefined) refuse('http.not-found')
    else if (before.revision !== revision) refuse('rectification.problem-changed', { revision: before.revision })
    else {
      const verdict = judgeProblem(before, { act, ...looked, seat, today: ctx.today, now: ctx.now, callerName: ctx.caller.name })
      if (verdict.ok) judged.push({ before, after: verdict.after })
      else if (verdict.reason === 'self-acceptance') refuse('rectification.self-acceptance')
      else
        refuse('rectification.act-refused', {
          reason: verdict.reason,
          ...(verdict.missing === undefined ? {} : { missing: verdict.missing }),
        })
    }
  }
  return { judged, refused }
}

/** Acts after which another letter may be open than before. */
const mayIssue: readonly ProblemAction[] = ['assign', 'transfer', 'reopen']

/** What is assigned goes on a letter; what is opened again goes where its unit's open letter is. */
async function placeOnLetters(
  ctx: Within,
  given: { judged: Judged[]; act: ActWords; unit: Unit | undefined },
): Promise<{ judged: Judged[]; letters: ActedOnProblems['letters'] }> {
  const { judged, act, unit } = given
  if (act.action === 'assign' || act.action === 'transfer') {
    const issued = await putOnLetters(ctx, { problems: judged.map(({ after }) => after), unit, requirement: act.requirement ?? '' })
    const placed = judged.map(({ before, after }) => ({ before, after: { ...after, letterId: issued.letterOf(after.problemId) } }))
    return { judged: placed, letters: issued.letters }
  }
  if (act.action !== 'reopen') return { judged, letters: [] }
  const instead = await openLettersInstead(ctx.db, ctx, lettersOf(judged))
  const moved = judged.map(({ before, after }) => {
    const letterId = after.letterId === null ? null : (instead.get(after.letterId) ?? after.letterId)
    return { before, after: { ...after, letterId } }
  })
  return { judged: moved, letters: [] }
}

const lettersOf = (judged: readonly Judged[]): string[] => [
  ...new Set(judged.flatMap(({ before, after }) => [before.letterId, after.letterId]).filter((id) => id !== null)),
]

async function write(ctx: Within, { judged, act, noted }: { judged: readonly Judged[]; act: ActWords; noted: Noted }): Promise<void> {
  const { db } = ctx
  const text = act.evidence ?? ''
  if (act.action === 'complete' && text !== '')
    await insertRecords(
      db,
      ctx,
      judged.map(({ before }) => ({ problem: before, text })),
    )
  const details = { ...detailsOf(act), ...noted }
  await insertEvents(
    db,
    ctx,
    judged.map(({ before, after }) => ({
      problem: before,
      seq: after.revision,
      action: act.action,
      before: before.state,
      after: after.state,
      reason: act.reason ?? null,
      details: act.action === 'assign' || act.action === 'transfer' ? { ...details, unit: after.unitName, dueOn: after.dueOn } : details,
    })),
  )
  await saveProblems(
    db,
    ctx,
    judged.map(({ after }) => after),
  )
  if (act.action === 'accept' || act.action === 'plan' || act.action === 'decline') await receiveLetters(db, ctx, lettersOf(judged))
  await followLetters(db, ctx, lettersOf(judged))
}

function detailsOf({ action: _action, reason: _reason, unit: _unit, due: _due, ...said }: ActWords): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''))
}

/** One audit row for the batch; what was struck off or opened again is announced. */
async function tell(ctx: Within, { judged, act }: { judged: readonly Judged[]; act: ActWords }): Promise<void> {
  const [first] = judged
  if (first === undefined) return
  const ids = judged.map(({ after }) => `${after.problemId} ${String(after.revision)}`).sort()
  await audit(ctx.db, ctx, {
    did: `rectification.${act.action}`,
    objectKind: 'rectification.problem',
    objectId: first.after.problemId,
    details: { problems: judged.length, digest: createHash('sha256').update(ids.join('\n')).digest('hex'), into: first.after.state },
  })
  if (act.action === 'strike') for (const { after } of judged) await announce(ctx.db, ctx, problemClosed, movedOf(ctx, after))
  const reopened = judged.filter(({ before }) => act.action === 'reopen' && before.state === 'closed')
  for (const { after } of reopened) await announce(ctx.db, ctx, problemReopened, movedOf(ctx, after))
}

function movedOf(ctx: Context, problem: ProblemFile): ProblemClosed {
  const { problemId, problemNo, campaignId, sourceKind, householdId, areaPath, unitId, origin, originId } = problem
  return {
    problemId,
    problemNo,
    campaignId,
    sourceKind,
    class: problem.class,
    areaPath,
    on: ctx.today,
    ...(householdId === null ? {} : { householdId }),
    ...(unitId === null ? {} : { unitId }),
    ...(origin === null || originId === null ? {} : { origin, originId }),
  }
}

/** One act on one problem, for the parts of the module: what is refused is thrown. */
export async function actOnProblem(ctx: Context, given: { problemId: string; revision: number; act: ActWords }): Promise<void> {
  const { problemId, revision, act } = given
  const { refused } = await actOnProblems(ctx, { problems: [{ problemId, revision }], act })
  const [no] = refused
  if (no === undefined) return
  if (no.code === 'rectification.problem-changed') throw rectificationErrors.problemChanged(no.details)
  if (no.code === 'rectification.self-acceptance') throw rectificationErrors.selfAcceptance()
  throw rectificationErrors.actRefused(no.details)
}
