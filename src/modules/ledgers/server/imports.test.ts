import { beforeAll, describe, expect, it } from 'vitest'
import { Readable } from 'node:stream'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { applyImport, listImportRows, mapImport, stageFile, stagePaste, undoImport } from './imports.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { changeRecord, makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const township = () =>
  world.as(grantArea(county.countyCode, county.townships[0]?.path ?? ''), { id: 'test:township', roles: ['township-officer'] })
const honour = 'generic.honour'
const inspection = 'generic.inspection'
const list = (templateKey: string, importId: string) =>
  searchRecords(officer(), { templateKey, fields: [], importId, limit: 200, sort: { by: 'no', descending: false } })
const csv = (rows: readonly (readonly string[])[]) => Readable.from([Buffer.from(rows.map((row) => row.join(',')).join('\r\n'))])

describe('an import into a ledger', () => {
  it('recognises columns by name and other wordings, names bad rows by row, column and sentence, and takes the good ones', async () => {
    const rows = [
      ['检查清单', '', '', '', ''],
      ['检查内容', '村', '乡镇', '类别', '检查时间', '检查人员', '结果', '问题', '整改时限', '责任人'],
      ['饮水安全', '荷坪村', '菱塘镇', '三保障', '2023年12月1日', '测试员', '合格', '', '', ''],
      ['住房安全', '柳湾村', '菱塘镇', '三保障', '2023-12-02', '测试员', '不合格', '屋顶漏雨', '2023-12-20', '责任甲'],
      ['住房安全', '柳湾村', '', '三保障', '2023-12-02', '测试员', '合格', '', '', ''],
      ['档案资料', '荷坪村', '菱塘镇', '档案', '2023-13-02', '测试员', '合格', '', '', ''],
      ['住房安全', '柳湾村', '菱塘镇', '三保障', '2023-12-02', '测试员', '不合格', '屋顶漏雨', '2023-12-20', '责任甲'],
    ]
    const dry = await stageFile(officer(), deps(), { templateKey: inspection, fileName: '检查.csv', stream: csv(rows) })
    expect(dry).toMatchObject({
      state: 'staged',
      counts: { read: 5, bad: 3, new: 2, changed: 0, same: 0 },
      missingFields: [],
      can: { apply: true },
    })
    const bad = (await listImportRows(officer(), { templateKey: inspection, importId: dry.importId, outcome: 'bad', limit: 50 })).items
    expect(bad.map((row) => [row.row, row.problems.map((one) => `${one.label ?? ''}：${one.said.zh}`)])).toEqual([
      [5, ['村：“被查单位”对应多个，请写编号或证件号：柳湾村']],
      [6, ['类别：“检查类别”没有“档案”这一项，可填：三保障、收入、资金项目、档案资料、其他', '检查时间：“检查日期”不是日期：2023-13-02']],
      [7, ['：与本表第 4 行重复：检查事项、被查单位、检查日期 相同']],
    ])
    expect((await searchRecords(officer(), { templateKey: inspection, fields: [], limit: 50 })).items).toEqual([])
    const done = await applyImport(officer(), deps(), { templateKey: inspection, importId: dry.importId })
    expect(done).toMatchObject({ state: 'applied', can: { undo: true } })
    const { items } = await list(inspection, dry.importId)
    expect(items.map((item) => [item.recordNo, item.title, item.areaName, item.state, item.dueOn])).toEqual([
      ['JC2023-0001', '饮水安全', '菱塘镇荷坪村', 'entered', undefined],
      ['JC2023-0002', '住房安全', '菱塘镇柳湾村', 'entered', '2023-12-20'],
    ])
  })

  it('tells new, changed and same rows apart, changes only what was written, and takes it back', async () => {
    const { householdNo, householdId } = await givenHousehold(officer(), world.vault, {
      areaPath: `${county.villages[0]?.path}01.`,
      members: [{ name: '测试甲' }],
    })
    const { recordId } = await makeRecord(officer(), deps(), {
      templateKey: honour,
      values: {
        honour: '好家风',
        household: { id: householdId },
        level: 'village',
        'given-on': '2023-10-01',
        goods: '锦旗',
        account: '6217000000001234',
        reward: '10',
      },
    })
    const header = ['荣誉称号', '户编号', '授予级别', '授予日期', '奖金', '收款账号']
    const same = [header, ['好家风', householdNo, '村级', '2023-10-01', '10', '6217000000001234']]
    expect((await stagePaste(officer(), deps(), { templateKey: honour, rows: same })).counts).toEqual({
      read: 1,
      bad: 0,
      new: 0,
      changed: 0,
      same: 1,
    })
    const rows = [
      header,
      ['好家风', householdNo, '村级', '2023-10-01', '12.5', '6217000000009999'],
      ['新风尚', householdNo, '乡镇级', '2023-10-02', '', ''],
    ]
    const dry = await stagePaste(officer(), deps(), { templateKey: honour, rows })
    expect(dry.counts).toEqual({ read: 2, bad: 0, new: 1, changed: 1, same: 0 })
    const [changed] = (await listImportRows(officer(), { templateKey: honour, importId: dry.importId, outcome: 'changed', limit: 5 })).items
    expect(changed).toMatchObject({ recordId, changes: { reward: ['10.00', '12.50'], account: ['6217********1234', '6217********9999'] } })
    await applyImport(officer(), deps(), { templateKey: honour, importId: dry.importId })
    const of = async () =>
      (await searchRecords(officer(), { templateKey: honour, fields: [], limit: 50, sort: { by: 'reward', descending: true } })).items
    expect((await of()).map((item) => [item.title, item.values['reward']])).toEqual([
      ['好家风', '12.50'],
      ['新风尚', '0.00'],
    ])
    await undoImport(officer(), deps(), { templateKey: honour, importId: dry.importId })
    expect((await of()).map((item) => [item.title, item.values['reward']])).toEqual([['好家风', '10.00']])
    const again = await stagePaste(officer(), deps(), { templateKey: honour, rows })
    expect(again.counts).toMatchObject({ new: 1, changed: 1 })
    await applyImport(officer(), deps(), { templateKey: honour, importId: again.importId })
    await changeRecord(officer(), deps(), { templateKey: honour, recordId, revision: 4, values: { goods: '奖杯' } })
    await expect(undoImport(officer(), deps(), { templateKey: honour, importId: again.importId })).rejects.toMatchObject({
      code: 'ledgers.import-touched',
    })
  })

  it('takes no row outside of the area of who imports, and tells nothing of what is there', async () => {
    const far = await givenHousehold(officer(), world.vault, { areaPath: `${county.villages[2]?.path}01.`, members: [{ name: '测试乙' }] })
    const rows = [
      ['荣誉称号', '户编号', '授予级别', '授予日期'],
      ['孝老爱亲', far.householdNo, '村级', '2023-10-01'],
    ]
    const dry = await stagePaste(township(), deps(), { templateKey: honour, rows })
    expect(dry.counts).toEqual({ read: 1, bad: 1, new: 0, changed: 0, same: 0 })
    await expect(
      listImportRows(world.as(grantArea(county.countyCode, county.townships[1]?.path ?? ''), { roles: ['township-officer'] }), {
        templateKey: honour,
        importId: dry.importId,
        limit: 5,
      }),
    ).rejects.toMatchObject({ code: 'http.not-found' })
  })

  it('takes the lines of a repeating table from the rows below, blank or written again, and names a bad one', async () => {
    const rows = [
      ['检查内容', '村', '乡镇', '类别', '检查时间', '检查人员', '结果', '检查明细.项目', '检查明细.应得分', '检查明细.得分'],
      ['村务公开', '荷坪村', '菱塘镇', '其他', '2023-12-01', '测试员', '合格', '公开栏', '10', '9'],
      ['', '', '', '', '', '', '', '会议记录', '10', '8.5'],
      ['厕所', '荷坪村', '菱塘镇', '其他', '2023-12-02', '测试员', '合格', '门', '5', '5'],
      ['厕所', '荷坪村', '菱塘镇', '其他', '2023-12-02', '测试员', '合格', '窗', '5', '四'],
      ['水井', '荷坪村', '菱塘镇', '其他', '2023-12-03', '测试员', '合格', '', '', ''],
    ]
    const dry = await stageFile(officer(), deps(), { templateKey: inspection, fileName: '检查.csv', stream: csv(rows) })
    expect(dry).toMatchObject({ counts: { read: 3, bad: 1, new: 2 } })
    const bad = (await listImportRows(officer(), { templateKey: inspection, importId: dry.importId, outcome: 'bad', limit: 5 })).items
    expect(bad.map((row) => [row.row, row.problems[0]?.label, row.problems[0]?.cell])).toEqual([[4, '检查明细.得分（第 5 行）', '四']])
    await applyImport(officer(), deps(), { templateKey: inspection, importId: dry.importId })
    const { items } = await list(inspection, dry.importId)
    const one = await readRecord(officer(), { templateKey: inspection, recordId: items[0]?.recordId ?? '' })
    expect(one.values).toMatchObject({
      items: [
        { item: '公开栏', full: '10', lost: '1' },
        { item: '会议记录', marks: '8.5' },
      ],
      score: '17.5',
    })
  })

  it('takes columns by hand', async () => {
    const { householdNo } = await givenHousehold(officer(), world.vault, {
      areaPath: `${county.villages[0]?.path}01.`,
      members: [{ name: '测试丙' }],
    })
    const rows = [
      ['荣誉称号', '户编号', '授予级别', '授予日期', '备忘'],
      ['孝老爱亲', householdNo, '村级', '2023-10-01', '毛巾两条'],
    ]
    const dry = await stagePaste(officer(), deps(), { templateKey: honour, rows })
    expect(dry.columns[4]).toMatchObject({ label: '备忘', samples: ['毛巾两条'] })
    const mapped = await mapImport(officer(), deps(), { templateKey: honour, importId: dry.importId, columns: { 4: 'goods' } })
    expect(mapped.columns[4]).toMatchObject({ field: 'goods', how: 'hand' })
    await applyImport(officer(), deps(), { templateKey: honour, importId: dry.importId })
    const { items } = await searchRecords(officer(), { templateKey: honour, fields: [], importId: dry.importId, limit: 5 })
    expect(items).toHaveLength(1)
  })
})
