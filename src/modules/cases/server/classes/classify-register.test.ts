import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { instantOf, readDay, type Day } from '#kernel/pure/time/index.ts'
import { givenEmptyCounty, givenHousehold } from '#modules/registry/server/given.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { getHousehold } from '#modules/registry/server/index.ts'
import { whoNarrows } from '#modules/surveys/server/index.ts'
import { givenCampaign } from '#modules/surveys/server/given.ts'
import { classNarrowers } from './narrow-population.ts'
import { beginClassification, failClassification, followClassification, mayKeep, type Classified } from './classify-register.ts'
import { classifyNewDay, classifyWaiting, notePublished } from './jobs/classify-jobs.ts'
import { judgeRegister } from './judge-register.ts'
import { readClassCounts, readClassification, readClassificationHistory } from './read-classification.ts'
import { listWaiting, noteWaiting } from './waiting-store.ts'
import { makeId } from '#kernel/pure/ids/index.ts'

const world = openTestWorld()
const county = '990301'
const village = `99.9903.${county}.990301101.990301101201.`
const elsewhere = `99.9903.${county}.990301102.990301102201.`
const deps = { clock: () => Date.UTC(2023, 11, 18, 1) }

/** A context of the machine, standing on a day. */
function on(day: string): Context {
  const today = readDay(day)
  if (today === undefined) throw new Error(day)
  return { ...world.as(grantSystem(county, 'test')), today: today as Day, now: instantOf(Date.parse(`${day}T01:00:00Z`)) }
}

async function classify(day: string): Promise<Classified> {
  const ctx = on(day)
  const { runId } = await beginClassification(ctx, day)
  return followClassification(ctx, deps, { runId, asOf: day })
}

const officer = () => world.as(grantCounty(county), { roles: ['county-data-officer'] })
const layersOf = async (householdId: string) =>
  (await readClassificationHistory(officer(), householdId)).stretches.map(({ validFrom, validTo, layer }) => [validFrom, validTo, layer])

describe('the classification of a register', () => {
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    await givenEmptyCounty((scope) => world.as(scope), { countyCode: county, name: '青禾县' })
    const ctx = world.as(grantSystem(county, 'test'))
    const add = async (name: string, given: Omit<Parameters<typeof givenHousehold>[2], 'areaPath'> & { areaPath?: string }) => {
      ids[name] = (await givenHousehold(ctx, world.vault, { areaPath: `${village}01.`, ...given })).householdId
    }
    const cleared = { eliminated: true, eliminatedMonth: '202305', identifiedMonth: '202201' }
    await add('cleared', {
      type: '一般农户',
      monitorCategory: '边缘易致贫户',
      facts: cleared,
      members: [{ name: '甲', labourSkill: '普通劳动力' }],
    })
    await add('open', {
      type: '脱贫户',
      monitorCategory: '脱贫不稳定户',
      facts: { eliminated: false, identifiedMonth: '202201' },
      members: [{ name: '乙', labourSkill: '弱劳动力或半劳动力' }],
    })
    await add('former', { type: '脱贫户', members: [{ name: '丙', labourSkill: '无劳动力' }], areaPath: `${elsewhere}01.` })
    await add('general', { type: '一般农户', members: [{ name: '丁', labourSkill: '技能劳动力' }] })
  })

  it('keeps every household with its versions and facts, and counts that add up', async () => {
    const done = await classify('2023-10-31')
    expect(done).toMatchObject({ added: 4, changed: 0, renewed: 0, still: 0, ended: 0 })
    expect(done.counts.imbalance).toEqual([])
    expect(done.counts.columns['layer']).toEqual({ 第一层: 2, 第二层: 1, 两层之外: 1 })
    const { stretches } = await readClassificationHistory(officer(), ids['cleared'] ?? '')
    expect(stretches).toMatchObject([
      { layer: '第一层', labourClass: '第一类', kind: '边缘易致贫户', validFrom: '2023-10-31', validTo: null },
    ])
    const [only] = stretches
    expect(only?.facts).toContainEqual({ name: '风险消除满月数', value: 5 })
    const layer = only?.fired.find((table) => table.column === 'layer')
    expect(layer).toMatchObject({ key: 'cases.layer', rows: '2' })
    expect(layer?.versions.map((version) => version.key)).toContain('cases.layer')
  })

  it('changes nothing when it is run again the same day', async () => {
    expect(await classify('2023-10-31')).toMatchObject({ added: 0, changed: 0, renewed: 0, still: 4, ended: 0 })
    expect(await layersOf(ids['cleared'] ?? '')).toEqual([['2023-10-31', null, '第一层']])
  })

  it('ends one row and begins another when months pass, and a past day shows what was held', async () => {
    expect(await classify('2023-11-30')).toMatchObject({ changed: 1, still: 3 })
    expect(await layersOf(ids['cleared'] ?? '')).toEqual([
      ['2023-11-30', null, '第二层'],
      ['2023-10-31', '2023-11-30', '第一层'],
    ])
    const held = await readClassCounts(officer(), { asOf: '2023-11-29' })
    expect(held.sum.layer).toEqual({ 第一层: 2, 第二层: 1, 两层之外: 1 })
    expect((await readClassCounts(officer(), {})).sum.layer).toEqual({ 第一层: 1, 第二层: 2, 两层之外: 1 })
  })

  it('keeps nothing for a day before what is kept, and nothing for a day to come', async () => {
    expect(await mayKeep(on('2023-12-01'), '2023-10-31')).toBe(false)
    expect(await mayKeep(on('2023-12-01'), '2023-12-02')).toBe(false)
    expect(await mayKeep(on('2023-12-01'), '2023-12-01')).toBe(true)
    const late = await beginClassification(on('2023-12-01'), '2023-11-15')
    await expect(followClassification(on('2023-12-01'), deps, { ...late, asOf: '2023-11-15' })).rejects.toMatchObject({
      code: 'cases.later-day-kept',
    })
    await failClassification(on('2023-12-01'), deps, { ...late, fault: undefined })
    await expect(beginClassification(on('2023-12-01'), '2023-12-02')).rejects.toMatchObject({ code: 'cases.not-yet' })
  })

  it('judges again only what a change touched, and the same day a row is mended, not doubled', async () => {
    const ctx = on('2023-12-05')
    const change = makeId()
    await inTransaction(ctx, async (db) => {
      await sql`UPDATE registry.household SET facts = facts || '{"eliminated": true, "eliminatedMonth": "202311"}', touched_by = ${change}
        WHERE county_code = ${county} AND household_id = ${ids['open'] ?? ''}`.execute(db)
      await sql`UPDATE registry.household SET household_type = '脱贫户', registered = true, exit_status = 'exited', touched_by = ${change}
        WHERE county_code = ${county} AND household_id = ${ids['general'] ?? ''}`.execute(db)
      await noteWaiting(db, ctx, change)
    })
    await classifyWaiting(ctx, { clock: () => Date.parse(ctx.now) })
    expect(await layersOf(ids['general'] ?? '')).toEqual([
      ['2023-12-05', null, '第二层'],
      ['2023-10-31', '2023-12-05', '两层之外'],
    ])
    const runs = await inTransaction(ctx, (db) =>
      sql<{
        kind: string
        households: number
      }>`SELECT kind, households FROM cases.classification_run ORDER BY started_at DESC, run_id DESC LIMIT 1`.execute(db),
    )
    expect(runs.rows).toEqual([{ kind: 'part', households: 2 }])
    await inTransaction(ctx, async (db) => {
      await sql`UPDATE registry.household SET household_type = '一般农户', registered = false, exit_status = NULL WHERE county_code = ${county} AND household_id = ${ids['general'] ?? ''}`.execute(
        db,
      )
    })
    expect(await classify('2023-12-05')).toMatchObject({ changed: 1, still: 3 })
    expect(await layersOf(ids['general'] ?? '')).toEqual([
      ['2023-12-05', null, '两层之外'],
      ['2023-10-31', '2023-12-05', '两层之外'],
    ])
  })

  it('ends the row of a household that is none any more', async () => {
    const ctx = on('2023-12-06')
    await inTransaction(ctx, (db) =>
      sql`UPDATE registry.household SET closed_on = '2023-12-06' WHERE county_code = ${county} AND household_id = ${ids['former'] ?? ''}`.execute(
        db,
      ),
    )
    expect(await classify('2023-12-06')).toMatchObject({ ended: 1, still: 3 })
    expect((await layersOf(ids['former'] ?? ''))[0]).toEqual(['2023-10-31', '2023-12-06', '第二层'])
  })

  it('announces what changed once, with counts and no names', async () => {
    const events = await inTransaction(on('2023-12-06'), (db) =>
      sql<{ payload: object }>`SELECT payload FROM kernel.outbox WHERE event = 'cases.classification-changed' ORDER BY outbox_id`.execute(
        db,
      ),
    )
    expect(events.rows.map(({ payload }) => payload)).toMatchObject([
      { asOf: '2023-10-31', added: 4 },
      { asOf: '2023-11-30', changed: 1 },
      { asOf: '2023-12-05' },
      { asOf: '2023-12-05', changed: 1 },
      { asOf: '2023-12-06', ended: 1 },
    ])
  })

  it('shows a village its own households only', async () => {
    const cadre = world.as(grantArea(county, village), { roles: ['village-cadre'] })
    const page = await readClassification(cadre, {})
    expect(page.items.map((item) => item.areaPath)).toEqual([`${village}01.`, `${village}01.`, `${village}01.`])
    expect(page.total).toBe(3)
    expect((await readClassification(cadre, { layer: '第一层' })).total).toBe(
      (await readClassification(officer(), { layer: '第一层' })).total,
    )
    await expect(readClassificationHistory(cadre, ids['former'] ?? '')).rejects.toMatchObject({ status: 404 })
  })

  it('judges by what the county publishes, a township by its own, and a day before as it was judged then', async () => {
    const ctx = on('2023-12-07')
    const use = (value: string) =>
      JSON.stringify({ values: [{ name: '启用四色卡', en: 'Cards are used', unit: '', decimals: 0, value, latitude: 'free', note: '' }] })
    const cardOf = async (name: string) => (await readClassificationHistory(officer(), ids[name] ?? '')).stretches[0]
    expect(await cardOf('open')).toMatchObject({ card: '未定' })
    await givenPublished(ctx, { key: 'cases.card-use', content: use('是'), effectiveFrom: '2023-12-07' })
    // Who gets no card has the same result on another paper.
    expect(await classify('2023-12-07')).toMatchObject({ changed: 2, renewed: 1, still: 0 })
    const carded = await cardOf('open')
    expect(carded?.card).not.toBe('未定')
    expect(carded?.fired.find((table) => table.column === 'card')?.versions.map((one) => one.key)).toContain('cases.card-use')
    const townshipPath = `${village.split('.').slice(0, 4).join('.')}.`
    await givenPublished(ctx, { key: 'cases.card-use', content: use('否'), effectiveFrom: '2023-12-08', areaPath: townshipPath })
    expect(await classify('2023-12-08')).toMatchObject({ changed: 2 })
    expect(await cardOf('open')).toMatchObject({ card: '未定', validFrom: '2023-12-08' })
    const again = await inTransaction(ctx, (db) => judgeRegister({ ...ctx, db }, { asOf: '2023-12-07', reason: 'test' }))
    expect(again.areas.map((area) => area.areaPath)).toEqual(['', townshipPath])
    const { words, codes } = again.verdicts.columns.card
    expect(words[codes[again.households.ids.indexOf(ids['open'] ?? '')] ?? -1]).toBe(carded?.card)
  })

  it('is judged again when a table of its own is published that counts already, and for no other', async () => {
    const ctx = on('2023-12-09')
    const waits = async (key: string, effectiveFrom: string) =>
      inTransaction(ctx, async (db) => {
        const before = (await listWaiting(db, ctx)).length
        await notePublished({ ...ctx, db }, { key, versionId: makeId(), areaPath: '', effectiveFrom })
        return (await listWaiting(db, ctx)).length - before
      })
    expect(await waits('cases.card', '2023-12-09')).toBe(1)
    expect(await waits('cases.card', '2024-01-01')).toBe(0) // met on its first day
    expect(await waits('markets.sales-reward', '2023-12-09')).toBe(0)
    await classifyWaiting(ctx, { clock: () => Date.parse(ctx.now) })
    expect(await inTransaction(ctx, (db) => listWaiting(db, ctx))).toEqual([])
  })

  it('chooses whom a campaign asks, together with what its filter says; one that is named comes in whatever he is', async () => {
    for (const one of classNarrowers) if (!whoNarrows.includes(one)) whoNarrows.push(one)
    const asked = async (by: { key: string; values: string[] }[], householdNos: string[] = []) => {
      const filter = { areas: [], types: ['脱贫户', '一般农户'], tags: [], by }
      const { campaignId } = await givenCampaign(officer(), { filter, isOpen: false, householdNos })
      const found = await inTransaction(officer(), (db) =>
        sql<{ id: string }>`SELECT household_id AS id FROM surveys.v_target WHERE campaign_id = ${campaignId}::uuid`.execute(db),
      )
      return new Set(found.rows.map(({ id }) => id))
    }
    const layer = { key: 'cases.layer', values: ['第一层', '第二层'] }
    const narrower = classNarrowers.find((one) => one.key === layer.key)
    expect(await inTransaction(officer(), async (db) => narrower?.values(officer(), db))).toEqual(expect.arrayContaining(layer.values))
    expect(await asked([layer])).toEqual(new Set([ids['cleared'], ids['open']]))
    const first = [layer, { key: 'cases.labourClass', values: ['第一类'] }]
    expect(await asked(first)).toEqual(new Set([ids['cleared']]))
    const general = (await getHousehold(officer(), ids['general'] ?? '', { vault: world.vault })).householdNo
    expect(await asked(first, [general])).toEqual(new Set([ids['cleared'], ids['general']]))
    await expect(asked([{ key: 'cases.none', values: ['一'] }])).rejects.toMatchObject({ code: 'surveys.unknown-filter' })
  })

  it('begins a run of its own on a new day, once', async () => {
    const clock = () => Date.UTC(2023, 11, 20, 1)
    expect(await classifyNewDay({ clock, database: world.database })).toBe(false) // nothing was imported yet
    await inTransaction(on('2023-12-20'), (db) =>
      sql`INSERT INTO registry.register_revision (county_code, revision, changed_at, changed_by) VALUES (${county}, 1, now(), ${makeId()})`.execute(
        db,
      ),
    )
    expect(await classifyNewDay({ clock, database: world.database })).toBe(true)
    expect(await classifyNewDay({ clock, database: world.database })).toBe(false)
  })
})
