import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantSystem } from '../../src/kernel/server/caller/index.ts'
import { givenCounty } from '../../src/modules/identity/server/given.ts'
import { importFiles, undoImport } from '../../src/modules/registry/server/module.ts'
import { givenIdNumber } from '../../src/modules/registry/server/given.ts'
import { compareFiles } from '../../src/modules/screening/server/module.ts'
import { openTestWorld } from '../database.ts'
import { dumpRows, rowsWith } from './dump.ts'

// What real files leave in the database: no whole number of anybody, and of people whom the register does not know nothing at all
// (trust.md §5.1, §5.4).
const world = openTestWorld()
const numbers = Array.from({ length: 8 }, () => givenIdNumber())
const phones = ['15400551001', '15400551002', '15400551003', '16400551004', '16400551005']
const stranger = { name: '路过陌人', number: givenIdNumber(), phone: '16400559999' }
let place = { township: '', village: '' }

const registerHeader =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,户联系电话,本人电话,银行卡号'
/** A household of one; `no` is the last digit of its number. */
const person = (no: number, name: string, idNumber: string) =>
  `${place.township},${place.village},1组,990301777777770${no},${name},一般农户,1,990301777777770${no}01,${name},男,1970-01-15,${idNumber},户主,${phones[no % 5] ?? ''},${phones[(no + 1) % 5] ?? ''},62288000271828${no}`
const system = () => world.as(grantSystem('990301', 'test'))
const deps = () => ({ vault: world.vault, filesDirectory: join(world.directory, 'files') })

function writeFile(name: string, lines: readonly string[]): string {
  const path = join(world.directory, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

beforeAll(async () => {
  const county = await givenCounty(world.database)
  place = { township: county.townships[0]?.name ?? '', village: county.villages[0]?.name ?? '' }
})

async function bring(name: string, lines: readonly string[], asOf: string): Promise<string> {
  const { files } = await importFiles(system(), deps(), { paths: [writeFile(name, [registerHeader, ...lines])], asOf })
  expect(files.map((file) => [file.error, file.batch?.state])).toEqual([[undefined, 'applied']])
  return files[0]?.batch?.batchId ?? ''
}

describe('the database', () => {
  it('holds no whole number after imports with changed, refused and missing rows, a comparison and an undo', async () => {
    const wrongCheck = `${(numbers[5] ?? '').slice(0, 17)}${(numbers[5] ?? '').endsWith('1') ? '2' : '1'}`
    const certificate = `${numbers[6] ?? ''}44`
    const rows = [0, 1, 2, 3].map((at) => person(at, at < 2 ? '同名人' : `户主${'甲乙丙丁'[at] ?? ''}`, numbers[at] ?? ''))
    await bring('one.csv', [...rows, person(5, '号码错', wrongCheck), person(6, '证号人', certificate)], '2023-09-30')
    // Another number for one, one who is gone, one who is new.
    const again = await bring(
      'two.csv',
      [...rows.slice(0, 2), person(2, '户主丙', numbers[4] ?? ''), person(7, '新来人', numbers[7] ?? '')],
      '2023-10-31',
    )
    const list = writeFile('医保.csv', [
      '姓名,身份证号,乡镇,行政村,联系电话,自付费用',
      `同名人,${numbers[0] ?? ''},${place.township},${place.village},${phones[0] ?? ''},52000`,
      `同名人,,${place.township},${place.village},,61000`,
      `${stranger.name},${stranger.number},${place.township},${place.village},${stranger.phone},73000`,
    ])
    const terms = {
      sender: '医保局',
      purpose: '数据比对',
      sharingItem: '比对清单',
      legalBasis: '共享协议',
      expiresOn: '2099-12-31',
      retentionDays: 0,
    }
    const compared = await compareFiles(deps(), system(), { ...terms, paths: [list], month: '202310' })
    expect([compared.rows, compared.classes['none'] ?? 0, compared.classes['exact'] ?? 0]).toEqual([3, 1, 1])
    const before = await dumpRows(world.database)
    await undoImport(system(), { batchId: again, reason: '导错了文件' })
    const accounts = [0, 1, 2, 3, 5, 6, 7].map((no) => `62288000271828${no}`)
    const secrets = [...numbers, wrongCheck, certificate, ...phones, ...accounts]
    for (const dump of [before, await dumpRows(world.database)]) {
      expect(rowsWith(dump, secrets)).toEqual([])
      expect(rowsWith(dump, [stranger.name, stranger.number, stranger.phone])).toEqual([])
      for (const table of [
        'registry.import_difference',
        'registry.import_problem',
        'screening.matched_row',
        'screening.lead_reason',
        'kernel.audit',
      ])
        expect(rowsWith(dump, [table]), table).not.toEqual([])
    }
  })
})
