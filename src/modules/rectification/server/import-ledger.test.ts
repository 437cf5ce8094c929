import { sql } from 'kysely'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { makeXlsx, rowsXml } from '../../../../test/sheet-files.ts'
import { actOnce, givenCampaign, givenOrganisation } from './given.ts'
import { applyImport, discardImport, mendImport, stageImport } from './import-ledger.ts'
import { readProblems, readTotals } from './read-problems.ts'

const world = openTestWorld()
const office = (id = 'office') => world.as(grantCounty('990301'), { id, name: id, roles: ['county-data-officer'] })
let county: GivenCounty
let household: GivenHousehold

beforeAll(async () => {
  county = await givenCounty(world.database)
  await givenOrganisation(office(), { name: '县住建局', areaPath: county.countyPath })
  household = await givenHousehold(office(), world.vault, { areaPath: county.groups[0]?.path ?? '', members: [{ name: '钱多福' }] })
})

const deps = () => ({ vault: world.vault, filesDirectory: join(world.directory, 'files') })
const stage = (ctx: Context, campaignId: string, given: { body: Buffer; fileName: string }) =>
  stageImport(ctx, deps(), { campaignId, sourceKind: 'inspection', stream: Readable.from([given.body]), fileName: given.fileName })

/** A ledger as it comes: title, a line of who and when, a head in two rows, a merged unit, a total at the end. */
function ledger(rows: readonly (readonly string[])[]): Buffer {
  const top = [
    ['青禾县脱贫攻坚督查反馈问题整改台账'],
    ['填报单位：县整改办', '', '', '', '填报时间：2023年12月'],
    [
      '序号',
      '问题来源',
      '问题类别',
      '存在的问题',
      '涉及农户',
      '户主身份证号',
      '乡镇',
      '村',
      '责任单位',
      '第一责任人',
      '原因分析',
      '整改措施',
      '整改时限',
      '整改情况',
      '成效',
      '完成时间',
      '佐证资料',
    ],
  ]
  const all = [...top, ...rows, ['合计', '', '', String(rows.length)]]
  const merge = '<mergeCells count="2"><mergeCell ref="A1:Q1"/><mergeCell ref="I4:I5"/></mergeCells>'
  return makeXlsx({ sheets: [{ name: '台账', rows: rowsXml(all), after: merge }] })
}

const row = (n: number, change: Readonly<Record<number, string>> = {}): string[] => {
  const cells = [
    String(n),
    '督查反馈',
    '住房安全',
    `第${String(n)}户房屋漏雨`,
    '',
    '',
    '菱塘镇',
    '柳湾村',
    '菱塘镇人民政府',
    '王镇长',
    '巡查不够',
    '派人修缮',
    '12月底前',
    '正在整改',
    '',
    '',
    '',
  ]
  for (const [at, value] of Object.entries(change)) cells[Number(at)] = value
  return cells
}

describe('an existing ledger from Excel', () => {
  it('is read with its titles, merged cells and total; what is done waits for acceptance by another', async () => {
    const campaignId = await givenCampaign(office())
    const done = { 13: '已整改到位', 14: '已修好', 15: '2023.12.10', 16: '验收单3号' }
    const idNumber = household.persons[0]?.idNumber ?? ''
    const body = ledger([
      row(1),
      row(2, { 8: '', ...done }),
      row(3, { 8: '县住建局', 4: '钱多福', 5: idNumber, ...done, 16: '' }),
      row(4, { 8: '某某办', 12: '立行立改', 10: '', 11: '' }),
    ])
    const staged = await stage(office(), campaignId, { body, fileName: '台账.xlsx' })
    expect(staged.counts).toMatchObject({ rows: 4, good: 4, bad: 0, notes: { 'unit-unknown': 1, 'not-complete': 1, 'no-day': 1 } })
    expect(staged.columns.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['description', 'class', 'unit', 'person', 'due', 'state', 'evidence']),
    )
    expect(await applyImport(office(), deps(), { importId: staged.importId, leaveBad: false })).toEqual({ added: 4, known: 0, left: 0 })
    const { items } = await readProblems(office(), { campaignId, limit: 50 })
    const byWords = new Map(items.map((one) => [one.description, one]))
    expect(byWords.get('第1户房屋漏雨')).toMatchObject({ state: 'rectifying', unitName: '菱塘镇', dueOn: '2023-12-31' })
    expect(byWords.get('第2户房屋漏雨')).toMatchObject({ state: 'completed', unitName: '菱塘镇', evidenceCount: 1 })
    expect(byWords.get('第3户房屋漏雨')).toMatchObject({ state: 'rectifying', unitName: '县住建局', householdId: household.householdId })
    expect(byWords.get('第4户房屋漏雨')).toMatchObject({ state: 'found', unitName: null, dueOn: null })
    const { problemId = '' } = byWords.get('第2户房屋漏雨') ?? {}
    expect(await actOnce(office(), problemId, { action: 'verify' })).toBe('rectification.self-acceptance')
    expect(await actOnce(office('second'), problemId, { action: 'verify' })).toBe('verified')
    expect((await readTotals(office(), { campaignId })).disagree).toEqual([])
  })

  it('with a bad row writes nothing, names it, and writes the others only on purpose', async () => {
    const campaignId = await givenCampaign(office())
    const body = ledger([
      row(1),
      row(2, { 3: '' }),
      row(3, { 12: '等通知' }),
      row(4, { 7: '没有这个村' }),
      row(5, { 5: '990301197001150000' }),
    ])
    const staged = await stage(office(), campaignId, { body, fileName: '台账.xlsx' })
    expect(staged.bad.map(({ row: at, reasons }) => [at, ...reasons])).toEqual([
      [5, 'no-description'],
      [6, 'bad-due'],
      [7, 'no-place'],
      [8, 'no-household'],
    ])
    await expect(applyImport(office(), deps(), { importId: staged.importId, leaveBad: false })).rejects.toMatchObject({
      code: 'rectification.import-bad',
    })
    expect((await readTotals(office(), { campaignId })).total).toBe(0)
    const { importId } = staged
    // The number that leads nowhere is not kept in plain.
    const kept = await inTransaction(office(), (db) =>
      sql<{ bad: string }>`SELECT bad::text AS bad FROM rectification.import WHERE import_id = ${importId}::uuid`.execute(db),
    )
    expect(kept.rows[0]?.bad).not.toContain('990301197001150000')
    expect(staged.bad[3]?.cells).toMatchObject({ idNumber: '990301197001150000' })
    expect(await applyImport(office(), deps(), { importId, leaveBad: true })).toMatchObject({
      added: 1,
      known: 0,
      left: 4,
      rest: { counts: { bad: 4 } },
    })
  })

  it('bad rows are mended in place: what is right then is written, what is wrong still waits, and nothing is lost', async () => {
    const campaignId = await givenCampaign(office())
    const body = ledger([row(1), row(2, { 3: '' }), row(3, { 12: '等通知' }), row(4, { 7: '没有这个村' })])
    const { importId } = await stage(office(), campaignId, { body, fileName: '台账.xlsx' })
    const rows = [
      // The very words of the first row: one more of the same, not the same again.
      { row: 5, cells: { description: '第1户房屋漏雨' } },
      { row: 7, cells: { village: '又一个没有的村' } },
    ]
    const mended = await mendImport(office(), deps(), { importId, rows })
    expect([mended.counts.good, mended.bad.map(({ row: at, reasons }) => [at, ...reasons])]).toEqual([
      2,
      [
        [6, 'bad-due'],
        [7, 'no-place'],
      ],
    ])
    const first = await applyImport(office(), deps(), { importId, leaveBad: true })
    expect(first).toMatchObject({ added: 2, known: 0, left: 2 })
    const last = [
      { row: 6, cells: { due: '12月底前' } },
      { row: 7, cells: { village: '柳湾村' } },
    ]
    expect((await mendImport(office(), deps(), { importId, rows: last })).counts).toMatchObject({ good: 2, bad: 0 })
    expect(await applyImport(office(), deps(), { importId, leaveBad: false })).toEqual({ added: 2, known: 0, left: 0 })
    expect((await readTotals(office(), { campaignId })).total).toBe(4)
    await expect(mendImport(office(), deps(), { importId, rows: last })).rejects.toMatchObject({ code: 'rectification.import-ended' })
  })

  it('the same file again changes nothing; one with a row more adds that row', async () => {
    const campaignId = await givenCampaign(office())
    const two = ledger([row(1), row(2)])
    const first = await stage(office(), campaignId, { body: two, fileName: '台账.xlsx' })
    await applyImport(office(), deps(), { importId: first.importId, leaveBad: false })
    await expect(stage(office(), campaignId, { body: two, fileName: '又一次.xlsx' })).rejects.toMatchObject({
      code: 'rectification.imported-before',
    })
    const more = await stage(office(), campaignId, { body: ledger([row(1), row(2), row(3)]), fileName: '台账2.xlsx' })
    expect(await applyImport(office(), deps(), { importId: more.importId, leaveBad: false })).toEqual({ added: 1, known: 2, left: 0 })
  })

  it('comes as a paste as well, and a township takes over only what lies in it', async () => {
    const ctx = world.as(grantArea('990301', county.townships[0]?.path ?? ''), { id: 'township', name: '镇', roles: ['township-officer'] })
    const campaignId = await givenCampaign(ctx)
    const text = ['问题描述\t乡镇\t村', '垃圾没有清运\t菱塘镇\t柳湾村', '公示栏过期\t汀溪乡\t稻香村'].join('\n')
    const staged = await stage(ctx, campaignId, { body: Buffer.from(text), fileName: '粘贴.txt' })
    expect(staged.counts).toMatchObject({ good: 1, bad: 1 })
    expect(staged.bad[0]?.reasons).toEqual(['no-place'])
    expect(await discardImport(ctx, staged.importId)).toEqual({ done: true })
    await expect(stage(ctx, campaignId, { body: Buffer.from('甲\t乙\n1\t2'), fileName: '粘贴.txt' })).rejects.toMatchObject({
      code: 'rectification.import-unread',
    })
  })
})
