import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { HouseholdId, PersonId } from '../contract.ts'
import { decideCorrection, proposeCorrection } from './correct-register.ts'
import { givenIdNumber } from './given.ts'
import { importFiles } from './import/import-files.ts'
import { openStatements, readStatedNumber } from './read-statements.ts'
import { searchHouseholds } from './search-households.ts'

const world = openTestWorld()

const labels =
  '县,乡,村,户编号,监测对象类别,人编号,姓名,性别,证件类型,证件号码,出生日期,与户主关系,健康状况,劳动技能,耕地面积（亩）,危房级别,人均纯收入（元）,风险是否已消除,识别监测时间,致贫/返贫风险1'

interface Read {
  line: string
  layouts: ReadonlyMap<string, readonly string[]>
  corrected: Record<string, string>[]
}

async function read(ctx: Context): Promise<Read> {
  return inTransaction(ctx, async (db) => {
    const statements = await openStatements(ctx, db, { vault: world.vault, reason: 'test' })
    const line = Buffer.concat(await Array.fromAsync(statements.households()))
      .toString('utf8')
      .trimEnd()
    return { line, layouts: statements.layouts, corrected: [...statements.corrected.values()].map((cells) => Object.fromEntries(cells)) }
  })
}

it('hands out what an export states as stated, its number only encrypted, and what a correction of ours has settled', async () => {
  const county = await givenCounty(world.database, { clock: () => testNowMs })
  const officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
  const ctx = actingAs(officer, world.as(grantCounty('990301')))
  const system = world.as(grantSystem('990301', 'test'))
  const number = givenIdNumber()
  const path = join(world.directory, 'monitoring.csv')
  const place = `青禾县,${county.townships[0]?.name ?? ''},${county.villages[0]?.name ?? ''}`
  writeFileSync(
    path,
    `${labels}\n${place},9903011010000001,,990301101000000101,单为民,女,居民身份证（户口簿）,${number},19700115,户主,健康,,2.5,A级,6000.5,,,\n`,
  )
  const done = await importFiles(system, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: [path] })
  expect(done.files.map((file) => [file.error, file.batch?.state])).toEqual([[undefined, 'applied']])

  const first = await read(system)
  const [, householdNo, , household = '', persons = ''] = first.line.split('\t')
  const [, personNo, said = '', sealed = ''] = persons.split('\u001c')
  const cellsOf = (text: string) => {
    const [layout = '', ...cells] = text.split('\u001f')
    return Object.fromEntries((first.layouts.get(layout) ?? []).map((key, at) => [key, cells[at]]))
  }
  expect([householdNo, personNo]).toEqual(['9903011010000001', '990301101000000101'])
  expect(cellsOf(household)).toMatchObject({ cultivatedLandMu: '2.5', netIncomePerCapita: '600050', monitorCategory: '', riskType1: '' })
  expect(cellsOf(said)).toMatchObject({ sex: '女', birthDate: '1970-01-15', laborSkill: '', relationToHead: '户主' })
  expect(cellsOf(said)['idNumber']).toMatch(/^18 right 1970-\d\d-15 [男女]  [\w-]{22}$/)
  expect(first.line).not.toContain(number)
  expect(readStatedNumber(world.vault, personNo ?? '', sealed)).toBe(number)
  expect(first.corrected).toEqual([])

  const found = (await searchHouseholds(ctx, { q: 'shanweimin', limit: 50 }, world.vault)).items[0]
  const householdId = HouseholdId.parse(found?.householdId)
  const personId = PersonId.parse(found?.match?.personId)
  const deps = { vault: world.vault }
  for (const [field, newValue] of [
    ['sex', '男'],
    ['laborSkill', '普通劳动力'],
    ['healthStatus', '残疾'],
  ] as const) {
    const proposed = await proposeCorrection(ctx, { householdId, personId, field, newValue, source: '入户走访' }, deps)
    await decideCorrection(ctx, proposed.correctionId, { revision: proposed.revision, decision: 'apply', deps })
  }
  expect((await read(system)).corrected).toEqual([{ sex: '男', laborSkill: '普通劳动力', healthStatus: '残疾' }])
})

it('refuses to read without a reason', async () => {
  const ctx = world.as(grantSystem('990301', 'test'))
  await expect(inTransaction(ctx, (db) => openStatements(ctx, db, { vault: world.vault, reason: ' ' }))).rejects.toThrow(
    'registry.reason-needed',
  )
})
