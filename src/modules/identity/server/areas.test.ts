import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, rolledBack, testNowMs } from '../../../../test/database.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { addDays, dayOf } from '#kernel/pure/time/index.ts'
import { findArea, listAreas } from './area-store.ts'
import { givenCounty, type GivenCounty } from './given.ts'
import { areasByName, buildAreas, importAreas } from './import-areas.ts'

const world = openTestWorld()
let county: GivenCounty
const rolled = (work: (ctx: Context & { db: NonNullable<Context['db']> }) => Promise<void>) =>
  rolledBack(world.as(grantCounty(county.countyCode)), work)
const rows = [
  { code: '990301101', name: '菱塘街道' },
  { code: '990301102', name: '桐溪镇' },
]

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})

describe('an import of areas', () => {
  it('shows the differences without writing, then writes just those', () =>
    rolled(async (ctx) => {
      const before = await listAreas(ctx)
      const shown = await importAreas(ctx, { rows, isDryRun: true })
      expect(shown.counts).toEqual({ same: 0, new: 1, renamed: 1, recoded: 0, missing: 1, refused: 0 })
      expect(await listAreas(ctx)).toEqual(before)
      const done = await importAreas(ctx, { rows, isDryRun: false })
      expect(done).toEqual({ ...shown, isDryRun: false })
      expect((await importAreas(ctx, { rows, isDryRun: true })).counts).toMatchObject({ same: 2, new: 0, renamed: 0 })
      expect((await listAreas(ctx, { level: 'township' })).filter((area) => area.level === 'township').map((area) => area.name)).toEqual([
        '菱塘街道',
        '桐溪镇',
        '汀溪乡',
      ])
    }))

  it('keeps the name of before with the day on which it ended', () =>
    rolled(async (ctx) => {
      const today = addDays(dayOf(testNowMs), 40)
      await importAreas({ ...ctx, today }, { rows, isDryRun: false })
      const path = county.townships[0]?.path ?? ''
      const held = await sql<{ name: string; valid_to: string | null }>`
        SELECT name, valid_to FROM identity.area WHERE area_path = ${path} ORDER BY valid_from`.execute(ctx.db)
      expect(held.rows).toEqual([
        { name: '菱塘镇', valid_to: today },
        { name: '菱塘街道', valid_to: null },
      ])
      expect((await findArea(ctx, path))?.name).toBe('菱塘街道')
    }))

  it('takes ten thousand rows in one act', () =>
    rolled(async (ctx) => {
      const many = Array.from({ length: 90 }, (_, at) => ({ code: `9903013${10 + at}`, name: `新${at}镇` })).flatMap((township) => [
        township,
        ...Array.from({ length: 110 }, (_, at) => ({ code: `${township.code}${300 + at}`, name: `新${at}村` })),
      ])
      expect((await importAreas(ctx, { rows: many, isDryRun: false })).counts.new).toBe(many.length)
    }))
})

describe('areas from exports', () => {
  it('are made where the county does not know them and found by name afterwards', () =>
    rolled(async (ctx) => {
      const places = [
        { township: '菱塘镇', village: '柳湾村', group: '第四村民小组' },
        { township: '云岭乡', village: '高坡村', villageCode: '990301202201', group: '' },
      ]
      expect((await buildAreas(ctx, places, { isDryRun: true })).counts).toMatchObject({ new: 3, refused: 0 })
      await buildAreas(ctx, places, { isDryRun: false })
      const names = await areasByName(ctx)
      expect(names.findVillages('高坡', '云岭乡').map((area) => area.path)).toEqual(['99.9903.990301.990301202.990301202201.'])
      expect(names.findGroup(county.villages[0]?.path ?? '', '4组')?.name).toBe('4组')
      expect((await buildAreas(ctx, places, { isDryRun: true })).counts.new).toBe(0)
    }))

  it('cannot be written by an area role', async () => {
    const ctx = world.as(grantArea(county.countyCode, county.townships[0]?.path ?? ''))
    const places = [{ township: '菱塘镇', village: '新村', group: '' }]
    await expect(buildAreas(ctx, places, { isDryRun: false })).rejects.toThrow(/permission denied/)
  })
})
