import { addDays, type Day } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { isTheirs } from '../rules/judge-problem.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import { targetOf } from '../rules/problem-moves.ts'
import type { AskTime, DecideTime } from '../rules/problem-requests.ts'
import { inProblems } from './closed-kinds-store.ts'
import { rectificationErrors } from './errors.ts'
import { decideExtension, holdExtension, insertExtension } from './extension-store.ts'
import { holdProblems, insertEvents, saveProblems } from './problem-store.ts'
import { translated } from './refused-by-database.ts'
import { seatOf } from './seat-store.ts'
import { termsFor } from './terms.ts'

type Within = Context & { readonly db: Db }

async function hold(ctx: Within, problemId: string): Promise<ProblemFile> {
  const [problem] = await holdProblems(ctx.db, ctx, [problemId])
  if (problem === undefined) throw httpErrors.notFound()
  return problem
}

/** The unit asks for a later last day, with a reason; another person decides. Throws `rectification.time-refused`, `problem-changed`. */
export async function askTime(ctx: Context, given: AskTime & { problemId: string }): Promise<{ extensionId: string }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const problem = await hold(within, given.problemId)
    if (problem.revision !== given.revision) throw rectificationErrors.problemChanged({ revision: problem.revision })
    if (targetOf(problem.state, 'extend') === undefined) throw rectificationErrors.timeRefused({ reason: 'state' })
    // Who may report for the unit may ask; `recall` stands for it in every state.
    if (!isTheirs(problem, 'recall', seatOf(ctx))) throw rectificationErrors.actRefused({ reason: 'not-yours' })
    const { mostExtensionDays } = await termsFor(within, problem.areaPath)
    const dueOn = problem.dueOn ?? ''
    if (given.until <= dueOn || given.until < ctx.today) throw rectificationErrors.timeRefused({ reason: 'not-later' })
    // Safe: a day of the database.
    const latest = addDays((dueOn > ctx.today ? dueOn : ctx.today) as Day, mostExtensionDays)
    if (given.until > latest) throw rectificationErrors.timeRefused({ reason: 'too-far', days: mostExtensionDays, latest })
    const { until, reason } = given
    const extensionId = await translated(() => insertExtension(db, ctx, { problem, until, reason }))
    const details = { problemId: problem.problemId, until }
    await audit(db, ctx, { did: 'rectification.ask-time', objectKind: 'rectification.extension', objectId: extensionId, details })
    return { extensionId }
  })
}

/** The office grants or refuses more time; nobody his own request. Throws `rectification.time-decided`, `self-acceptance`. */
export async function decideTime(ctx: Context, given: DecideTime & { extensionId: string }): Promise<{ dueOn: string | null }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const asked = await holdExtension(db, ctx, given.extensionId)
    if (asked === undefined) throw httpErrors.notFound()
    const problem = await hold(within, asked.problemId)
    if (asked.state !== 'asked') throw rectificationErrors.timeDecided()
    const seat = seatOf(ctx)
    if (!isTheirs(problem, 'remind', seat)) throw rectificationErrors.actRefused({ reason: 'not-yours' })
    if (asked.askedBy === ctx.caller.id) throw rectificationErrors.selfAcceptance()
    const granted = given.decision === 'grant'
    if (granted && targetOf(problem.state, 'extend') === undefined) throw rectificationErrors.timeRefused({ reason: 'state' })
    const { extensionId, note } = given
    await translated(() => decideExtension(db, ctx, { extensionId, state: granted ? 'granted' : 'refused', note }))
    if (granted) await moveDay(within, problem, { until: asked.askedUntil, reason: asked.reason, note })
    const details = { problemId: problem.problemId, decision: given.decision, until: asked.askedUntil }
    await audit(db, ctx, { did: 'rectification.decide-time', objectKind: 'rectification.extension', objectId: extensionId, details })
    return { dueOn: granted ? asked.askedUntil : problem.dueOn }
  })
}

async function moveDay(ctx: Within, problem: ProblemFile, given: { until: string; reason: string; note: string }): Promise<void> {
  const after = { ...problem, dueOn: given.until, extended: problem.extended + 1, revision: problem.revision + 1 }
  const details = { from: problem.dueOn, to: given.until, ...(given.note === '' ? {} : { note: given.note }) }
  const { state } = problem
  const event = { problem, seq: after.revision, action: 'extend', before: state, after: state, reason: given.reason, details }
  await translated(() => insertEvents(ctx.db, ctx, [event]))
  await saveProblems(ctx.db, ctx, [after])
}
