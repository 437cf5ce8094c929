import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import type { ImportProblem } from '../../contract.ts'
import { decideMissing } from './decide-missing.ts'
import { givenEmptyCounty, snapshotOf } from './given.ts'
import { importFiles, type ImportFilesInput, type ImportFilesResult } from './import-files.ts'
import { listDifferences } from './result-store.ts'
import { undoImport } from './undo-import.ts'

const world = openTestWorld()
const labels =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,户联系电话,本人电话,务工月收入（元）'
let files = 0

/** A valid number of a region never assigned. */
const idOf = (order: number): string => {
  const first17 = `99039119700101${String(order).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}
interface GivenRow {
  household: number
  person: number
  [label: string]: string | number
}
const rowOf = ({ household, person, ...other }: GivenRow): string => {
  const householdNo = `990301101201${String(household).padStart(4, '0')}`
  const values: Record<string, string | number> = {
    乡镇: '菱塘镇',
    行政村: '柳湾村',
    村民小组: '3组',
    户编号: householdNo,
    户主姓名: '单明',
    户类型: '脱贫户',
    序号: person,
    人编号: `${householdNo}0${person}`,
    姓名: person === 1 ? '单明' : `曾小${'一二三四五六'[person] ?? ''}`,
    性别: '男',
    出生日期: '1970-01-01',
    身份证号: idOf(household * 10 + person),
    与户主关系: person === 1 ? '户主' : '之子',
    户联系电话: '15400000001',
    ...other,
  }
  return labels
    .split(',')
    .map((label) => values[label] ?? '')
    .join(',')
}
const fileOf = (rows: readonly GivenRow[], header = labels): string => {
  files += 1
  const folder = join(world.directory, String(files))
  mkdirSync(folder, { recursive: true })
  const path = join(folder, '农户信息.csv')
  writeFileSync(path, `${[header, ...rows.map(rowOf)].join('\r\n')}\r\n`)
  return path
}
const family = [1, 2, 3].flatMap((household) => [1, 2].map((person): GivenRow => ({ household, person })))

describe('importing the register', () => {
  let countyCode = 990_400
  /** A county of its own for each test. */
  const begin = async () => {
    countyCode += 1
    const ctx = await givenEmptyCounty((scope) => world.as(scope), { countyCode: String(countyCode), name: '青禾县' })
    const run = (given: Partial<ImportFilesInput> & { paths: readonly string[] }): Promise<ImportFilesResult> =>
      importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'kept') }, given)
    return { ctx, run }
  }
  const reasonsOf = (problems: readonly ImportProblem[]) =>
    problems.map(({ row, label, reason, severity }) => [row, label, reason, severity])

  it('refuses single rows with row, column and reason and takes the others', async () => {
    const { ctx, run } = await begin()
    const bad: GivenRow[] = [
      { household: 4, person: 1, 姓名: '' },
      { household: 5, person: 1, 户编号: '' },
      { household: 6, person: 1, 人编号: '12 3?' },
      { household: 1, person: 1 },
    ]
    const {
      files: [file],
    } = await run({ paths: [fileOf([...family, ...bad])] })
    expect(file?.batch?.counts).toMatchObject({ read: 11, staged: 6, refused: 4, notData: 1 })
    expect(reasonsOf(file?.problems ?? [])).toEqual([
      [8, '姓名', 'no-name', 'refused'],
      [9, '户编号', 'no-household-number', 'refused'],
      [10, '人编号', 'person-number-form', 'refused'],
      [11, '人编号', 'person-twice', 'refused'],
    ])
    expect((await snapshotOf(ctx)).filter((row) => row.startsWith('person'))).toHaveLength(6)
  })

  it('keeps doubtful values as written and repairs typography', async () => {
    const { run } = await begin()
    const rows = family.with(0, {
      household: 1,
      person: 1,
      身份证号: `${idOf(11).slice(0, 17)}${idOf(11).endsWith('X') ? '1' : 'X'}`,
      户联系电话: '１５４ ０００００００２',
    })
    const {
      files: [file],
    } = await run({ paths: [fileOf(rows)] })
    expect(reasonsOf(file?.problems ?? [])).toEqual([
      [2, '身份证号', 'id-check-character', 'suspicious'],
      [2, '户联系电话', 'typography', 'corrected'],
      [3, '户联系电话', 'household-differs', 'suspicious'],
    ])
  })

  it('changes field by field in the next file, shows who is missing, and comes back by undo', async () => {
    const { ctx, run } = await begin()
    await run({ paths: [fileOf(family)] })
    const before = await snapshotOf(ctx)
    const next = family.slice(0, 5).with(1, { household: 1, person: 2, 姓名: '曾小新', 身份证号: idOf(99) })
    const {
      files: [file],
    } = await run({ paths: [fileOf([...next, { household: 3, person: 3 }])], asOf: '2024-01-31' })
    expect(file?.batch?.differences.person).toMatchObject({ new: 1, changed: 1, same: 4, conflict: 0, missing: 1 })
    const batchId = file?.batch?.batchId ?? ''
    const changes = await inTransaction(ctx, (db) =>
      listDifferences(db, ctx, { batchId, after: 0, limit: 10, entity: 'person', status: 'changed' }),
    )
    expect(changes[0]?.changes).toEqual({
      name: ['曾小三', '曾小新'],
      idNumber: [`${idOf(12).slice(0, 6)}********${idOf(12).slice(14)}`, `${idOf(99).slice(0, 6)}********${idOf(99).slice(14)}`],
    })
    const missing = await inTransaction(ctx, (db) => listDifferences(db, ctx, { batchId, after: 0, limit: 10, status: 'missing' }))
    const decided = await decideMissing(ctx, batchId, { differenceNos: missing.map((one) => one.differenceNo), decision: 'left' })
    expect(decided.left).toBe(1)
    await undoImport(ctx, { batchId, reason: '测试撤销' })
    expect(await snapshotOf(ctx)).toEqual(before)
  })

  it('refuses to undo a batch whose rows a later one changed', async () => {
    const { ctx, run } = await begin()
    const {
      files: [first],
    } = await run({ paths: [fileOf(family)] })
    await run({ paths: [fileOf(family.with(1, { household: 1, person: 2, 姓名: '曾小新' }))] })
    const undoing = undoImport(ctx, { batchId: first?.batch?.batchId ?? '', reason: '测试撤销' })
    await expect(undoing).rejects.toMatchObject({ code: 'registry.touched-later', details: { rows: 1 } })
  })

  it('moves a person to another household and a household to another group, and back by undo', async () => {
    const { ctx, run } = await begin()
    await run({ paths: [fileOf(family)] })
    const before = await snapshotOf(ctx)
    const moved: GivenRow[] = family.map((row) => (row.household === 2 ? { ...row, 村民小组: '5组' } : row))
    const next = moved
      .with(1, { household: 3, person: 2, 人编号: '990301101201000102', 身份证号: idOf(12), 姓名: '曾小三' })
      .filter((row, at) => at !== 5 || row.person !== 2)
    const {
      files: [file],
    } = await run({ paths: [fileOf(next)], asOf: '2024-01-31' })
    expect(file?.error).toBeUndefined()
    expect(file?.batch?.differences.household).toMatchObject({ changed: 1 })
    const rows = (await snapshotOf(ctx)).filter((row) => row.startsWith('membership'))
    expect(rows.filter((row) => row.includes('"end_reason": "moved"'))).toHaveLength(1)
    expect(rows.filter((row) => row.includes('.05."'))).toHaveLength(2)
    await undoImport(ctx, { batchId: file?.batch?.batchId ?? '', reason: '测试撤销' })
    expect(await snapshotOf(ctx)).toEqual(before)
  })

  it('changes nothing in a dry run', async () => {
    const { ctx, run } = await begin()
    const {
      files: [file],
    } = await run({ paths: [fileOf(family)], isDryRun: true })
    expect(file?.batch?.differences.person?.new).toBe(6)
    expect(await snapshotOf(ctx)).toEqual([])
  })

  it.each([
    ['an empty file', '', 'sheets.empty-file'],
    ['a file of no known kind', '品名,单价\r\n化肥,120\r\n种子,30\r\n', 'registry.unknown-kind'],
    ['a file without a key column', `${fileText(['乡镇', '人编号'])}`, 'sheets.missing-columns'],
  ])('refuses %s and writes nothing', async (_name, content, code) => {
    const { ctx, run } = await begin()
    const path = fileOf([])
    writeFileSync(path, content)
    const {
      files: [file],
      isRefused,
    } = await run({ paths: [path] })
    expect({ code: file?.error?.code, isRefused }).toEqual({ code, isRefused: true })
    expect(await snapshotOf(ctx)).toEqual([])
  })

  it('refuses files of two counties before anything is read in', async () => {
    const { ctx, run } = await begin()
    const other = family.map((row) => ({
      ...row,
      户编号: `8803011012010${row.household}00`,
      人编号: `8803011012010${row.household}00${row.person}`,
    }))
    await expect(run({ paths: [fileOf(family), fileOf(other)] })).rejects.toMatchObject({ code: 'registry.several-counties' })
    expect(await snapshotOf(ctx)).toEqual([])
  })
})

/** The register without some of its columns. */
function fileText(without: readonly string[]): string {
  const header = labels.split(',')
  const kept = header.flatMap((label, at) => (without.includes(label) ? [] : [at]))
  return [labels, ...family.map(rowOf)].map((line) => kept.map((at) => line.split(',')[at]).join(',')).join('\r\n')
}
