import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { valueAt } from '#kernel/pure/decisions/index.ts'
import { printValue, startRun, type Value } from '#kernel/pure/expressions/index.ts'
import { readDay, type Day } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { importFiles } from '#modules/registry/server/index.ts'
import { givenEmptyCounty, givenHousehold } from '#modules/registry/server/given.ts'
import { givenLead, givenRun } from '#modules/screening/server/given.ts'
import { generateCounty } from '#modules/demo/server/index.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { factsAbout } from '../policy/facts.ts'
import { factsOf } from './fact-households.ts'
import { loadSubjects } from './fact-load.ts'
import type { LoadedSubjects } from './fact-subjects.ts'

const world = openTestWorld()

function day(text: string): Day {
  const read = readDay(text)
  if (read === undefined) throw new Error(text)
  return read
}

const shown = (value: Value) => (value === null ? '' : printValue(value, startRun()))

function at(loaded: LoadedSubjects, name: string, record: number): Value {
  const column = loaded.columns[name]
  return column === undefined ? null : valueAt(column, record)
}

const asOf = day('2023-12-31')
const namesOf = (of: 'household' | 'person' | 'village') => factsAbout(of).map(({ name }) => name)

describe('facts of a county that was generated', () => {
  it('are the same in the column and for the single household, whatever the fact', { timeout: 120_000 }, async () => {
    const out = mkdtempSync(join(world.directory, 'county-'))
    const { county } = await generateCounty({ households: 400, seed: 'facts', out, months: 1, startMonth: '202312', registeredShare: 0.5 })
    const base = await givenEmptyCounty((scope) => world.as(scope), { countyCode: county.code, name: county.name })
    const paths = ['registry', 'national'].flatMap((part) => readdirSync(join(out, part)).map((name) => join(out, part, name)))
    const imported = await importFiles(base, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths })
    expect(imported.files.flatMap((file) => (file.error === undefined ? [] : [file.error]))).toEqual([])

    const ctx = world.as(grantCounty(county.code))
    await inTransaction(ctx, async (db) => {
      const inside = { ...ctx, db }
      const names = namesOf('household')
      const all = await loadSubjects(inside, db, { of: 'household', facts: names, asOf })
      expect(all.count).toBe(400)
      for (let record = 0; record < all.count; record += 37) {
        const single = await factsOf(inside, db, all.ids[record] ?? '', asOf)
        const differing = names.filter((name) => shown(single?.get(name) ?? null) !== shown(at(all, name, record)))
        expect(differing).toEqual([])
      }
      await expectPersonsAndVillages(inside, db, all)
    })
  })
})

async function expectPersonsAndVillages(
  ...[ctx, db, all]: [Parameters<typeof loadSubjects>[0], Parameters<typeof loadSubjects>[1], LoadedSubjects]
) {
  const persons = await loadSubjects(ctx, db, { of: 'person', facts: namesOf('person'), asOf })
  const members = all.columns['家庭人口数']
  const sum = members?.kind === 'numbers' ? members.values.reduce((total, one) => total + (one || 0), 0) : 0
  expect(persons.count).toBe(sum)
  const villages = await loadSubjects(ctx, db, { of: 'village', facts: namesOf('village'), asOf })
  const total = (name: string) =>
    Array.from({ length: villages.count }, (_, record) => Number(shown(at(villages, name, record)))).reduce((a, b) => a + b, 0)
  expect([total('户数'), total('人口数')]).toEqual([all.count, sum])
  expect(total('监测户数')).toBe(all.ids.filter((_, record) => at(all, '是监测对象', record) === true).length)
}

describe('facts of a household on a day', () => {
  const path = '99.9903.990301.990301101.990301101201.'
  const members = [
    { name: '甲', labourSkill: '普通劳动力', bornOn: '1980-01-01' },
    { name: '乙', labourSkill: '弱劳动力或半劳动力', bornOn: '1985-01-01' },
    { name: '丙', bornOn: '2023-11-11' },
  ]

  it('counts who belonged to it then: the newborn only from the day of birth', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      const { householdId } = await givenHousehold(inside, world.vault, { areaPath: path, members })
      const on = async (text: string) => {
        const facts = await factsOf(inside, inside.db, householdId, day(text))
        return ['家庭人口数', '普通劳动力人数', '劳动能力未填人数', '整户无劳动能力'].map((name) => shown(facts?.get(name) ?? null))
      }
      expect(await on('2023-11-10')).toEqual(['2', '1', '0', 'false'])
      expect(await on('2023-12-31')).toEqual(['3', '1', '1', 'false'])
    })
  })

  it('are unknown for a household without members, but not that it is not monitored', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      const { householdId } = await givenHousehold(inside, world.vault, { areaPath: path, members: [] })
      const facts = await factsOf(inside, inside.db, householdId, asOf)
      expect(facts?.get('普通劳动力人数')).toBeNull()
      expect(facts?.get('整户无劳动能力')).toBeNull()
      expect(facts?.get('监测状态')).toBe('未纳入')
    })
  })

  it('are those of the caller’s own area only', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      await givenHousehold(inside, world.vault, { areaPath: path })
      const other = await givenHousehold(inside, world.vault, { areaPath: '99.9903.990301.990301902.990301902201.' })
      const own = world.as(grantArea('990301', '99.9903.990301.990301902.'))
      const loaded = await loadSubjects({ ...inside, scope: own.scope }, inside.db, { of: 'household', facts: ['家庭人口数'], asOf })
      expect(loaded.ids).toEqual([other.householdId])
    })
  })

  it('takes no words of a cell for another cell', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      const tricky = {
        name: '甲',
        labourSkill: '普通\u001d劳\u001c动\t力\\N',
        facts: { healthStatus: '健康\u001c残疾\u001d', dibaoStatus: '农村低保' },
      }
      const { householdId } = await givenHousehold(inside, world.vault, { areaPath: path, members: [tricky, { name: '乙' }] })
      const facts = await factsOf(inside, inside.db, householdId, asOf)
      expect(shown(facts?.get('家庭人口数') ?? null)).toBe('2')
      expect(shown(facts?.get('劳动能力未填人数') ?? null)).toBe('2')
    })
  })

  it('knows open leads of the day, and tags', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      const { householdId } = await givenHousehold(inside, world.vault, { areaPath: path })
      const names = ['有未结线索', '标签低保户', '标签边缘户']
      const on = async (text: string) => {
        const facts = await factsOf(inside, inside.db, householdId, day(text), names)
        return names.map((name) => facts?.get(name))
      }
      expect(await on('2023-12-31')).toEqual([false, false, false])
      const runId = await givenRun(inside, '202311')
      await givenLead(inside, { runId, month: '202311', householdId, areaPath: path })
      await sql`INSERT INTO registry.household_tag (county_code, tag_id, household_id, area_path, tag, valid_from, source, set_by)
        VALUES ('990301', ${makeId()}, ${householdId}, ${path}, 'dibao', '2023-12-18', '测试', 'test')`.execute(inside.db)
      expect(await on('2023-12-18')).toEqual([true, true, false])
      expect(await on('2023-12-17')).toEqual([false, false, false])
    })
  })

  it('refuses a name that is no fact', async () => {
    const ctx = world.as(grantSystem('990301', 'test'))
    await rolledBack(ctx, async (inside) => {
      await expect(loadSubjects(inside, inside.db, { of: 'household', facts: ['没有这个'], asOf })).rejects.toMatchObject({
        code: 'policies.unknown-fact',
      })
    })
  })
})
