import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { findAreaInScope, listAreas } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { Alike, SameCheckRecord } from '../rules/check-records.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { AnswerCheck, AskChecks, ListChecks } from '../rules/problem-requests.ts'
import { inProblems, whileReadingProblems } from './closed-kinds-store.ts'
import { listAlikeHouseholds } from './alike-households.ts'
import { answerRow, countByVillage, holdCheck, insertChecks, listCheckRows, type CheckRow } from './check-store.ts'
import { rectificationErrors } from './errors.ts'
import { findProblem } from './problem-store.ts'
import { placesOf } from './read-problems.ts'
import { addProblems } from './record-problems.ts'
import { seatOf } from './seat-store.ts'
import { dayOfDue } from './terms.ts'

type Within = Context & { readonly db: Db }

async function getProblem(ctx: Within, problemId: string): Promise<ProblemFile> {
  const problem = await findProblem(ctx.db, ctx, problemId)
  if (problem === undefined) throw httpErrors.notFound()
  return problem
}

/** Where the same problem may be: the other villages of the caller's area, those with most of its class first, and households like the one it is about. */
export async function readAlike(ctx: Context, problemId: string): Promise<Alike> {
  return whileReadingProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const problem = await getProblem(within, problemId)
    const { path, isCounty } = seatOf(ctx)
    const counts = new Map((await countByVillage(db, ctx, problem)).map((one) => [one.path, one]))
    const areas = await listAreas(within, isCounty ? { level: 'village' } : { level: 'village', under: path })
    const name = await placesOf(within)
    const villages = areas
      .filter(({ level, path: at }) => level === 'village' && !problem.areaPath.startsWith(at))
      .map(({ path: at }) => {
        const { problems = 0, open = 0, isAsked = false } = counts.get(at) ?? {}
        return { path: at, name: name(at), problems, open, isAsked }
      })
      .sort((one, other) => other.problems - one.problems || (one.path < other.path ? -1 : 1))
    const sameClass = [...counts.values()].reduce((sum, { problems }) => sum + problems, 0)
    return { villages, households: await listAlikeHouseholds(within, problem), sameClass }
  })
}

/** Opens checks in villages and households; the same place twice is one. Throws `rectification.no-place`. */
export async function askChecks(ctx: Context, given: AskChecks & { problemId: string }): Promise<{ opened: number; asked: number }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const problem = await getProblem(within, given.problemId)
    const dueOn = await dayOfDue(within, given.due)
    const places: { householdId: string | null; areaPath: string }[] = []
    for (const path of new Set(given.villages)) {
      const area = await findAreaInScope(within, path)
      if (area?.level !== 'village') throw rectificationErrors.noPlace()
      places.push({ householdId: null, areaPath: area.path })
    }
    const households = await findHouseholds(within, db, [...new Set(given.households)])
    if (households.length < new Set(given.households).size) throw rectificationErrors.noPlace()
    places.push(...households.map(({ householdId, areaPath }) => ({ householdId, areaPath })))
    const opened = await insertChecks(db, ctx, { problem, dueOn, places })
    const details = { places: places.length, opened, dueOn }
    await audit(db, ctx, { did: 'rectification.ask-checks', objectKind: 'rectification.problem', objectId: problem.problemId, details })
    return { opened, asked: places.length }
  })
}

/** A page of checks, the nearest last day first. */
export async function readChecks(ctx: Context, query: ListChecks): Promise<Page<SameCheckRecord>> {
  return whileReadingProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { after, limit, ...filter } = query
    const rows = await listCheckRows(db, ctx, { filter, limit: limit + 1, after: readCursor(after, ['day', 'id']) })
    const page = toPage(rows, limit, (one) => [one.dueOn, one.sameCheckId])
    return { ...page, items: await showChecks(within, page.items) }
  })
}

async function showChecks(ctx: Within, rows: readonly CheckRow[]): Promise<SameCheckRecord[]> {
  if (rows.length === 0) return []
  const ids = rows.flatMap(({ householdId }) => (householdId === null ? [] : [householdId]))
  const households = new Map((await findHouseholds(ctx, ctx.db, ids)).map((one) => [one.householdId, one.headName]))
  const place = await placesOf(ctx)
  const { act } = seatOf(ctx).may
  return rows.map((row) => ({
    sameCheckId: row.sameCheckId,
    problemId: row.problemId,
    class: row.class,
    householdId: row.householdId,
    headOfHousehold: households.get(row.householdId ?? '') ?? null,
    place: place(row.areaPath),
    state: row.state,
    dueOn: row.dueOn,
    isOverdue: row.state === 'open' && row.dueOn < ctx.today,
    askedName: row.askedName,
    askedAt: row.askedAt,
    answeredName: row.answeredName,
    note: row.note,
    foundProblemId: row.foundProblemId,
    can: { answer: act && row.state === 'open' },
  }))
}

/** Answers a check: clean, or found, which becomes a problem of its own in the same campaign. Throws `rectification.check-answered`. */
export async function answerCheck(ctx: Context, given: AnswerCheck & { sameCheckId: string }): Promise<{ problemId: string | null }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const check = await holdCheck(db, ctx, given.sameCheckId)
    if (check === undefined) throw httpErrors.notFound()
    if (check.state !== 'open') throw rectificationErrors.checkAnswered()
    const problemId = given.found ? await found(within, check, given) : null
    const { sameCheckId, note } = given
    await answerRow(db, ctx, { sameCheckId, state: given.found ? 'found' : 'clean', note, foundProblemId: problemId })
    const details = { found: given.found, problemId }
    await audit(db, ctx, { did: 'rectification.answer-check', objectKind: 'rectification.same-check', objectId: sameCheckId, details })
    return { problemId }
  })
}

async function found(ctx: Within, check: CheckRow, { description, note }: AnswerCheck): Promise<string> {
  const words = [description, note].find((one) => one !== undefined && one.length >= 2) ?? `举一反三排查发现同类问题：${check.class}`
  const { householdId, areaPath, campaignId, sameCheckId } = check
  const problem = {
    originId: sameCheckId,
    sourceKind: 'self-check',
    class: check.class,
    description: words,
    householdId,
    areaPath,
  } as const
  const problems = [{ ...problem, foundOn: ctx.today }]
  const [file] = await addProblems(ctx, { origin: 'check', campaignId, dueOn: null, problems })
  if (file === undefined) throw new Error('one problem was written')
  return file.problemId
}
