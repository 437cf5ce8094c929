import { createHash } from 'node:crypto'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { newProblem } from '../rules/new-problem.ts'
import type { ProblemFile, ProblemOrigin } from '../rules/problem-records.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import { inProblems, whileWriting } from './closed-kinds-store.ts'
import { actOnProblems } from './act-on-problems.ts'
import { insertEvents, insertProblems, takeNumbers } from './problem-store.ts'
import { findOrigins, listClosedOf } from './record-store.ts'
import { dueOfReopened } from './terms.ts'

type Within = Context & { readonly db: Db }

/** A problem that another part of the program found. `originId`: the same at each repetition. */
export interface ProblemToRecord {
  readonly originId: string
  readonly sourceKind: SourceKind
  readonly class: string
  readonly description: string
  readonly householdId?: string
  readonly areaPath: string
  readonly foundOn: string
}
export interface RecordedProblems {
  readonly added: number
  readonly reopened: number
  /** Written down before. */
  readonly known: number
}

/**
 * Lists problems that another part found, each origin once. Where the same household had one of the same source and class that was struck off before
 * the day on which this one was found, that one is opened again instead. At most 2,000 at a time.
 */
export async function recordProblems(
  ctx: Context,
  given: { origin: ProblemOrigin; campaignId: string; dueOn: string | null; problems: readonly ProblemToRecord[] },
): Promise<RecordedProblems> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { origin, problems } = given
    const before = await whileWriting(db, () => findOrigins(db, ctx, { origin, originIds: problems.map(({ originId }) => originId) }))
    const fresh = problems.filter(({ originId }) => !before.has(originId))
    // Data are known by their origin alone: another rule of the same class is another problem.
    const { back, news } = origin === 'quality' || origin === 'screening' ? { back: [], news: fresh } : await split(within, fresh)
    for (const { closed, one } of back) {
      const reason = `${one.foundOn} 再次发现：${one.description}`.slice(0, 500)
      const back = [{ problemId: closed.problemId, revision: closed.revision }]
      const act = { action: 'reopen', reason, due: await dueOfReopened(within) } as const
      await actOnProblems(within, { problems: back, act, noted: { originId: one.originId } })
    }
    await addProblems(within, { ...given, problems: news })
    return { added: news.length, reopened: back.length, known: problems.length - fresh.length }
  })
}

/** What comes back, with the problem that it was; each of those once. */
async function split(
  ctx: Within,
  fresh: readonly ProblemToRecord[],
): Promise<{ back: { closed: ProblemFile; one: ProblemToRecord }[]; news: ProblemToRecord[] }> {
  const households = fresh.flatMap(({ householdId }) => (householdId === undefined ? [] : [householdId]))
  const held = households.length === 0 ? [] : await listClosedOf(ctx.db, ctx, households)
  const closedOf = Map.groupBy(held, keyOf)
  const back: { closed: ProblemFile; one: ProblemToRecord }[] = []
  const news: ProblemToRecord[] = []
  for (const one of fresh) {
    const closed = closedOf.get(keyOf({ ...one, householdId: one.householdId ?? null }))?.shift()
    if (one.householdId !== undefined && closed !== undefined) back.push({ closed, one })
    else news.push(one)
  }
  return { back, news }
}

const keyOf = (one: Pick<ProblemFile, 'householdId' | 'sourceKind' | 'class'>) => [one.householdId, one.sourceKind, one.class].join('\n')

/** Writes problems with their first events, one audit row for all. Returns them. */
export async function addProblems(
  ctx: Within,
  given: { origin: ProblemFile['origin']; campaignId: string; dueOn: string | null; problems: readonly NewProblem[] },
): Promise<ProblemFile[]> {
  const { origin, campaignId, problems } = given
  if (problems.length === 0) return []
  const { year, first } = await takeNumbers(ctx.db, ctx, { kind: 'problem', count: problems.length })
  const files = problems.map((one, at) => {
    const { become, ...found } = one
    const file = newProblem({
      problemId: makeId(),
      problemNo: `${year}-${String(first + at).padStart(6, '0')}`,
      campaignId,
      origin: one.originId === null ? null : origin,
      dueOn: given.dueOn,
      ...found,
      householdId: one.householdId ?? null,
      now: ctx.now,
    })
    return { ...file, ...become }
  })
  const events = files.map((file) => ({
    problem: file,
    seq: 1,
    action: 'find',
    before: null,
    after: file.state,
    reason: null,
    details: origin === null ? {} : { origin },
  }))
  await whileWriting(ctx.db, async () => {
    await insertProblems(ctx.db, ctx, files)
    await insertEvents(ctx.db, ctx, events)
  })
  const digest = createHash('sha256')
    .update(files.map(({ problemId }) => problemId).join('\n'))
    .digest('hex')
  const details = { problems: files.length, origin, campaignId, digest }
  await audit(ctx.db, ctx, { did: 'rectification.find', objectKind: 'rectification.problem', objectId: files[0]?.problemId ?? '', details })
  return files
}

/** A problem to be written; `become`: how far an imported one has come. */
export interface NewProblem extends Omit<ProblemToRecord, 'originId' | 'householdId'> {
  readonly originId: string | null
  readonly householdId?: string | null | undefined
  readonly inspectionId?: string
  readonly requirement?: string
  readonly subject?: string
  readonly become?: Partial<ProblemFile>
}
