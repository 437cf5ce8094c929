import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { rectificationIndicators } from '../policy/indicators.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actOnProblems } from './act-on-problems.ts'
import { at, doneWords, givenCampaign, givenOrganisation } from './given.ts'
import { readProblems, readTotals } from './read-problems.ts'
import { recordProblems, type ProblemToRecord } from './record-problems.ts'
import { readLetters } from './read-letters.ts'

// M-112, F-133 to F-140: 621 corrections + 402 problems of policies in 8 classes + 158 of satisfaction = 1,181, handed to the heads, 732 struck off
// (62 %), the rest until the end of May. Through the module's own commands, on an invented county.
const world = openTestWorld()
const all: readonly (readonly [SourceKind, number, readonly string[]])[] = [
  ['correction', 621, ['户籍人口', '致贫原因', '就业状态', '收入水平']],
  ['policy', 402, ['住房', '医疗', '教育', '兜底', '饮水', '就业', '产业', '其他政策']],
  ['satisfaction', 158, ['结对帮扶', '驻村帮扶']],
]

let county: GivenCounty
let campaignId = ''
const units: { readonly id: string; readonly kind: 'area' | 'organisation'; readonly ctx: Context }[] = []
const office = () => world.as(grantCounty('990301'), { id: 'office', name: '县整改办', roles: ['county-data-officer'] })
const inspector = () => world.as(grantCounty('990301'), { id: 'inspector', name: '督查室', roles: ['supervisor'] })

async function actOnAll(ctx: Context, act: ActWords, view: Parameters<typeof readProblems>[1]): Promise<number> {
  const page = await readProblems(ctx, view)
  const problems = page.items.map(({ problemId, revision }) => ({ problemId, revision }))
  if (problems.length === 0) return 0
  const { done, refused } = await actOnProblems(ctx, { problems, act })
  expect(refused).toEqual([])
  return done.length
}

beforeAll(async () => {
  county = await givenCounty(world.database)
  const [one, other] = county.townships
  const start = at(office(), '2020-04-10T09:00:00+08:00')
  const names = ['住建局', '医保局', '教育局']
  for (const [index, name] of names.entries()) {
    const id = await givenOrganisation(start, { name, areaPath: county.countyPath })
    const caller = { id: `clerk-${String(index)}`, name: `${name}经办人`, roles: ['department-clerk'], organisationId: id }
    units.push({ id, kind: 'organisation', ctx: world.as(grantCounty('990301'), caller) })
  }
  for (const township of [one, other]) {
    const path = township?.path ?? ''
    const caller = { id: `officer-${path}`, name: '乡镇干部', roles: ['township-officer'] }
    units.push({ id: path, kind: 'area', ctx: world.as(grantArea('990301', path), caller) })
  }
  campaignId = await givenCampaign(start, { name: '脱贫攻坚电话调查', dueOn: '2020-05-31' })
  const villages = county.villages.map(({ path }) => path)
  const problems: ProblemToRecord[] = all.flatMap(([sourceKind, n, classes]) =>
    Array.from({ length: n }, (_, index) => ({
      originId: `${sourceKind}-${String(index)}`,
      sourceKind,
      class: classes[index % classes.length] ?? '',
      description: `电话调查发现的问题第${String(index + 1)}条`,
      areaPath: villages[index % villages.length] ?? '',
      foundOn: '2020-04-10',
    })),
  )
  const listed = world.as(grantSystem('990301', 'test'))
  const told = { origin: 'other' as const, campaignId, dueOn: '2020-05-31' }
  expect(await recordProblems(at(listed, start.now), { ...told, problems })).toEqual({ added: 1181, reopened: 0, known: 0 })
  expect(await recordProblems(at(listed, start.now), { ...told, problems: problems.slice(0, 200) })).toEqual({
    added: 0,
    reopened: 0,
    known: 200,
  })
  await assignAll(start)
  await strikeOff(732)
}, 60_000)

/** Corrections go to the townships, problems of policies to the departments, satisfaction to the townships: each unit gets one letter. */
async function assignAll(start: Context): Promise<void> {
  const due = { words: '5月底前' }
  for (const [index, village] of county.villages.entries()) {
    const township = units[index < 2 ? 3 : 4]
    if (township === undefined) continue
    for (const sourceKind of ['correction', 'satisfaction'] as const) {
      const act = { action: 'assign', unit: { kind: township.kind, id: township.id }, headName: '镇党委书记', due } as const
      await actOnAll(start, act, { campaignId, sourceKind, area: village.path, state: 'found', limit: 500 })
    }
  }
  const classes = all[1]?.[2] ?? []
  for (const [index, of] of classes.entries()) {
    const department = units[index % 3]
    if (department === undefined) continue
    const act = { action: 'assign', unit: { kind: department.kind, id: department.id }, headName: '局长', due } as const
    await actOnAll(start, act, { campaignId, sourceKind: 'policy', class: of, limit: 500 })
  }
}

async function strikeOff(wanted: number): Promise<void> {
  let left = wanted
  for (const { id, ctx } of units) {
    const limit = Math.min(left, 200)
    if (limit === 0) break
    const then = at(ctx, '2020-05-10T09:00:00+08:00')
    const mine = { campaignId, unitId: id, limit }
    await actOnAll(then, { action: 'accept' }, { ...mine, state: 'assigned' })
    await actOnAll(then, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures }, { ...mine, state: 'accepted' })
    left -= await actOnAll(
      then,
      { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence },
      { ...mine, state: 'rectifying' },
    )
  }
  const later = at(inspector(), '2020-05-20T15:00:00+08:00')
  for (const { id } of units) {
    await actOnAll(later, { action: 'verify' }, { campaignId, unitId: id, state: 'completed', limit: 500 })
    await actOnAll(later, { action: 'strike' }, { campaignId, unitId: id, state: 'verified', limit: 500 })
  }
}

describe('the phone survey of a county', () => {
  it('R14 and R24: each problem has one source, and every count adds up to 1,181', async () => {
    const totals = await readTotals(at(office(), '2020-05-20T18:00:00+08:00'), { campaignId })
    expect(totals.disagree).toEqual([])
    expect(totals).toMatchObject({ total: 1181, closed: 732, open: 449, withdrawn: 0, letters: 5 })
    expect(Object.fromEntries(totals.by.source.map(({ key, n }) => [key, n]))).toEqual({ correction: 621, policy: 402, satisfaction: 158 })
    const policy = await readTotals(at(office(), '2020-05-20T18:00:00+08:00'), { campaignId, sourceKind: 'policy' })
    expect(policy.by.class).toHaveLength(8)
    expect(policy.total).toBe(402)
  })

  it('R12: 732 of 1,181 is 62 %, and never 100 before the last one', async () => {
    const totals = await readTotals(office(), { campaignId })
    expect(totals.rate).toBe('62')
  })

  it('R16: each unit has one letter, and each problem is on exactly one', async () => {
    const { items } = await readLetters(office(), { campaignId, limit: 50 })
    expect(items).toHaveLength(5)
    expect(items.reduce((sum, { problems }) => sum + problems, 0)).toBe(1181)
    expect(items.reduce((sum, { closed }) => sum + closed, 0)).toBe(732)
  })

  it('R13: the last second of 31 May is in time, the first of 1 June is overdue', async () => {
    const at2359 = at(office(), '2020-05-31T23:59:59+08:00')
    expect((await readProblems(at2359, { campaignId, view: 'overdue', limit: 200 })).items).toEqual([])
    const [last, first, second] = ['2020-05-31T23:59:59+08:00', '2020-06-01T00:00:00+08:00', '2020-06-01T00:00:01+08:00']
    const overdueAt = async (moment: string | undefined) => {
      const totals = await readTotals(at(office(), moment ?? ''), { campaignId })
      return totals.by.standing.find(({ key }) => key === 'overdue')?.n ?? 0
    }
    expect([await overdueAt(last), await overdueAt(first), await overdueAt(second)]).toEqual([0, 449, 449])
    const { items } = await readProblems(at(office(), second ?? ''), { campaignId, view: 'overdue', limit: 200 })
    expect(new Set(items.map(({ overdueSeconds, standing }) => `${standing} ${String(overdueSeconds)}`))).toEqual(new Set(['overdue 1']))
  })

  it('F-133 to F-139 come out of the published figures as they stand in the newspaper', async () => {
    const ctx = at(office(), '2020-05-20T18:00:00+08:00')
    const count = (where: string) =>
      inTransaction(ctx, async (db) => {
        const found = await sql<{ n: number }>`
          SELECT count(*)::int AS n FROM rectification.v_problem WHERE state <> 'withdrawn' AND ${sql.raw(where)}`.execute(db)
        return found.rows[0]?.n
      })
    const wheres = [
      "source_kind = 'correction'",
      "source_kind = 'policy'",
      "source_kind = 'satisfaction'",
      'true',
      'is_closed',
      'letter_id IS NOT NULL',
    ]
    expect(await Promise.all(wheres.map(count))).toEqual([621, 402, 158, 1181, 732, 1181])
    expect(rectificationIndicators.map(({ key }) => key)).toContain('rectification.closing-rate')
  })

  it('a department reads and acts on its own problems and on no other', async () => {
    const [housing] = units
    const { items } = await readProblems(housing?.ctx ?? office(), { campaignId, limit: 200 })
    expect(new Set(items.map(({ unitName }) => unitName))).toEqual(new Set(['住建局']))
    const totals = await readTotals(housing?.ctx ?? office(), { campaignId })
    expect(totals.total).toBeLessThan(402)
    expect(totals.disagree).toEqual([])
  })
})
