import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser, type GivenUser } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { HouseholdId, PersonId } from '../contract.ts'
import { decideCorrection, proposeCorrection } from './correct-register.ts'
import { getHousehold } from './get-household.ts'
import { givenIdNumber } from './given.ts'
import { importFiles } from './import/import-files.ts'
import { listHouseholds } from './list-households.ts'
import { searchHouseholds } from './search-households.ts'
import { getTotals } from './totals-by-township.ts'

const world = openTestWorld()
let officer: GivenUser
let township = ''
let village = ''
beforeAll(async () => {
  const county = await givenCounty(world.database, { clock: () => testNowMs })
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
  township = county.townships[0]?.name ?? ''
  village = county.villages[0]?.name ?? ''
})

const header =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,民族,劳动技能,户联系电话,本人电话,务工月收入（元）'
const numbers = [givenIdNumber(), givenIdNumber(), givenIdNumber()]

/** A register of two households; what may differ between two months is given. */
function writeRegister(name: string, given: { labour: string; wage: string; withSon: boolean }): string {
  const row = (household: string, no: number, person: [string, string, string, string, string]) => {
    const [personName, relation, id, labour, wage] = person
    const head = household.endsWith('1') ? '单为民' : '覃国强'
    const type = household.endsWith('1') ? '一般农户' : '脱贫户'
    return `${township},${village},1组,${household},${head},${type},,${no},${household}0${no},${personName},男,1970-01-15,${id},${relation},汉族,${labour},15400000001,15400000002,${wage}`
  }
  const rows = [
    row('9903011010000001', 1, ['单为民', '户主', numbers[0] ?? '', given.labour, given.wage]),
    ...(given.withSon ? [row('9903011010000001', 2, ['单小宝', '之子', numbers[1] ?? '', '无劳动力', ''])] : []),
    row('9903011010000002', 1, ['覃国强', '户主', numbers[2] ?? '', '普通劳动力', '3000']),
  ]
  const path = join(world.directory, name)
  writeFileSync(path, `${header}\n${rows.join('\n')}\n`)
  return path
}

describe('a correction and the next file', () => {
  it('the corrected value stays, the file’s stands beside it, everything else of the file comes in, and the missing person waits for a decision', async () => {
    const ctx = actingAs(officer, world.as(grantCounty('990301')))
    const system = world.as(grantSystem('990301', 'test'))
    const bring = (path: string, asOf: string) =>
      importFiles(system, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: [path], asOf })
    const deps = { vault: world.vault }
    const first = await bring(writeRegister('a.csv', { labour: '普通劳动力', wage: '2000', withSon: true }), '2023-09-30')
    expect(first.files.map((file) => [file.error, file.batch?.state])).toEqual([[undefined, 'applied']])
    const found = (await searchHouseholds(ctx, { q: 'shanweimin', limit: 50 }, world.vault)).items[0]
    const householdId = HouseholdId.parse(found?.householdId)
    const personId = PersonId.parse(found?.match?.personId)

    const proposed = await proposeCorrection(
      ctx,
      { householdId, personId, field: 'laborSkill', newValue: '丧失劳动力', source: '入户走访' },
      deps,
    )
    await decideCorrection(ctx, proposed.correctionId, { revision: proposed.revision, decision: 'apply', deps })

    const second = await bring(writeRegister('b.csv', { labour: '普通劳动力', wage: '2600', withSon: false }), '2023-10-31')
    expect(second.files.map((file) => [file.error, file.batch?.state])).toEqual([[undefined, 'applied']])
    const record = await getHousehold(ctx, householdId, deps)
    const head = record.members.find((member) => member.personId === personId)
    const fact = (key: string) => head?.facts.find((one) => one.key === key)
    expect(fact('laborSkill')).toMatchObject({ value: '丧失劳动力', source: { from: 'correction', on: '2023-12-18' } })
    expect(fact('monthlyWage')).toMatchObject({ value: 260_000, source: { from: 'register', on: '2023-10-31' } })
    expect(fact('laborSkill')?.others).toEqual([{ from: 'register', value: '普通劳动力' }])
    expect(record.members.map((member) => [member.name, member.leftOn])).toContainEqual(['单小宝', undefined])
    expect((await listHouseholds(ctx, { limit: 50, missing: 'true' })).items.map((item) => item.householdId)).toEqual([householdId])
    expect(await getTotals(ctx)).toMatchObject({
      balances: true,
      sum: { households: 2, persons: 3, registeredHouseholds: 1, exitedHouseholds: 1 },
    })
  })
})
