import { expect } from 'vitest'
import { grantArea, grantCounty, type Context } from '../../src/kernel/server/caller/index.ts'
import { listAreas } from '../../src/modules/identity/server/index.ts'
import type { ActWords, UnitRef } from '../../src/modules/rectification/rules/problem-requests.ts'
import { actOnProblems } from '../../src/modules/rectification/server/act-on-problems.ts'
import { at, doneWords, givenOrganisation } from '../../src/modules/rectification/server/given.ts'
import { readProblems } from '../../src/modules/rectification/server/read-problems.ts'
import type { TestWorld } from '../database.ts'

/** A unit that is asked to mend, with somebody of it who answers. */
export interface Asked {
  readonly unit: UnitRef
  readonly ctx: Context
}
type View = Omit<Parameters<typeof readProblems>[1], 'limit'>

/** Departments of the county, each with a clerk. */
export async function givenDepartments(world: TestWorld, officer: Context, names: readonly string[]): Promise<Asked[]> {
  const [county] = await listAreas(officer, { level: 'county' })
  const made: Asked[] = []
  for (const [index, name] of names.entries()) {
    const id = await givenOrganisation(officer, { name, areaPath: county?.path ?? '' })
    const caller = { id: `clerk-${String(index)}`, name: `${name}经办人`, roles: ['department-clerk'], organisationId: id }
    made.push({ unit: { kind: 'organisation', id }, ctx: world.as(grantCounty(officer.scope.countyCode), caller) })
  }
  return made
}

/** Townships or villages, each with somebody who answers for it. */
export async function givenPlaces(world: TestWorld, officer: Context, level: 'township' | 'village'): Promise<Asked[]> {
  const role = level === 'township' ? 'township-officer' : 'village-cadre'
  const areas = (await listAreas(officer, { level })).filter((area) => area.level === level)
  return areas.map(({ path, name }) => ({
    unit: { kind: 'area', id: path },
    ctx: world.as(grantArea(officer.scope.countyCode, path), { id: `of-${path}`, name: `${name}干部`, roles: [role] }),
  }))
}

/** Does one act to what a list shows, in batches as the screen sends them, at most `most`; none may be refused. Returns how many. */
export async function actOnAll(ctx: Context, act: ActWords, view: View, most = 10_000): Promise<number> {
  let done = 0
  while (done < most) {
    const page = await readProblems(ctx, { ...view, limit: Math.min(200, most - done) })
    const problems = page.items.map(({ problemId, revision }) => ({ problemId, revision }))
    if (problems.length === 0) break
    const acted = await actOnProblems(ctx, { problems, act })
    expect(acted.refused).toEqual([])
    done += acted.done.length
  }
  return done
}

/** Units take up what is theirs and report it as done, until so many are done; somebody else accepts and strikes off. */
export async function mend(
  units: readonly Asked[],
  given: { campaignId: string; wanted: number; inspector: Context; on: string; acceptedOn: string },
): Promise<void> {
  const { campaignId } = given
  let left = given.wanted
  for (const { unit, ctx } of units) {
    if (left === 0) break
    const then = at(ctx, given.on)
    const mine = { campaignId, unitId: unit.id }
    const taken = await actOnAll(then, { action: 'accept' }, { ...mine, state: 'assigned' }, left)
    await actOnAll(then, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures }, { ...mine, state: 'accepted' })
    const done = { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence } as const
    left -= await actOnAll(then, done, { ...mine, state: 'rectifying' }, taken)
  }
  expect(left).toBe(0)
  const later = at(given.inspector, given.acceptedOn)
  await actOnAll(later, { action: 'verify' }, { campaignId, state: 'completed' })
  await actOnAll(later, { action: 'strike' }, { campaignId, state: 'verified' })
}
