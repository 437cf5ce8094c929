import { sql } from 'kysely'
import { describe, expect, inject, it } from 'vitest'
import { makeChance, pick, seed } from '../../../../test/chance.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { county, countyPath, draft, line, policies, policyPeople } from '../../../../test/policy-world.ts'
import { grantArea, grantCounty, grantHouseholds, type Context } from '../caller/index.ts'
import { inTransaction, openDatabase } from '../database/index.ts'
import { addDays, readDay, type Day } from '#kernel/pure/time/index.ts'
import { hashOf, listEvents, policyFor, publishVersion, startDraft, stepVersion, versionById, versionsOf } from './index.ts'

const world = openTestWorld()
const { writer, other, published } = policyPeople(world)

const contentOn = async (ctx: Context, asOf: string, more: { areaPath?: string; knownAt?: string; key?: string } = {}) =>
  (await policyFor(policies, ctx, more.key ?? 'test.table', { asOf, ...more }))?.version.content

describe('a version of a policy', () => {
  it('counts from its first day once another person has published it, and until then the superior’s does', async () => {
    await rolledBack(writer(), async (ctx) => {
      const made = await startDraft(policies, ctx, { ...draft('county'), key: 'test.table', areaPath: countyPath })
      expect(await contentOn(ctx, '2023-06-01')).toBe('nation')
      await stepVersion(ctx, 'submitted', { versionId: made.versionId, revision: 1, note: '' })
      expect(await contentOn(ctx, '2023-06-01')).toBe('nation')
      await sql`SET LOCAL app.caller = 'other'`.execute(ctx.db)
      await publishVersion(policies, { ...other(), db: ctx.db }, { versionId: made.versionId, revision: 2, note: '' })
      expect([await contentOn(ctx, '2022-12-31'), await contentOn(ctx, '2023-01-01')]).toEqual(['nation', 'county'])
    })
  })

  it('is replaced by one of the same first day, and replayed as it was known on any past moment', async () => {
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      const first = await published('first', { now: '2023-02-01T00:00:00.000Z', db })
      const second = await published('second', { now: '2023-03-01T00:00:00.000Z', db })
      expect(second.replacedId).toBe(first.version.versionId)
      const known = (knownAt: string) => contentOn(ctx, '2023-05-01', { knownAt })
      expect(await contentOn(ctx, '2023-05-01')).toBe('second')
      expect([await known('2023-01-15T00:00:00.000Z'), await known('2023-02-15T00:00:00.000Z')]).toEqual(['nation', 'first'])
      expect(await known('2023-03-15T00:00:00.000Z')).toBe('second')
      const old = await versionById(policies, ctx, first.version.versionId)
      expect([old.state, old.content]).toEqual(['replaced', 'first'])
      const events = await listEvents(db, ctx, first.version.versionId)
      expect(events.map((one) => one.kind).sort()).toEqual(['drafted', 'published', 'replaced', 'submitted'])
    })
  })

  it('of a part of the county counts there and nowhere else', async () => {
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      await published('part', { areaPath: `${countyPath}990301101.`, db })
      const of = (areaPath: string) => contentOn(ctx, '2023-06-01', { areaPath })
      expect([await of(`${countyPath}990301101.990301101200.`), await of(`${countyPath}990301201.`), await of(countyPath)]).toEqual([
        'part',
        'nation',
        'nation',
      ])
    })
  })

  it('has the same id and hash on every machine when it is shipped', async () => {
    const [first] = await versionsOf(policies, writer(), 'test.table')
    expect(first).toMatchObject({ versionId: '7f8b21ec-5a2e-8ae9-b162-b81c2bbbcc98', hash: hashOf('nation'), isShipped: true })
  })
})

describe('versions that are kept in memory', () => {
  const areaPath = `${countyPath}990301102.`

  it('are given up the moment another program publishes', async () => {
    const elsewhere = openDatabase(inject('serverAccess'), world.database.name, 1)
    const there = () => contentOn({ ...writer(), database: elsewhere }, '2023-06-01', { areaPath })
    try {
      for (const content of ['one', 'two']) {
        await published(content, { areaPath })
        expect([await there(), await there()]).toEqual([content, content])
      }
    } finally {
      await elsewhere.close()
    }
  })

  it('are none of a publication that was taken back', async () => {
    const before = await contentOn(writer(), '2023-06-01', { areaPath })
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      expect(await contentOn(ctx, '2023-06-01', { areaPath })).toBe(before)
      await published('taken back', { areaPath, db })
      expect(await contentOn(ctx, '2023-06-01', { areaPath })).toBe('taken back')
    })
    expect(await contentOn(writer(), '2023-06-01', { areaPath })).toBe(before)
    await published('kept', { areaPath })
    expect(await contentOn(writer(), '2023-06-01', { areaPath })).toBe('kept')
  })
})

describe('many publications', () => {
  it('are replayed for any day, area and state of knowledge as a list of them says', async () => {
    const chance = makeChance(seed)
    const days = Array.from({ length: 12 }, (_, month) => `2023-${String(month + 1).padStart(2, '0')}-10`)
    const areas = ['', '99.', countyPath, `${countyPath}990301101.`]
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      const made: { content: string; from: string; areaPath: string; at: string }[] = []
      for (let number = 0; number < 40; number += 1) {
        const one = {
          content: `text ${number}`,
          from: pick(chance, days),
          areaPath: pick(chance, areas),
          at: `2024-02-01T00:00:${10 + number}.000Z`,
        }
        await published(one.content, { ...one, now: one.at, db })
        made.push(one)
      }
      for (let ask = 0; ask < 150; ask += 1) {
        const [asOf, areaPath] = [addDays(dayIn(pick(chance, days)), chance(60) - 30), pick(chance, areas)]
        const knownAt = chance(3) === 0 ? undefined : `2024-02-01T00:00:${9 + chance(42)}.500Z`
        const known = made.filter((one) => one.from <= asOf && (knownAt === undefined || one.at <= knownAt))
        // Of the nearest area the latest first day, and of one first day the last that was published.
        const nearest = areas.filter((path) => areaPath.startsWith(path) && known.some((one) => one.areaPath === path)).pop()
        const here = known.filter((one) => one.areaPath === nearest)
        const wanted = here.filter((one) => here.every((other) => other.from <= one.from)).pop()?.content ?? 'nation'
        expect(await contentOn(ctx, asOf, { areaPath, ...(knownAt === undefined ? {} : { knownAt }) })).toBe(wanted)
      }
    })
  })
})

describe('values', () => {
  it('may be tightened below and never loosened', async () => {
    await rolledBack(writer(), async ({ db }) => {
      await expect(published(line('5999'), { key: 'test.line', db })).rejects.toMatchObject({ code: 'policies.not-publishable' })
    })
    await rolledBack(writer(), async ({ db }) => {
      const ctx = { ...writer(), db }
      await published(line('7000'), { key: 'test.line', db })
      const found = await policyFor(policies, ctx, 'test.line', { asOf: '2023-06-01' })
      expect(found?.values.get('线')).toMatchObject({ value: '7000', version: { areaPath: countyPath } })
      const before = await policyFor(policies, ctx, 'test.line', { asOf: '2022-06-01' })
      expect(before?.values.get('线')).toMatchObject({ value: '6000', version: { areaPath: '' } })
      expect(before?.hash).not.toBe(found?.hash)
    })
  })

  it('of a table that the superior keeps for himself cannot be said below', async () => {
    await rolledBack(writer(), async ({ db }) => {
      await expect(published('county', { key: 'test.fixed', db })).rejects.toMatchObject({ code: 'policies.not-publishable' })
    })
    await rolledBack(writer(), async ({ db }) => {
      await published('the nation’s new text, written down here', { key: 'test.fixed', areaPath: '', db })
      expect(await contentOn({ ...writer(), db }, '2023-06-01', { key: 'test.fixed' })).toContain('new text')
    })
  })
})

describe('versions', () => {
  it('is seen by the county offices only, and a published text by those whom it concerns, never by another county', async () => {
    const part = await published('part', { areaPath: `${countyPath}990301101.`, from: '2021-01-01' })
    const open = await startDraft(policies, writer(), { ...draft('open'), key: 'test.table', areaPath: countyPath })
    const seen = async (scope: Parameters<typeof world.as>[0]) =>
      (await versionsOf(policies, world.as(scope), 'test.table')).filter((one) => !one.isShipped).map((one) => one.versionId)
    const own = await seen(grantArea(county, `${countyPath}990301101.`))
    expect(own).toContain(part.version.versionId)
    expect(own).not.toContain(open.versionId)
    expect(await seen(grantArea(county, `${countyPath}990301101.990301101200.`))).toContain(part.version.versionId)
    expect(await seen(grantArea(county, `${countyPath}990301201.`))).not.toContain(part.version.versionId)
    expect(await seen(grantHouseholds(county, []))).not.toContain(open.versionId)
    expect(await seen(grantCounty('990302'))).toEqual([])
    await expect(versionById(policies, world.as(grantCounty('990302')), open.versionId)).rejects.toMatchObject({
      code: 'policies.version-not-found',
    })
    const foreign = inTransaction(world.as(grantCounty('990302')), (db) =>
      sql`UPDATE kernel.policy_version SET revision = revision + 1 RETURNING version_id`.execute(db),
    )
    expect((await foreign).rows).toEqual([])
  })
})

function dayIn(text: string): Day {
  const day = readDay(text)
  if (day === undefined) throw new Error(`${text} is a day`)
  return day
}
