import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantArea } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { rolledBack } from '../../../../test/database.ts'
import { openRegisters } from '../../../../test/ledgers/registers.ts'
import { enteredOf } from '../../../../test/ledgers/some-values.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'
import type { RecordRecord } from '../rules/records.ts'
import type { Template } from '../rules/template.ts'
import { asSystemWithin } from './jobs/as-system.ts'
import { listImportRows, stageFile } from './imports.ts'
import { linkedRecords } from './linked-records.ts'
import { previewMigration, runMigration, startMigration } from './migrate-records.ts'
import { chooseRecords, readRecord, searchRecords } from './read-records.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { publishTemplate, saveDraft } from './templates.ts'
import { changeRecord, makeRecord } from './write-record.ts'

const walk = openWalkWorld()
const honour = 'generic.honour'
const shipped = (key: string): Template => {
  const template = shippedTemplates().get(key)?.at(-1)?.template
  if (template === undefined) throw new Error(`no ledger ${key}`)
  const { version: _, ...rest } = template
  return rest
}
const inCounty = (work: Parameters<typeof rolledBack>[1]) => rolledBack(walk().officer(), work)
type Inside = Parameters<Parameters<typeof rolledBack>[1]>[0]
const publish = async (ctx: Inside, template: Template): Promise<number> => {
  const { revision, problems } = await saveDraft(ctx, { templateKey: template.key, template })
  expect(problems).toEqual([])
  return (await publishTemplate(ctx, { templateKey: template.key, revision })).version
}

describe('a version in which a field is of another kind', () => {
  it('says in its preview what does not fit, keeps what does, and leaves the rest in the history', async () => {
    await inCounty(async (ctx) => {
      const { make } = openRegisters(ctx, walk())
      const household = { id: walk().homes[0]?.householdId ?? '', name: '' }
      const records = [
        await make(honour, { honour: '甲等', household, level: 'county', document: '1200' }),
        await make(honour, { honour: '乙等', household, level: 'county', document: '县文〔2023〕7号' }),
      ]
      const template = shipped(honour)
      const fields = template.fields.map((field) => {
        if (field.key === 'document') return { ...field, kind: 'number' as const }
        if (field.key === 'account') return { ...field, visibleWhen: undefined }
        return field.key === 'reward'
          ? { ...field, kind: 'text' as const, places: undefined, min: undefined, max: undefined, unit: undefined }
          : field
      })
      const whole = JSON.parse(JSON.stringify({ ...template, fields })) as Template // Safe: a template with other kinds
      const offered = whole.list.offered.filter((key) => key !== 'document' && key !== 'reward')
      const sums = (whole.list.sums ?? []).filter((key) => key !== 'reward')
      const read = (record: RecordRecord | undefined) => readRecord(ctx, { templateKey: honour, recordId: record?.recordId ?? '' })
      const version = await publish(ctx, {
        ...whole,
        list: { ...whole.list, offered, sums: sums.length === 0 ? undefined : sums } as Template['list'],
        checks: [],
        indicators: [],
      })
      const preview = await previewMigration(ctx, { templateKey: honour, version })
      expect(preview.dropped).toEqual([expect.objectContaining({ field: 'document', records: 1, why: 'kind' })])
      const { migrationId } = await startMigration(ctx, { templateKey: honour, version })
      await asSystemWithin(ctx, 'migrate', (system) => runMigration(system, walk().deps, { migrationId, check: () => undefined }))
      const [first, second] = [await read(records[0]), await read(records[1])]
      expect([first.values['document'], first.values['reward']]).toEqual(['1200', records[0]?.values['reward']])
      expect(second.values['document']).toBeUndefined()
      expect(second.history.find((event) => event.act === 'migrate')?.before).toMatchObject({ document: '县文〔2023〕7号' })
    })
  })
})

describe('a county template that has the key of a shipped one', () => {
  it('is the next version of it, keeps its columns, and is closed to nobody who read the records before', async () => {
    await inCounty(async (ctx) => {
      const { make } = openRegisters(ctx, walk())
      const household = { id: walk().homes[0]?.householdId ?? '', name: '' }
      const before = await make(honour, { honour: '旧版记录', household })
      const template = shipped(honour)
      const version = await publish(ctx, { ...template, name: { zh: '荣誉台账（县定）', en: 'Honours of the county' } })
      expect(version).toBe(1001)
      const { recordId } = await makeRecord(ctx, walk().deps, {
        templateKey: honour,
        values: { honour: '新版记录', household, level: 'village', 'given-on': '2023-12-01' },
      })
      const search = { templateKey: honour, fields: [], limit: 10, sort: { by: 'honour', descending: false } }
      const { items } = await searchRecords(ctx, search)
      expect(new Map(items.map((item) => [item.recordId, item.version]))).toEqual(
        new Map([
          [before.recordId, before.version],
          [recordId, 1001],
        ]),
      )
      expect((await readRecord(ctx, { templateKey: honour, recordId: before.recordId })).template.name.zh).toBe(template.name.zh)
    })
  })

  it('cannot take a name that no shipped ledger has, nor the key of another', async () => {
    await inCounty(async (ctx) => {
      const template = shipped(honour)
      const { problems } = await saveDraft(ctx, { templateKey: 'generic.invented', template: { ...template, key: 'generic.invented' } })
      expect(problems.length).toBeGreaterThan(0)
      await expect(saveDraft(ctx, { templateKey: honour, template: { ...template, key: 'generic.event' } })).rejects.toMatchObject({
        code: 'ledgers.template-problems',
      })
    })
  })
})

describe('files that are too much', () => {
  const upload = (text: string) => ({ templateKey: honour, fileName: '荣誉.csv', stream: Readable.from([Buffer.from(text)]) })
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (fault: { code?: string; message?: string }) => fault.code ?? fault.message ?? '',
    )

  it('with 60,000 columns, and with a cell of 5 MB, are refused or their row is bad; the ledger is as before', async () => {
    const wide = Array.from({ length: 60_000 }, (_, at) => `列${at}`).join(',')
    const said = await codeOf(stageFile(walk().officer(), walk().deps, upload(`荣誉称号,${wide}\r\n甲,${wide}\r\n`)))
    expect(said).toMatch(/^(sheets|ledgers)\./)
    const household = walk().homes[0]?.householdNo ?? ''
    const long = `荣誉称号,户编号,授予日期,级别,事迹\r\n长事迹,${household},2023-12-01,村级,${'长'.repeat(1_700_000)}\r\n`
    const dry = await stageFile(walk().officer(), walk().deps, upload(long)).catch((fault: { code?: string }) => fault.code ?? '')
    if (typeof dry === 'string') expect(dry).toMatch(/^(sheets|ledgers)\./)
    else {
      expect(dry.counts).toMatchObject({ bad: 1, new: 0 })
      const { items } = await listImportRows(walk().officer(), { templateKey: honour, importId: dry.importId, outcome: 'bad', limit: 5 })
      expect(JSON.stringify(items).length).toBeLessThan(5000)
    }
    expect((await searchRecords(walk().officer(), { templateKey: honour, fields: [], limit: 5 })).items).toEqual([])
  })

  it('keeps blanks and Chinese signs of words, and finds names with brackets as they are written', async () => {
    const name = '青禾（测试）合作社'
    await inTransaction(walk().officer(), (db) =>
      sql`INSERT INTO identity.organisation (county_code, organisation_id, kind, name, area_path)
          VALUES (${walk().county.countyCode}, ${makeId()}, 'cooperative', ${name}, ${walk().county.countyPath})`.execute(db),
    )
    await inCounty(async (ctx) => {
      const { take } = openRegisters(ctx, walk())
      const { townships, villages } = walk().county
      const place = [townships[0]?.name ?? '', villages[0]?.name ?? '']
      const header = ['反映事项', '乡镇', '村', '收件日期', '信访人', '渠道', '责任单位', '包案领导', '办结期限', '反映内容']
      const words = '上门核实，联系销路；A B 两户（均已告知）'
      await take('integrity.petition', [
        header,
        [words, ...place, '2023-12-01', '信访人甲', '来访', name, '包案领导甲', '2023-12-31', words],
      ])
      const { items } = await searchRecords(ctx, { templateKey: 'integrity.petition', fields: [], limit: 5 })
      const [item] = items
      expect(item?.title).toBe(words)
      const record = await readRecord(ctx, { templateKey: 'integrity.petition', recordId: item?.recordId ?? '' })
      expect(record.values['unit']).toMatchObject({ name })
    })
  })
})

describe('a link to a record that the caller may not see', () => {
  const secret = '不该看见的标题'

  it('of another township is not found, by id or by name, and tells no title', async () => {
    const { officer, deps, county, imported } = walk()
    const fair = (await imported('employment.fair')).records[0]
    const applicant = (await imported('employment.applicant')).records[0]
    const open = shippedTemplates().get('employment.fair')?.at(-1)
    if (fair === undefined || applicant === undefined || open === undefined) throw new Error('no sample')
    const values = { ...enteredOf(open, fair), name: secret, area: { id: county.villages[2]?.path ?? '', name: '' } }
    const other = await makeRecord(officer(), deps, { templateKey: 'employment.fair', values })
    const scope = grantArea(county.countyCode, county.townships[0]?.path ?? '')
    const township = walk().world.as(scope, { id: 'test:township', roles: ['township-officer'] })
    const of = { templateKey: 'employment.applicant', recordId: applicant.recordId, revision: applicant.revision }
    const tried = await changeRecord(township, deps, { ...of, values: { fair: { id: other.recordId, name: '' } } }).then(
      () => 'done',
      (fault: { code?: string; details?: unknown }) => `${fault.code ?? ''} ${JSON.stringify(fault.details)}`,
    )
    expect(tried).toContain('ledgers.refused')
    expect(tried).not.toContain(secret)
    expect((await chooseRecords(township, { templateKey: 'employment.fair', q: secret, limit: 5 })).items).toEqual([])
    expect((await linkedRecords(township, { kind: 'record', target: other.recordId, limit: 5 })).items).toEqual([])
    const named = await stageFile(township, deps, {
      templateKey: 'employment.applicant',
      fileName: '意向.csv',
      stream: Readable.from([Buffer.from(`证件号码,招聘会,意向岗位\r\n${walk().homes[0]?.persons[1]?.idNumber ?? ''},${secret},岗位\r\n`)]),
    })
    expect(named.counts).toMatchObject({ bad: 1, new: 0 })
  })

  it('of a closed ledger is not found from an open one, and no list of who links to it tells its title', async () => {
    await inCounty(async (ctx) => {
      const { make } = openRegisters(ctx, walk())
      const petition = await make('integrity.petition', { what: secret, 'file-no': 'H1' })
      const template: Template = {
        ...shipped(honour),
        key: 'own.follow-up',
        fields: [
          ...shipped(honour).fields,
          { key: 'letter', name: { zh: '信访件', en: 'Petition' }, kind: 'record', of: 'integrity.petition' },
        ],
      }
      const { problems, revision } = await saveDraft(ctx, { templateKey: 'own.follow-up', template })
      expect(problems).toEqual([])
      await publishTemplate(ctx, { templateKey: 'own.follow-up', revision })
      const household = { id: walk().homes[0]?.householdId ?? '', name: '' }
      const values = { honour: '回访', household, level: 'village', 'given-on': '2023-12-01', letter: { id: petition.recordId, name: '' } }
      const cadre: Inside = { ...ctx, caller: { id: 'test:cadre', name: '村干部', roles: ['village-cadre'] } }
      const tried = await makeRecord(cadre, walk().deps, { templateKey: 'own.follow-up', values }).then(
        () => 'done',
        (fault: { details?: unknown }) => JSON.stringify(fault.details),
      )
      expect(tried).not.toBe('done')
      expect(tried).not.toContain(secret)
      await expect(chooseRecords(cadre, { templateKey: 'integrity.petition', q: '', limit: 5 })).rejects.toMatchObject({
        code: 'ledgers.template-unknown',
      })
      const books = await linkedRecords(cadre, { kind: 'area', target: walk().county.villages[0]?.path ?? '', limit: 5 })
      expect(JSON.stringify(books)).not.toContain(secret)
    })
  })
})
