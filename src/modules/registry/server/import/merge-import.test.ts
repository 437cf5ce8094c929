import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import { mergePersons } from '../merge-persons.ts'
import { givenEmptyCounty } from './given.ts'
import { importFiles } from './import-files.ts'

const world = openTestWorld()
// Region 990391 was never assigned.
const idOf = (order: number): string => {
  const first17 = `99039119700101${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}
const labels = '乡镇,行政村,村民小组,户编号,户主姓名,户类型,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,本人电话'
const fileOf = (name: string, phone: string): string => {
  const row = (household: string, person: string, ...cells: string[]) =>
    ['菱塘镇', '柳湾村', '3组', household, '单明', '一般农户', person, `${household}0${person}`, ...cells].join(',')
  const lines = [
    row('9903011012010001', '1', '单明', '男', '1970-01-01', idOf(11), '户主', phone),
    row('9903011012010002', '1', '单明', '男', '1970-01-01', `${idOf(11).slice(0, 15)}000`, '户主', phone),
    row('9903011012010002', '2', '曾小二', '男', '1990-01-01', idOf(22), '之子', ''),
  ]
  mkdirSync(join(world.directory, name))
  const path = join(world.directory, name, '农户信息.csv')
  writeFileSync(path, `${[labels, ...lines].join('\r\n')}\r\n`)
  return path
}

it('a file that states both numbers again does not bring back the row that was merged', async () => {
  const ctx = await givenEmptyCounty((scope) => world.as(scope), { countyCode: '990481', name: '青禾县' })
  const run = (path: string, asOf: string) =>
    importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'kept') }, { paths: [path], asOf })
  const today = () =>
    inTransaction(ctx, async (db) => {
      const found = await sql<{ id: string; no: string }>`
        SELECT person_id AS id, person_no AS no FROM registry.person WHERE county_code = '990481' AND left_on IS NULL ORDER BY person_no`.execute(
        db,
      )
      return found.rows
    })
  expect((await run(fileOf('october', '15400000001'), '2023-10-31')).files.map((file) => file.error)).toEqual([undefined])
  const [one, double] = await today()
  // The head of the other household would leave it headless; so the row in it stays.
  await mergePersons(
    ctx,
    { staysId: double?.id ?? '', leavesId: one?.id ?? '', take: ['idNumber'], reason: '一人录了两次' },
    { vault: world.vault },
  )
  expect((await today()).map((person) => person.no)).toEqual(['990301101201000201', '990301101201000202'])
  expect((await run(fileOf('november', '15400000002'), '2023-11-30')).files.map((file) => file.error)).toEqual([undefined])
  expect((await today()).map((person) => person.no)).toEqual(['990301101201000201', '990301101201000202'])
  const numbers = await inTransaction(ctx, (db) =>
    sql<{ same: boolean; memberships: number }>`
      SELECT w.id_index = ${world.vault.blindIndex('id-number', idOf(11))} AS same,
        (SELECT count(*)::int FROM registry.membership m WHERE m.county_code = '990481' AND m.valid_to IS NULL) AS memberships
      FROM registry.person w WHERE w.county_code = '990481' AND w.person_no = '990301101201000201'`.execute(db),
  )
  // The right number, chosen in the merge, is held against the file's wrong one.
  expect(numbers.rows[0]).toEqual({ same: true, memberships: 2 })
})
