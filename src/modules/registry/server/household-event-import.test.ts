import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import { askHouseholdEvent } from './household-events.ts'
import { givenEmptyCounty } from './import/given.ts'
import { importFiles } from './import/import-files.ts'

// What the next national file, which knows nothing of a household's events, does to them: nothing, and it says so.
const world = openTestWorld()
const numberOf = (order: number): string => {
  const first17 = `99039119700101${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}
const labels = '乡镇,行政村,村民小组,户编号,户主姓名,户类型,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,本人电话'
const homes = { one: '9903011012010001', two: '9903011012010002', three: '9903011012010003' }
const fileOf = (name: string): string => {
  const row = (home: string, head: string, person: number, who: string, relation: string) =>
    [
      '菱塘镇',
      '柳湾村',
      '3组',
      home,
      head,
      '一般农户',
      person,
      `${home}0${person}`,
      who,
      '男',
      '1970-01-01',
      numberOf(Number(home.slice(-1)) * 10 + person),
      relation,
      '',
    ].join(',')
  const lines = [
    row(homes.one, '单明', 1, '单明', '户主'),
    row(homes.one, '单明', 2, '单小一', '之子'),
    row(homes.one, '单明', 3, '单小二', '之子'),
    row(homes.two, '曾大', 1, '曾大', '户主'),
    row(homes.three, '曾老', 1, '曾老', '户主'),
  ]
  mkdirSync(join(world.directory, name))
  const path = join(world.directory, name, '农户信息.csv')
  writeFileSync(path, `${[labels, ...lines].join('\r\n')}\r\n`)
  return path
}

it('a later file that knows nothing of the events leaves them standing and shows each contradiction once', async () => {
  const ctx = await givenEmptyCounty((scope) => world.as(scope, { roles: ['county-data-officer'] }), {
    countyCode: '990482',
    name: '青禾县',
  })
  const deps = { vault: world.vault, filesDirectory: join(world.directory, 'kept') }
  const bring = async (name: string, asOf: string) => {
    const { files } = await importFiles(ctx, deps, { paths: [fileOf(name)], asOf })
    expect(files.map((file) => file.error)).toEqual([undefined])
    return files[0]?.batch?.batchId ?? ''
  }
  const persons = () =>
    inTransaction(ctx, async (db) => {
      const found = await sql<{ name: string; home: string; household: string; person: string; head: boolean; left: string | null }>`
        SELECT p.name, h.household_no AS home, h.household_id AS household, p.person_id AS person, p.is_head AS head, p.left_on AS left
        FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
        WHERE p.county_code = '990482' ORDER BY p.person_no`.execute(db)
      return found.rows
    })
  const contradictions = (batchId: string) =>
    inTransaction(ctx, async (db) => {
      const found = await sql<{ text: string }>`
        SELECT concat_ws(' ', entity, status, name, (SELECT string_agg(k, '+' ORDER BY k) FROM jsonb_object_keys(conflicts) k)) AS text
        FROM registry.import_difference WHERE county_code = '990482' AND batch_id = ${batchId}::uuid ORDER BY 1`.execute(db)
      return found.rows.map((row) => row.text)
    })
  await bring('october', '2023-10-31')
  const [, son, dead, stays, closes] = await persons()
  const did = (given: object) =>
    askHouseholdEvent(
      ctx,
      { command: HouseholdEventCommand.parse({ on: '2023-11-05', reason: '村里核实过', ...given }), isReport: false },
      deps,
    )
  await did({ kind: 'split', householdId: son?.household, members: [son?.person], newHeadId: son?.person })
  await did({ kind: 'death', householdId: dead?.household, personId: dead?.person })
  await did({ kind: 'merge', householdId: stays?.household, otherId: closes?.household, relations: { [closes?.person ?? '']: '之父' } })
  const after = await persons()
  const batchId = await bring('november', '2023-11-30')
  expect(await persons()).toEqual(after)
  expect(await contradictions(batchId)).toEqual([
    'household conflict 曾老 area',
    'person conflict 单小一 householdNo+relationToHead+seqNo',
    'person conflict 单小二 householdNo',
    'person conflict 曾老 householdNo+relationToHead+seqNo',
  ])
  expect(await contradictions(await bring('december', '2023-12-15'))).toEqual([])
  expect(await persons()).toEqual(after)
})
