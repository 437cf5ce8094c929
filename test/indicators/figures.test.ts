import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { IndicatorDefinition } from '../../src/kernel/pure/indicators/index.ts'
import { grantArea, grantCounty, grantHouseholds, grantSystem, type Context, type Scope } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { dayOf, instantOf } from '../../src/kernel/pure/time/index.ts'
import { makeCasesPlug } from '../../src/modules/cases/server/module.ts'
import { givenCaseAt, givenClassification } from '../../src/modules/cases/server/given.ts'
import { givenCounty, type GivenCounty } from '../../src/modules/identity/server/given.ts'
import { readIndicator, readIndicators } from '../../src/modules/indicators/server/read-indicators.ts'
import { readRows } from '../../src/modules/indicators/server/read-rows.ts'
import { findViewColumns } from '../../src/modules/indicators/server/view-store.ts'
import { makeLedgersPlug } from '../../src/modules/ledgers/server/module.ts'
import { makeQualityPlug } from '../../src/modules/quality/server/module.ts'
import { givenHousehold } from '../../src/modules/registry/server/given.ts'
import { makeRectificationPlug } from '../../src/modules/rectification/server/module.ts'
import { makeRegistryPlug } from '../../src/modules/registry/server/module.ts'
import { makeScreeningPlug } from '../../src/modules/screening/server/module.ts'
import { makeSurveysPlug } from '../../src/modules/surveys/server/module.ts'
import { drawn, isFull } from '../chance.ts'
import { openTestWorld } from '../database.ts'

const world = openTestWorld()
const countyCode = '990301'
let county: GivenCounty
let all: readonly IndicatorDefinition[] = []
let ill = ''

const sourcesOf = () => {
  const parts = { database: world.database, vault: world.vault, filesDirectory: join(world.directory, 'files') }
  mkdirSync(parts.filesDirectory, { recursive: true })
  const plugs = [
    makeRegistryPlug(parts),
    makeScreeningPlug(parts),
    makeQualityPlug(parts),
    makeCasesPlug(parts),
    makeLedgersPlug(parts),
    makeRectificationPlug(parts),
    makeSurveysPlug(parts),
  ]
  return plugs.flatMap(({ indicators }) => (indicators === undefined ? [] : [indicators]))
}
const on = (scope: Scope, day = '2023-12-18'): Context => {
  const atMs = Date.parse(`${day}T01:00:00Z`)
  return { ...world.as(scope), now: instantOf(atMs), today: dayOf(atMs), deadline: 'request' }
}
const officer = (day?: string) => on(grantCounty(countyCode), day)
const valueOf = async (ctx: Context, key: string, period: string, area?: string) =>
  (await readIndicators(ctx, sourcesOf(), { keys: key, period, ...(area === undefined ? {} : { area }) })).indicators[0]

beforeAll(async () => {
  county = await givenCounty(world.database)
  const ctx = officer()
  const given = (areaPath: string, type: string, members: number, batchOn?: string) =>
    givenHousehold(ctx, world.vault, {
      areaPath,
      type,
      members: Array.from({ length: members }, (_, at) => ({ name: `成员${at}` })),
      ...(batchOn === undefined ? {} : { on: batchOn }),
    })
  const { villagePath, otherVillagePath } = {
    villagePath: county.villages[0]?.path ?? '',
    otherVillagePath: county.villages[1]?.path ?? '',
  }
  await given(`${villagePath}01.`, '脱贫户', 3)
  await given(`${villagePath}02.`, '一般农户', 2)
  ill = (await given(`${otherVillagePath}01.`, '一般农户', 4)).householdId
  await givenCaseAt(ctx, {
    householdId: ill,
    step: 'exit-entry',
    onDays: { decision: '2023-03-10', 'exit-decision': '2023-10-20' },
  })
  await givenClassification(on(grantSystem(countyCode, 'test')))
  all = (await Promise.all(sourcesOf().map((source) => source(ctx)))).flat()
})

describe('the figures that the modules publish', () => {
  it('name views and columns that stand, each with both names, under a key of their own', async () => {
    const wrong: string[] = []
    await inTransaction(officer(), async (db) => {
      for (const one of all) {
        if (one.kind === 'ratio') continue
        const columns = await findViewColumns(db, one.view)
        const names = columns.map(({ name }) => name)
        const measured = Object.values(one.measure).filter((name) => name !== 'rows')
        const days = [one.kind === 'stock' ? [one.from, one.until] : [one.on]].flat().filter((name) => name !== undefined)
        const used = [
          ...measured,
          ...days,
          ...one.filters.map(({ column }) => column),
          ...one.dimensions.map(({ column }) => column),
          ...(one.columns ?? []).map(({ column }) => column),
        ]
        for (const name of ['county_code', 'area_path', 'row_id', ...used]) if (!names.includes(name)) wrong.push(`${one.key}: ${name}`)
        const heads = ['county_code', 'area_path', 'row_id', 'household_id', 'person_id']
        for (const { name, zh, en } of one.columns === undefined ? columns : [])
          if (zh !== null && !heads.includes(name) && zh === en) wrong.push(`${one.view}.${name} has no names`)
      }
    })
    expect(wrong).toEqual([])
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
    const ratios = all.filter((one) => one.kind === 'ratio')
    expect(ratios.filter(({ part, base }) => !all.some(({ key }) => key === part) || !all.some(({ key }) => key === base))).toEqual([])
  })

  it('are the count of the rows behind them, and their groups add up, in every scope', async () => {
    const township = county.townships[0]?.path ?? ''
    const scopes = [officer(), on(grantArea(countyCode, township)), on(grantHouseholds(countyCode, [ill]))]
    for (const ctx of scopes) {
      // All in test:full; in the P tier some that are drawn.
      const together = (await readIndicators(ctx, sourcesOf(), { period: '2023' })).indicators
      for (const one of isFull ? all : drawn('figures', 40, all)) {
        if (one.kind === 'ratio' || !('count' in one.measure || 'distinct' in one.measure)) continue
        const read = await readIndicator(ctx, sourcesOf(), {
          key: one.key,
          period: '2023',
          ...(ctx.scope.kind === 'households' ? {} : { by: one.closed === undefined ? 'village' : 'township' }),
        })
        expect(together.find(({ key }) => key === one.key)).toEqual(read.indicator)
        if (read.indicator.value === null) continue
        const asked = readRows(ctx, sourcesOf(), { key: one.key, period: '2023', limit: 200 })
        if (one.closed !== undefined) {
          // The number for everybody, the names for its office.
          await expect(asked, one.key).rejects.toMatchObject({ code: 'indicators.rows-closed' })
          continue
        }
        const { items } = await asked
        expect([one.key, items.length]).toEqual([one.key, Number(read.indicator.value)])
        if (read.addsUp !== null) expect([one.key, read.addsUp]).toEqual([one.key, true])
      }
    }
  })

  it('say for a past day what held on it, and nothing where it is not kept', async () => {
    const monitored = async (period: string) => (await valueOf(officer(), 'cases.monitored-households', period))?.value
    expect([
      await monitored('2023-03-09'),
      await monitored('2023-03-10'),
      await monitored('2023-10-19'),
      await monitored('2023-10-20'),
    ]).toEqual(['0', '1', '1', '0'])
    expect(await valueOf(officer(), 'registry.households', '2023-11')).toMatchObject({ value: null, why: 'not-kept-then' })
    expect(await valueOf(officer(), 'registry.households', '2023-12')).toMatchObject({ value: '3' })
    expect(await valueOf(officer(), 'cases.identified', '2024')).toMatchObject({ value: null, why: 'not-yet' })
    expect(await valueOf(officer(), 'cases.identified', '2023Q1')).toMatchObject({ value: '1' })
    expect(await valueOf(officer(), 'cases.identified', '2023Q2')).toMatchObject({ value: '0' })
  })

  it('are ratios with part and base, and no value for a base of 0 (R12)', async () => {
    expect(await valueOf(officer(), 'registry.exit-rate', '2023-12-18')).toMatchObject({ value: '100.00', part: '3', base: '3' })
    const other = county.villages[1]?.path ?? ''
    expect(await valueOf(officer(), 'registry.exit-rate', '2023-12-18', other)).toMatchObject({ value: null, why: 'base-zero', base: '0' })
  })

  it('refuse a place out of reach, an unknown key, a period that is none', async () => {
    const cadre = on(grantArea(countyCode, county.villages[0]?.path ?? ''))
    const refusal = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (fault: { code?: string }) => fault.code,
      )
    expect(await refusal(valueOf(cadre, 'registry.persons', '2023', county.villages[1]?.path))).toBe('indicators.no-area')
    expect(await refusal(valueOf(cadre, 'registry.nothing', '2023'))).toBe('indicators.unknown-indicator')
    expect(await refusal(valueOf(cadre, 'registry.persons', '2023-13'))).toBe('indicators.no-period')
    expect(await valueOf(cadre, 'registry.persons', '2023-12-18')).toMatchObject({ value: '5' })
  })
})
