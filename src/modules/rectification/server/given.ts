import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import { inProblems } from './closed-kinds-store.ts'
import { actOnProblems } from './act-on-problems.ts'
import { addCampaign } from './campaigns.ts'
import { findProblem } from './problem-store.ts'
import { addProblems } from './record-problems.ts'

/** The same caller at another moment: `2020-05-31T23:59:59+08:00`. */
export function at(ctx: Context, moment: string): Context {
  const ms = Date.parse(moment)
  return { ...ctx, now: instantOf(ms), today: dayOf(ms) }
}

/** A department of the county, for tests. */
export async function givenOrganisation(ctx: Context, given: { name: string; areaPath: string }): Promise<string> {
  const id = makeId()
  await inProblems(ctx, (db) =>
    sql`INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
        VALUES (${ctx.scope.countyCode}, ${id}, 'department', ${given.name}, ${given.areaPath})`.execute(db),
  )
  return id
}

let count = 0

/** A campaign of the caller's office. */
export async function givenCampaign(ctx: Context, given: { name?: string; dueOn?: string } = {}): Promise<string> {
  count += 1
  const { name = `测试专项${String(count)}`, dueOn } = given
  const campaign = await addCampaign(ctx, { name, documentNo: '', startedOn: ctx.today, ...(dueOn === undefined ? {} : { dueOn }) })
  return campaign.campaignId
}

/** A problem as somebody wrote it down. */
export async function givenProblem(
  ctx: Context,
  given: { campaignId: string; areaPath: string; householdId?: string; sourceKind?: SourceKind; class?: string; description?: string },
): Promise<ProblemFile> {
  const { campaignId, sourceKind = 'inspection', class: of = '住房安全', description = '房屋漏雨没有修', ...place } = given
  const problem = { ...place, sourceKind, class: of, description, foundOn: ctx.today, originId: null }
  const [file] = await inProblems(ctx, (db) => addProblems({ ...ctx, db }, { origin: null, campaignId, dueOn: null, problems: [problem] }))
  if (file === undefined) throw new Error('one problem was written')
  return file
}

/** The problem as it stands. */
export async function problemNow(ctx: Context, problemId: string): Promise<ProblemFile> {
  const found = await inProblems(ctx, (db) => findProblem(db, ctx, problemId))
  if (found === undefined) throw new Error('the problem is not within reach')
  return found
}

/** One act on one problem; the code of its refusal, or its new state. */
export async function actOnce(ctx: Context, problemId: string, act: ActWords): Promise<string> {
  const held = await inProblems(ctx, (db) => findProblem(db, ctx, problemId))
  const { done, refused } = await actOnProblems(ctx, { problems: [{ problemId, revision: held?.revision ?? 1 }], act })
  const [no] = refused
  if (no !== undefined) return typeof no.details['reason'] === 'string' ? `${no.code} ${no.details['reason']}` : no.code
  return done[0]?.state ?? ''
}

/** What a unit says when it is done. */
export const doneWords = {
  cause: '日常巡查不够，没有及时发现',
  measures: '乡镇派人修缮，村里每月查看',
  effect: '已修好，不再漏雨',
  evidence: '修缮验收单2020-07号',
} as const
