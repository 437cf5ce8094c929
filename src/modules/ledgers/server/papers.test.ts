import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { whoRevealsToo } from '#modules/registry/server/index.ts'
import { openTestWorld, rolledBack, testNowMs } from '../../../../test/database.ts'
import { smallPicture } from '../../../../test/access/places.ts'
import { drawSample } from './draw-sample.ts'
import { exportRecords } from './export-records.ts'
import { linkedRecords } from './linked-records.ts'
import { moveRecord } from './move-record.ts'
import { printRecord, printRecords } from './print-records.ts'
import { readRecord } from './read-records.ts'
import { attachFile, downloadFile, removeFile } from './record-files.ts'
import { countValuesShown, revealValue } from './reveal-value.ts'
import { makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  // As the plug does.
  if (!whoRevealsToo.includes(countValuesShown)) whoRevealsToo.push(countValuesShown)
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = (id = 'test:county') => world.as(grantCounty(county.countyCode), { id, name: '县经办人', roles: ['county-data-officer'] })
const inspection = 'generic.inspection'
const village = () => county.villages[0]?.path ?? ''
const values = (subject: string) => ({
  subject,
  area: { id: village() },
  category: 'funds',
  'inspected-on': '2023-12-01',
  inspectors: '测试员',
  result: '不合格',
  problem: '台账不全',
  'due-on': '2023-12-15',
  responsible: '责任甲',
})

describe('what goes out of a ledger', () => {
  it('is exported with the words of the screen, masked, and printed as a list and as a sheet', async () => {
    const { householdId } = await givenHousehold(officer(), world.vault, { areaPath: `${village()}01.`, members: [{ name: '测试户主' }] })
    const honour = {
      honour: '=好人',
      household: { id: householdId },
      level: 'village',
      'given-on': '2023-11-01',
      reward: '50',
      account: '6217000000001234',
    }
    const { recordId } = await makeRecord(officer(), deps(), { templateKey: 'generic.honour', values: honour })
    const file = await exportRecords(officer(), deps(), {
      templateKey: 'generic.honour',
      fields: [],
      purpose: '年度表彰汇总',
      format: 'csv',
    })
    const lines = (file.body instanceof Readable ? await text(file.body) : file.body.toString()).split('\r\n')
    expect(lines[0]).toContain('编号,状态,所属,期限,荣誉称号')
    expect(lines[1]).toMatch(/RY2023-101-001,已推荐,菱塘镇柳湾村,,'=好人,测试户主,.*6217\*{8}1234/)
    const sheet = await printRecord(officer(), { templateKey: 'generic.honour', recordId, format: 'docx' })
    expect(sheet.fileName).toBe('荣誉名单-RY2023-101-001.docx')
    const list = await printRecords(officer(), { templateKey: 'generic.honour', fields: [], format: 'docx' })
    expect(Buffer.isBuffer(list.body) && list.body.subarray(0, 2).toString()).toBe('PK')
    expect(
      await revealValue(officer(), deps(), { templateKey: 'generic.honour', recordId, field: 'account', reason: '核对收款账号' }),
    ).toEqual({ value: '6217000000001234' })
  })

  it('counts whole values in the one budget of whole numbers: the thirty-first record of an hour waits, one seen already does not', async () => {
    const ctx = officer('test:looks')
    await rolledBack(ctx, async (within) => {
      const { householdId } = await givenHousehold(ctx, world.vault, { areaPath: `${village()}01.`, members: [{ name: '测试户主' }] })
      const values = {
        honour: '好人',
        household: { id: householdId },
        level: 'village',
        'given-on': '2023-11-01',
        reward: '10',
        account: '6217000000001234',
      }
      const { recordId } = await makeRecord(within, deps(), { templateKey: 'generic.honour', values })
      const look = { templateKey: 'generic.honour', recordId, field: 'account', reason: '核对收款账号' }
      await revealValue(within, deps(), look)
      await sql`
        WITH others AS (INSERT INTO ledgers.record (county_code, record_id, template_key, version, area_path, state, made_by, made_name, made_at, changed_at)
          SELECT county_code, gen_random_uuid(), template_key, version, area_path, state, made_by, made_name, made_at, changed_at
          FROM ledgers.record, generate_series(1, 30) WHERE record_id = ${recordId} RETURNING *)
        INSERT INTO ledgers.reveal (county_code, reveal_id, record_id, template_key, area_path, field_key, reason, caller_id, caller_name, at)
          SELECT county_code, gen_random_uuid(), record_id, template_key, area_path, 'account', '核对', 'test:looks', '某', ${within.now} FROM others LIMIT 29`.execute(
        within.db,
      )
      expect(await revealValue(within, deps(), look)).toEqual({ value: '6217000000001234' })
      const next = await makeRecord(within, deps(), { templateKey: 'generic.honour', values: { ...values, honour: '文明家庭' } })
      await expect(revealValue(within, deps(), { ...look, recordId: next.recordId })).rejects.toMatchObject({
        code: 'registry.reveal-budget',
        details: { limit: 30, hours: 1 },
      })
    })
  })
})

describe('files and samples of a ledger', () => {
  it('counts photographs as evidence, keeps them encrypted, and lets another person accept', async () => {
    const of = {
      templateKey: inspection,
      ...(await makeRecord(officer('test:a'), deps(), { templateKey: inspection, values: values('资金台账') })),
    }
    await moveRecord(officer('test:a'), deps(), { ...of, revision: 1, move: 'order', values: {} })
    const report = { ...of, revision: 2, move: 'report', values: { effect: '已补齐' } }
    await expect(moveRecord(officer('test:b'), deps(), report)).rejects.toMatchObject({
      code: 'ledgers.may-not-move',
      details: { problems: [{ code: 'no-evidence' }] },
    })
    const upload = () => Readable.from([smallPicture])
    const { recordFileId } = await attachFile(officer('test:b'), deps(), { ...of, fieldKey: 'evidence', stream: upload() })
    expect(await attachFile(officer('test:b'), deps(), { ...of, fieldKey: 'evidence', stream: upload() })).toEqual({ recordFileId })
    expect((await downloadFile(officer(), deps(), { ...of, recordFileId })).contentType).toMatch(/^image\//)
    await moveRecord(officer('test:b'), deps(), { ...report, revision: 3 })
    expect(await readRecord(officer(), of)).toMatchObject({ state: 'mended', dueOn: '2023-12-25' })
    const sample = await drawSample(officer(), { templateKey: inspection, seed: '公开种子' })
    expect(sample).toMatchObject({ seed: '公开种子', of: 1, drawn: [{ recordId: of.recordId }] })
    await expect(moveRecord(officer('test:b'), deps(), { ...of, revision: 4, move: 'accept', values: {} })).rejects.toMatchObject({
      code: 'ledgers.may-not-move',
    })
    await removeFile(officer('test:b'), deps(), { ...of, recordFileId }).catch((fault: { code: string }) => expect(fault.code).toBe('done'))
    await moveRecord(officer('test:c'), deps(), { ...of, revision: 5, move: 'accept', values: {} })
    const record = await readRecord(officer(), of)
    expect([record.state, record.history.map((event) => event.act)]).toEqual(['closed', ['move', 'detach', 'move', 'attach', 'move']])
  })

  it('shows what names a village, with a few of its fields', async () => {
    await makeRecord(officer(), deps(), { templateKey: inspection, values: values('档案资料') })
    const { items } = await linkedRecords(officer(), { kind: 'area', target: village(), limit: 5 })
    const book = items.find((one) => one.templateKey === inspection)
    expect(book?.items.find((one) => one.title === '档案资料')).toMatchObject({
      stateName: { zh: '已登记' },
      shown: expect.arrayContaining([{ name: expect.objectContaining({ zh: '检查结果' }), text: '不合格' }]),
    })
  })
})
