import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { importFiles, undoImport } from '#modules/registry/server/index.ts'
import { givenEmptyCounty } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import type { CheckSummary, Finding } from '../contract.ts'
import { checkQuality, type CheckQualityInput } from './run-check.ts'

const world = openTestWorld()
const county = '990301'
let ctx: Context

/** A valid number of a region that was never assigned. */
function numberOf(order: number, born = '19700115'): string {
  const first17 = `${county}${born}${String(order * 2 + 1).padStart(3, '0')}`
  return first17 + (checkCharacterOf(first17) ?? '')
}

/** Columns of a monitoring export, a third of the real one, and a person in it. */
const columns = [
  ['县', '模拟县'],
  ['乡', '菱塘镇'],
  ['村', '柳湾村'],
  ['区划代码', '990301100201'],
  ['户编号', ''],
  ['户联系电话', '15400000001'],
  ['监测对象类别', ''],
  ['人编号', ''],
  ['姓名', '龚满堂'],
  ['性别', '男'],
  ['证件类型', '居民身份证（户口簿）'],
  ['证件号码', ''],
  ['出生日期', '19700115'],
  ['与户主关系', '户主'],
  ['民族', '汉族'],
  ['文化程度', '初中'],
  ['在校生状况', ''],
  ['义务教育阶段未上学原因', ''],
  ['健康状况', '健康'],
  ['劳动技能', '普通劳动力'],
  ['家庭成员联系电话', ''],
  ['务工所在地', ''],
  ['享受低保政策情况', '未享受'],
  ['耕地面积（亩）', '2'],
  ['林地面积（亩）', '1'],
  ['危房级别', 'A级'],
  ['是否危房户', '否'],
  ['人均纯收入（元）', '12000'],
  ['风险是否已消除', ''],
  ['识别监测时间', ''],
  ['致贫/返贫风险1', ''],
  ['实施开发式帮扶措施情况', ''],
] as const
type Row = Partial<Record<(typeof columns)[number][0], string>>

function writeExport(name: string, rows: readonly Row[]): string {
  const path = join(world.directory, name)
  const lines = rows.map((row) => columns.map(([label, usual]) => row[label] ?? usual).join(','))
  writeFileSync(path, `${columns.map(([label]) => label).join(',')}\n${lines.join('\n')}\n`)
  return path
}

const registerHeader =
  '乡镇,行政村,村民小组,户编号,户主姓名,户类型,监测对象类别,序号,人编号,姓名,性别,出生日期,身份证号,与户主关系,民族,劳动技能,户联系电话,本人电话,务工月收入（元）'

function writeRegister(name: string, rows: readonly { household: string; number: string }[]): string {
  const path = join(world.directory, name)
  const lines = rows.map(
    ({ household, number }) =>
      `菱塘镇,柳湾村,1组,${household},龚满堂,脱贫户,,1,${household}01,龚满堂,男,1970-01-15,${number},户主,汉族,普通劳动力,15400000001,15400000002,`,
  )
  writeFileSync(path, `${registerHeader}\n${lines.join('\n')}\n`)
  return path
}

const noOf = (household: number) => `990301100201${String(household).padStart(4, '0')}`

async function bring(path: string, asOf: string): Promise<string> {
  const done = await importFiles(ctx, { vault: world.vault, filesDirectory: join(world.directory, 'files') }, { paths: [path], asOf })
  const [file] = done.files
  expect(file?.error).toBeUndefined()
  return file?.batch?.batchId ?? ''
}

async function check(input: Partial<CheckQualityInput> = {}): Promise<{ findings: Finding[]; summary: CheckSummary }> {
  return inTransaction(ctx, async (db) => {
    const run = await checkQuality(ctx, db, { vault: world.vault, asOf: '2023-12-31', reason: 'test', ...input })
    const findings = (await Array.fromAsync(run.findings)).flat()
    return { findings, summary: run.summary() }
  })
}

const keyOf = (finding: Finding) => `${finding.rule} ${finding.householdNo ?? ''} ${finding.personNo ?? ''}`
const of = (findings: readonly Finding[], household: number) =>
  findings.filter((finding) => finding.householdNo === noOf(household)).map((finding) => finding.rule)

beforeAll(async () => {
  ctx = await givenEmptyCounty((scope) => world.as(scope), { countyCode: county, name: '模拟县' })
  ctx = world.as(grantSystem(county, 'test'))
})

describe('a check', () => {
  it('says which rules could not run and why, instead of calling the register clean', async () => {
    const { findings, summary } = await check()
    expect(findings).toEqual([])
    expect(summary.notRun).toHaveLength(139)
    expect(summary.notRun[0]).toEqual({ rule: 'Q001', needs: ['monitoring'], columns: [] })
  })

  it('judges what the export states where the register holds something else, in whatever order the files came', async () => {
    const stated = [
      { 户编号: noOf(1), 人编号: `${noOf(1)}01`, 证件号码: numberOf(1).slice(0, 17), 与户主关系: '', 户联系电话: '' },
      { 户编号: noOf(2), 人编号: `${noOf(2)}01`, 证件号码: numberOf(2) },
    ]
    const known = [1, 2].map((household) => ({ household: noOf(household), number: numberOf(household) }))
    const monitoringFirst = await bring(writeExport('monitoring-1.csv', stated), '2023-12-18')
    const register = await bring(writeRegister('register-1.csv', known), '2023-12-19')
    const first = await check()
    expect(of(first.findings, 1)).toEqual(expect.arrayContaining(['Q002', 'Q007', 'Q012', 'Q055']))
    expect(of(first.findings, 2)).not.toContain('Q002')
    for (const batchId of [register, monitoringFirst]) await undoImport(ctx, { batchId, reason: '测试撤销' })
    expect((await check()).findings).toEqual([])

    await bring(writeRegister('register-2.csv', known), '2023-12-19')
    await bring(writeExport('monitoring-2.csv', stated), '2023-12-18')
    expect((await check()).findings.map(keyOf).sort()).toEqual(first.findings.map(keyOf).sort())
  })

  it('follows the next month’s export, also where only an empty cell is new', async () => {
    await bring(
      writeExport('monitoring-3.csv', [
        { 户编号: noOf(1), 人编号: `${noOf(1)}01`, 证件号码: numberOf(1), 户联系电话: '' },
        { 户编号: noOf(2), 人编号: `${noOf(2)}01`, 证件号码: numberOf(2), 民族: '' },
      ]),
      '2023-12-20',
    )
    const { findings } = await check()
    expect(of(findings, 1)).not.toContain('Q002')
    expect(of(findings, 1)).toContain('Q055')
    expect(of(findings, 2)).toContain('Q013')
  })

  it('finds what is shared across the register, and gives the same for some households as for all', async () => {
    const rows: Row[] = Array.from({ length: 60 }, (_, at) => ({
      户编号: noOf(at + 1),
      人编号: `${noOf(at + 1)}01`,
      证件号码: numberOf(at % 20 === 7 ? 7 : at + 1),
      家庭成员联系电话: at % 15 === 3 ? '15400000333' : `1540001${String(at).padStart(4, '0')}`,
      '人均纯收入（元）': String(at * 400),
      民族: at % 9 === 0 ? '' : '汉族',
      监测对象类别: at % 4 === 0 ? '边缘易致贫户' : '',
    }))
    await bring(writeExport('monitoring-4.csv', rows), '2023-12-21')
    const whole = await check()
    const rulesFound = new Set(whole.findings.map((finding) => finding.rule))
    for (const id of ['Q001', 'Q013', 'Q058', 'Q060']) expect(rulesFound).toContain(id)
    const sharing = (id: string) =>
      whole.findings
        .filter((finding) => finding.rule === id)
        .map((finding) => finding.householdNo ?? '')
        .sort()
    expect(sharing('Q001')).toEqual([7, 8, 28, 48].map(noOf))
    expect(sharing('Q058')).toEqual([4, 19, 34, 49].map(noOf))

    const rows2 = await inTransaction(ctx, (db) =>
      sql<{ id: string; no: string }>`SELECT household_id AS id, household_no AS no FROM registry.household ORDER BY household_no`.execute(
        db,
      ),
    )
    const [some, others] = [rows2.rows.filter((_, at) => at % 3 === 0), rows2.rows.filter((_, at) => at % 3 !== 0)]
    const reach = (finding: Finding) => finding.rule !== 'Q001' && finding.rule !== 'Q058'
    const one = await check({ householdIds: some.map((row) => row.id) })
    const other = await check({ householdIds: others.map((row) => row.id) })
    expect([...one.findings.filter(reach), ...other.findings].map(keyOf).sort()).toEqual(whole.findings.map(keyOf).sort())
    expect(Object.keys((await check({ householdIds: [] })).summary.ran)).toEqual(Object.keys(whole.summary.ran))
    expect(one.findings.filter((finding) => !reach(finding)).map(keyOf)).toEqual(
      whole.findings.filter((finding) => !reach(finding)).map(keyOf),
    )
  })

  it('runs rules that read other exports only once those are there, and names columns that an export lacks', async () => {
    const { summary } = await check()
    const why = new Map(summary.notRun.map((one) => [one.rule, one]))
    expect(why.get('Q117')).toEqual({ rule: 'Q117', needs: ['work'], columns: [] })
    expect(why.get('Q136')?.needs).toEqual(['village'])
    expect(why.get('Q052')).toEqual({ rule: 'Q052', needs: [], columns: ['sanitaryToilet'] })
    expect(Object.keys(summary.ran)).not.toContain('Q052')
    expect(summary.ran['Q001']).toBe(4)
    expect(Object.keys(summary.ran).length + summary.notRun.length).toBe(139)
  })

  it('shows no number and no telephone in what it saw, and keeps an audit row', async () => {
    const { findings } = await check()
    const seen = JSON.stringify(findings.map((finding) => finding.seen))
    expect(seen).not.toMatch(/\d{15}/)
    expect(seen).not.toMatch(/1[3-9]\d{9}/)
    expect(findings.some((finding) => finding.idNumber !== undefined)).toBe(false)
    const audited = await inTransaction(ctx, (db) =>
      sql<{ reason: string }>`SELECT reason FROM kernel.audit WHERE did = 'registry.read-statements' LIMIT 1`.execute(db),
    )
    expect(audited.rows).toEqual([{ reason: 'test' }])
  })

  it('takes the monitoring line that somebody sets, and lets the rules wait where none is known', async () => {
    const set = await check({ limits: { lineYuan: 100_000 } })
    expect(set.summary.line).toEqual({ year: 2023, yuan: 100_000 })
    expect(set.summary.ran['Q059']).toBe(45)
    const early = await check({ asOf: '2022-12-31' })
    expect(early.summary.notRun.find((one) => one.rule === 'Q059')?.needs).toEqual(['line'])
  })
})
