import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { Template } from '../rules/template.ts'
import { remind } from './jobs/ledger-jobs.ts'
import { listMigrations, previewMigration, runMigration, startMigration } from './migrate-records.ts'
import { moveRecord } from './move-record.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { readTemplateRecord } from './read-templates.ts'
import { checkTemplate, downloadTemplate, publishTemplate, saveDraft, takeTemplateFile, withdrawTemplate } from './templates.ts'
import { ledgersHouseholdEvents } from './when-household-changed.ts'
import { changeRecord, makeRecord } from './write-record.ts'
import { linkedRecords } from './linked-records.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const system = () => world.as(grantSystem(county.countyCode, 'test'))
const cadre = (path: string) => world.as(grantArea(county.countyCode, path), { id: 'test:village', roles: ['village-cadre'] })
const village = (at: number) => county.villages[at]?.path ?? ''
const words = (zh: string) => ({ zh, en: zh })
const everybody = ['county-data-officer', 'township-officer', 'village-cadre']

const first: Template = {
  key: 'own.bees',
  name: words('养蜂台账'),
  about: 'household',
  title: 'site',
  fields: [
    { key: 'site', name: words('蜂场'), kind: 'text', required: true },
    { key: 'household', name: words('养蜂户'), kind: 'household', required: true },
    { key: 'hives', name: words('箱数'), kind: 'number', unit: '箱' },
    { key: 'price', name: words('单价'), kind: 'money' },
    { key: 'value', name: words('产值'), kind: 'money', computed: '箱数 * 单价' },
    {
      key: 'breed',
      name: words('品种'),
      kind: 'choice',
      choices: [
        { key: 'a', name: words('中蜂') },
        { key: 'b', name: words('意蜂') },
      ],
    },
    { key: 'note', name: words('备注'), kind: 'long-text' },
  ],
  states: [
    { key: 'open', name: words('在养') },
    { key: 'done', name: words('已停'), settled: true },
  ],
  moves: [{ key: 'stop', name: words('停养'), from: ['open'], into: 'done', by: everybody }],
  list: { columns: ['site', 'hives', 'value'], offered: ['site', 'hives', 'value', 'breed'] },
  print: { title: words('养蜂登记表'), sheet: ['site', 'hives'], list: ['site', 'hives'] },
  access: { read: everybody, write: everybody },
}
const publish = async (template: Template) => {
  const { revision, problems } = await saveDraft(officer(), { templateKey: template.key, template })
  expect(problems).toEqual([])
  return (await publishTemplate(officer(), { templateKey: template.key, revision })).version
}
const home = async (at: number) =>
  (await givenHousehold(officer(), world.vault, { areaPath: `${village(at)}01.`, members: [{ name: '测试户主' }] })).householdId

describe('a template of the county’s own', () => {
  it('is in use at once, and its records survive two changes with nothing lost', async () => {
    expect(await publish(first)).toBe(1001)
    const values = { site: '东山', household: { id: await home(0) }, hives: '12', price: '300.5', breed: '意蜂', note: '靠近水源' }
    const of = { templateKey: 'own.bees', ...(await makeRecord(officer(), deps(), { templateKey: 'own.bees', values })) }
    const second: Template = {
      ...first,
      fields: [
        ...first.fields
          .filter((field) => field.key !== 'note' && field.key !== 'breed')
          .map((field) => (field.key === 'hives' ? { ...field, kind: 'text' as const } : field))
          .map((field) => (field.key === 'value' ? { ...field, computed: '单价' } : field))
          .map(({ unit: __, ...field }) => field),
        { key: 'breed', name: words('品种'), kind: 'choice', choices: [{ key: 'a', name: words('中蜂') }] },
        { key: 'helper', name: words('帮扶人'), kind: 'text', required: true },
      ],
    }
    expect(await publish(second)).toBe(1002)
    expect(await readRecord(officer(), of)).toMatchObject({
      version: 1001,
      values: { note: '靠近水源', value: '3606.00' },
      can: { migrate: true },
    })
    const preview = await previewMigration(officer(), { templateKey: 'own.bees', version: 1002 })
    expect(preview).toMatchObject({ records: 1, incomplete: 1 })
    expect(preview.dropped.map(({ field, why }) => `${field} ${why}`).sort()).toEqual(['breed choice', 'note gone'])
    const { migrationId } = await startMigration(officer(), { templateKey: 'own.bees', version: 1002 })
    await runMigration(system(), deps(), { migrationId, check: () => undefined })
    const moved = await readRecord(officer(), of)
    expect(moved).toMatchObject({
      version: 1002,
      values: { hives: '12', value: '300.50', site: '东山' },
      warnings: [{ code: 'missing', field: 'helper' }],
    })
    expect(moved.history[0]).toMatchObject({ act: 'migrate', before: { note: '靠近水源', breed: 'b', value: '3606.00' } })
    await changeRecord(officer(), deps(), { ...of, revision: moved.revision, values: { helper: '帮扶甲' } })
    expect(await publish({ ...first, fields: [...first.fields, { key: 'helper', name: words('帮扶人'), kind: 'text' }] })).toBe(1003)
    const again = await startMigration(officer(), { templateKey: 'own.bees', version: 1003 })
    await runMigration(system(), deps(), { migrationId: again.migrationId, check: () => undefined })
    expect(await readRecord(officer(), of)).toMatchObject({
      version: 1003,
      values: { hives: '12', price: '300.50', value: '3606.00', helper: '帮扶甲' },
      warnings: [],
    })
    expect((await listMigrations(officer(), { templateKey: 'own.bees' })).items.map((one) => [one.state, one.done])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
    const found = await searchRecords(officer(), { templateKey: 'own.bees', fields: [{ field: 'hives', from: '12', to: '12' }], limit: 5 })
    expect(found.items).toHaveLength(1)
  })

  it('says in sentences what is wrong with it, refuses files that are none, and goes from county to county as one file', async () => {
    const wrong = { ...first, fields: first.fields.map((field) => (field.key === 'value' ? { ...field, computed: '箱数 * 单加' } : field)) }
    expect((await checkTemplate(officer(), { template: wrong })).problems).toMatchObject([
      { at: 'fields.value.computed', said: { zh: expect.stringContaining('单加') } },
    ])
    for (const hostile of ['not json', '{}', '{"__proto__": {"key": 1}}', '[[]]', JSON.stringify({ ...first, fields: [] })])
      await expect(takeTemplateFile(officer(), { stream: Readable.from([Buffer.from(hostile)]) })).rejects.toMatchObject({
        code: 'ledgers.template-problems',
      })
    const file = await downloadTemplate(officer(), { templateKey: 'generic.inspection' })
    const body = file.body instanceof Readable ? await text(file.body) : file.body.toString()
    const taken = await takeTemplateFile(officer(), { stream: Readable.from([Buffer.from(body)]) })
    expect(taken).toMatchObject({ templateKey: 'generic.inspection', problems: [] })
    expect(
      (await readTemplateRecord(officer(), { templateKey: 'generic.inspection' })).versions.map((one) => [one.version, one.state]),
    ).toEqual([
      [1, 'published'],
      [1001, 'draft'],
    ])
    await withdrawTemplate(officer(), { templateKey: 'own.bees', version: 1003, reason: '改回旧版' })
    expect((await readTemplateRecord(officer(), { templateKey: 'own.bees', version: 1003 })).state).toBe('withdrawn')
  })
})

describe('a closed ledger', () => {
  it('shows rows to its office alone; others learn how many there are', async () => {
    const closed: Template = {
      ...first,
      key: 'own.letters',
      name: words('来信台账'),
      access: { read: ['county-data-officer'], write: ['county-data-officer'], closed: true },
    }
    await publish(closed)
    const householdId = await home(0)
    await makeRecord(officer(), deps(), { templateKey: 'own.letters', values: { site: '来信一', household: { id: householdId } } })
    await expect(searchRecords(cadre(village(0)), { templateKey: 'own.letters', fields: [], limit: 5 })).rejects.toMatchObject({
      code: 'ledgers.template-unknown',
    })
    const asked = { kind: 'household', target: householdId, limit: 5 } as const
    expect((await linkedRecords(cadre(village(0)), asked)).items).toMatchObject([{ isClosed: true, count: 1, items: [] }])
    expect((await linkedRecords(officer(), asked)).items).toMatchObject([{ isClosed: true, count: 1, items: [{ title: '来信一' }] }])
    expect((await linkedRecords(cadre(village(1)), asked)).items).toEqual([])
  })
})

describe('records and what happens around them', () => {
  it('follow their household to another village, closed ones too, and are reminded of once', async () => {
    const householdId = await home(0)
    const honour = { honour: '孝老', household: { id: householdId }, level: 'village', 'given-on': '2023-11-01' }
    const { recordId } = await makeRecord(officer(), deps(), { templateKey: 'generic.honour', values: honour })
    await moveRecord(officer(), deps(), { templateKey: 'generic.honour', recordId, revision: 1, move: 'show', values: {} })
    const areas = new Map([[householdId, `${village(1)}01.`]])
    const event = {
      eventId: householdId,
      kind: 'move',
      on: '2023-12-18',
      householdId,
      otherId: undefined,
      personIds: [],
      areas,
      homes: new Map(),
      ended: undefined,
      revived: undefined,
    } as const
    await inTransaction(officer(), (db) => ledgersHouseholdEvents.follow({ ...officer(), db }, db, event))
    const seen = async (at: number) =>
      (await searchRecords(cadre(village(at)), { templateKey: 'generic.honour', fields: [], householdId, limit: 5 })).items.length
    expect([await seen(0), await seen(1)]).toEqual([0, 1])
    const later = { ...system(), today: '2024-01-02' as ReturnType<typeof system>['today'] }
    expect([await remind(later), await remind(later)]).toEqual([1, 0])
  })
})
