import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { valueAt } from '#kernel/pure/decisions/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { givenEmptyCounty, givenHousehold } from '#modules/registry/server/given.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { PolicyKey } from '../contract.ts'
import { outcomeText, outputsOfValue } from '../rules/outcome.ts'
import { compiledTable, decideOne } from './compiled-policy.ts'
import { loadSubjects } from './fact-load.ts'
import { listSimulatedNames, simulate } from './simulate.ts'
import { openSimulation } from './simulate-tables.ts'
import { draftPolicy, movePolicy, publishPolicy } from './write-drafts.ts'

const world = openTestWorld()
const key = PolicyKey.parse('cases.layer')
const asOf = '2023-12-31'
const layers = readFileSync(new URL('../policy/tables/cases.layer.dmn', import.meta.url), 'utf8')
const labour = readFileSync(new URL('../policy/tables/cases.labour-class.dmn', import.meta.url), 'utf8')
const months = readFileSync(new URL('../policy/parameters/cases.layer-months.json', import.meta.url), 'utf8')
/** Twelve months instead of six. */
const stricter = layers.replaceAll('= 稳定消除满月数<', '= 12<').replaceAll('; 稳定消除满月数<', '; 12<')
const day = readDay(asOf) ?? Promise.reject(new Error(asOf))
let countyCode = ''

const as = (roles: string[], scope = grantCounty(countyCode)) => world.as(scope, { roles })
const officer = () => as(['county-data-officer'])

beforeAll(async () => {
  const out = mkdtempSync(join(world.directory, 'county-'))
  const { county } = await generateCounty({ households: 600, seed: 'simulate', out, months: 1, startMonth: '202312', registeredShare: 0.6 })
  countyCode = county.code
  const base = await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
  const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(out, part)).map((name) => join(out, part, name)))
  await importFiles(base, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
}, 120_000)

describe('a simulation of the whole county', () => {
  it('changes nothing where the text is the one in force', async () => {
    const found = await simulate(officer(), { key, ask: { content: layers, asOf } })
    expect(found).toMatchObject({ count: 600, changed: 0, workload: { visits: 0, personDays: 0 }, canSeeNames: true })
    expect(found.matrix.every(([from, to]) => from === to)).toBe(true)
  })

  it('says of each household what the table says of it alone, before and after', async () => {
    const found = await simulate(officer(), { key, ask: { content: stricter, asOf } })
    expect(found.changed).toBeGreaterThan(0)
    const ctx = officer()
    const pairs = await inTransaction(ctx, async (db) => {
      const inside = { ...ctx, db }
      const { facts } = await openSimulation(inside, key, { content: stricter, asOf })
      const [before, after] = [
        await compiledTable(inside, key, { asOf }),
        await compiledTable(inside, key, { asOf }, { key, content: stricter }),
      ]
      const loaded = await loadSubjects(inside, db, { of: 'household', facts, asOf: await day })
      return loaded.ids.map((id, record) => {
        const scope = new Map(Object.entries(loaded.columns).map(([name, column]) => [name, valueAt(column, record)]))
        const textOf = (policy: typeof before) => outcomeText(outputsOfValue(decideOne(policy, scope).value, [policy.decision]), [])
        return { id, from: textOf(before), to: textOf(after) }
      })
    })
    const naive = new Map<string, number>()
    for (const { from, to } of pairs) naive.set(`${from}→${to}`, (naive.get(`${from}→${to}`) ?? 0) + 1)
    const counted = found.matrix.map(([from, to, count]): [string, number] => [`${found.outcomes[from]}→${found.outcomes[to]}`, count])
    expect(new Map(counted)).toEqual(naive)
    await expectNames(pairs.filter(({ from, to }) => from !== to))
  })

  /** Every page, by name. */
  async function expectNames(changed: readonly { id: string; from: string; to: string }[]): Promise<void> {
    const items = []
    for (let after: string | undefined; ; ) {
      const page = await listSimulatedNames(officer(), { key, ask: { content: stricter, asOf, ...(after === undefined ? {} : { after }) } })
      items.push(...page.items)
      after = page.next
      if (after === undefined) break
    }
    expect(items.map(({ subjectId, from, to }) => ({ id: subjectId, from, to }))).toEqual(changed)
    expect(items.every(({ name, areaName, rule, clause }) => name !== '' && areaName !== '' && rule !== null && clause !== '')).toBe(true)
  }

  it('tries parameters out in the tables that read them', async () => {
    const content = JSON.stringify({
      ...JSON.parse(months),
      values: JSON.parse(months).values.map((one: object) => ({ ...one, value: 12 })),
    })
    const ofText = await simulate(officer(), { key, ask: { content: stricter, asOf } })
    const ofValue = await simulate(officer(), { key: 'cases.layer-months', ask: { content, asOf, decision: '层次' } })
    expect({ ...ofValue, tookMs: 0 }).toEqual({ ...ofText, tookMs: 0 })
  })

  it('names nobody to who may not read households', async () => {
    const ctx = as([])
    expect(await simulate(ctx, { key, ask: { content: stricter, asOf } })).toMatchObject({ canSeeNames: false })
    await expect(listSimulatedNames(ctx, { key, ask: { content: stricter, asOf } })).rejects.toMatchObject({ code: 'policies.no-names' })
  })

  it('sees the caller’s own area only, also after the whole county was asked for', async () => {
    const whole = await simulate(officer(), { key, ask: { content: stricter, asOf } })
    const [first] = whole.townships
    const own = await simulate(as(['county-data-officer'], grantArea(countyCode, first?.areaPath ?? '')), {
      key,
      ask: { content: stricter, asOf },
    })
    expect(own.townships.map(({ areaPath, count }) => [areaPath, count])).toEqual([[first?.areaPath, first?.count]])
    expect(own.count).toBe(first?.count)
  })

  it('says which facts were missing where nothing could be decided', async () => {
    const ctx = officer()
    await inTransaction(ctx, async (db) => {
      const found = await simulate({ ...ctx, db }, { key: 'cases.labour-class', ask: { content: labour, asOf } })
      const undecided = found.matrix.filter(([, to]) => found.outcomes[to] === '').reduce((sum, [, , count]) => sum + count, 0)
      for (const { count, suppliedBy } of found.unknown) {
        expect(count).toBeLessThanOrEqual(undecided)
        expect(suppliedBy).not.toBe('')
      }
    })
  })

  it('refuses tables over facts that are given, and texts that are no model', async () => {
    await expect(simulate(officer(), { key: 'markets.sales-reward', ask: { content: layers, asOf } })).rejects.toMatchObject({
      code: 'policies.not-simulated',
    })
    await expect(simulate(officer(), { key: 'cases.layer-months', ask: { content: '{"values":', asOf } })).rejects.toMatchObject({
      code: 'policies.unreadable-text',
    })
    await expect(simulate(officer(), { key, ask: { content: '<no-model/>', asOf } })).rejects.toMatchObject({
      code: expect.stringMatching(/^decisions\./),
    })
  })

  it('judges villages as well, and names them', async () => {
    const teams = readFileSync(new URL('../policy/tables/teams.village-team.dmn', import.meta.url), 'utf8')
    const found = await simulate(officer(), { key: 'teams.village-team', ask: { content: teams, asOf } })
    expect(found).toMatchObject({ changed: 0, count: expect.any(Number) })
    const [pair] = found.matrix
    const outcome = found.outcomes[pair?.[0] ?? 0] ?? ''
    const names = await listSimulatedNames(officer(), {
      key: 'teams.village-team',
      ask: { content: teams, asOf, from: outcome, to: outcome },
    })
    expect(names.items).toHaveLength(Math.min(50, pair?.[2] ?? 0))
    expect(names.items.every(({ name }) => name !== '')).toBe(true)
  })

  it('leaves areas alone that have a value of their own', async () => {
    const use = JSON.parse(readFileSync(new URL('../policy/parameters/cases.card-use.json', import.meta.url), 'utf8'))
    const textOf = (value: string) => JSON.stringify({ values: use.values.map((one: object) => ({ ...one, value })) })
    const ask = { content: textOf('是'), asOf, decision: '卡色' }
    const before = await simulate(officer(), { key: 'cases.card-use', ask })
    const [first, ...others] = before.townships
    expect(first?.changed).toBeGreaterThan(0)
    const draft = { content: textOf('是'), effectiveFrom: '2023-01-01', effectiveTo: null, note: '', examples: [] }
    const paper = { documentNo: '试办发〔2023〕1号', documentTitle: '', clause: '' }
    const { versionId, revision } = await draftPolicy(officer(), 'cases.card-use', { ...draft, paper, areaPath: first?.areaPath })
    const submitted = await movePolicy(officer(), versionId, { to: 'submitted', revision, note: '' })
    const leader = world.as(grantCounty(countyCode), { id: 'test:leader', roles: ['county-leader'] })
    await publishPolicy(leader, versionId, { revision: submitted.revision, note: '' })
    const after = await simulate(officer(), { key: 'cases.card-use', ask })
    expect(after.townships.map(({ areaPath, changed }) => [areaPath, changed])).toEqual([
      [first?.areaPath, 0],
      ...others.map(({ areaPath, changed }) => [areaPath, changed]),
    ])
    expect(after.count).toBe(before.count)
  })

  it('forgets what it has kept as soon as the register has changed', async () => {
    const before = await simulate(officer(), { key, ask: { content: layers, asOf } })
    const ctx = world.as(grantCounty(countyCode))
    const { areaPath } = before.townships[0] ?? { areaPath: '' }
    await givenHousehold(ctx, world.vault, { areaPath: `${areaPath}990301101299.` })
    await inTransaction(ctx, (db) =>
      sql`UPDATE registry.register_revision SET revision = revision + 1 WHERE county_code = ${countyCode}`.execute(db),
    )
    expect((await simulate(officer(), { key, ask: { content: layers, asOf } })).count).toBe(before.count + 1)
  })
})
