import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeWithSampleCounty } from '../../../../test/shared-data.ts'
import { findHeader, judgeRow, openSheetFile, readSheetsSandboxed } from './index.ts'

/** Per list and sheet the rows that the truth says are data (not marked `not_data`). */
function rowsOfTruth(folder: string): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>()
  for (const line of readFileSync(join(folder, 'truth', 'matches.csv'), 'utf8')
    .replace('\ufeff', '')
    .trim()
    .split(/\r?\n/)
    .slice(1)) {
    const [month = '', file = '', sheet = '', row = ''] = line.split(',')
    if (line.includes('not_data')) continue
    const key = `${month}/${file}/${sheet}`
    found.set(key, (found.get(key) ?? new Set()).add(Number(row)))
  }
  return found
}

const labels = [
  '姓名',
  '户主姓名',
  '学生姓名',
  '身份证号',
  '公民身份号码',
  '身份证号码',
  '证件号码',
  '乡镇',
  '乡',
  '行政村',
  '村',
  '户编号',
  '残疾人证号',
  '机动车所有人',
  '诉求人',
  '来电号码',
  '借款人',
  '序号',
  '工单编号',
  '企业名称',
]

describeWithSampleCounty('the files of the sample county', (folder) => {
  it('are read whole: every row that the truth counts as data is data, no other', async () => {
    const truth = rowsOfTruth(folder)
    expect(truth.size).toBeGreaterThan(20)
    for (const month of readdirSync(join(folder, 'departments'))) {
      for (const name of readdirSync(join(folder, 'departments', month))) {
        const bySheet = await readData(join(folder, 'departments', month, name))
        for (const [sheet, rows] of bySheet) {
          const expected = truth.get(`${month}/${name}/${sheet}`) ?? truth.get(`${month}/${name}/`)
          if (expected !== undefined)
            expect(
              [...expected].filter((row) => !rows.has(row)),
              `${month}/${name} ${sheet}`,
            ).toEqual([])
        }
      }
    }
  })

  it('with headers in the rows where they stand, and hidden sheets left out', async () => {
    for (const name of readdirSync(join(folder, 'national'))) {
      const { header } = await look(join(folder, 'national', name))
      expect([name, header]).toEqual([name, 3])
    }
    expect((await look(join(folder, 'registry', readdirSync(join(folder, 'registry'))[0] ?? ''))).header).toBe(1)
  })
})

async function look(path: string): Promise<{ header: number | undefined; rows: number }> {
  let header: number | undefined
  let rows = 0
  for await (const block of readSheetsSandboxed(await openSheetFile({ path }))) {
    header ??= findHeader(block, labels)?.bottom
    rows += block.rows.length
  }
  return { header, rows }
}

async function readData(path: string): Promise<Map<string, Set<number>>> {
  const found = new Map<string, Set<number>>()
  let header: ReturnType<typeof findHeader>
  for await (const block of readSheetsSandboxed(await openSheetFile({ path }))) {
    const known = found.get(block.sheet)
    if (known === undefined) header = findHeader(block, labels)
    expect(header, `${path} ${block.sheet}`).toBeDefined()
    const rows = known ?? new Set()
    found.set(block.sheet, rows)
    for (const row of block.rows) if (header !== undefined && judgeRow(header, row) === undefined) rows.add(row.row)
  }
  return found
}
