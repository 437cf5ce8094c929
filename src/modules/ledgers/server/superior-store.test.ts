import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { Template } from '../rules/template.ts'
import { applyImport, listImportRows, stagePaste } from './imports.ts'
import { chooseRecords, readRecord } from './read-records.ts'
import { publishTemplate, saveDraft } from './templates.ts'
import { makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const township = (at: number, role = 'township-officer') =>
  world.as(grantArea(county.countyCode, county.townships[at]?.path ?? ''), { id: `test:township${at}`, roles: [role] })
const words = (zh: string) => ({ zh, en: zh })
const plain = (key: string, given: Pick<Template, 'name' | 'title' | 'fields'> & Partial<Template>): Template => ({
  key,
  about: 'nothing',
  states: [{ key: 'made', name: words('已登记') }],
  list: { columns: [given.title], offered: [] },
  print: { title: given.name, sheet: [given.title], list: [given.title] },
  access: { read: ['county-data-officer', 'township-officer'], write: ['county-data-officer', 'township-officer'] },
  ...given,
})
const name = { key: 'name', name: words('名称'), kind: 'text', required: true } as const
const fund = plain('own.county-fund', { name: words('资金'), title: 'name', fields: [name] })
const quiet = plain('own.quiet-fund', {
  name: words('内部资金'),
  title: 'name',
  fields: [name],
  access: { read: ['county-data-officer'], write: ['county-data-officer'] },
})
const project = plain('own.town-project', {
  name: words('项目'),
  title: 'name',
  fields: [
    name,
    { key: 'fund', name: words('资金'), kind: 'record', of: 'own.county-fund' },
    { key: 'quiet', name: words('内部资金'), kind: 'record', of: 'own.quiet-fund' },
  ],
})

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  for (const template of [fund, quiet, project]) {
    const { revision, problems } = await saveDraft(officer(), { templateKey: template.key, template })
    expect(problems).toEqual([])
    await publishTemplate(officer(), { templateKey: template.key, revision })
  }
})

const made = async (templateKey: string, values: Record<string, unknown>, ctx = officer()) =>
  (await makeRecord(ctx, deps(), { templateKey, values })).recordId

describe('a record of a superior office', () => {
  it('may be named by those below it, by choice, on a form and in a list, and is read by nobody of them', async () => {
    const id = await made('own.county-fund', { name: '衔接资金' })
    const ctx = township(0)
    expect((await chooseRecords(ctx, { templateKey: 'own.county-fund', q: '衔接', limit: 10 })).items).toEqual([{ id, name: '衔接资金' }])
    const recordId = await made('own.town-project', { name: '修路', fund: { id } }, ctx)
    expect((await readRecord(ctx, { templateKey: 'own.town-project', recordId })).values['fund']).toEqual({ id, name: '衔接资金' })
    const rows = [
      ['名称', '资金'],
      ['修渠', '衔接资金'],
    ]
    const dry = await stagePaste(ctx, deps(), { templateKey: 'own.town-project', rows })
    expect(dry.counts).toMatchObject({ new: 1, bad: 0 })
    await applyImport(ctx, deps(), { templateKey: 'own.town-project', importId: dry.importId })
    await expect(readRecord(ctx, { templateKey: 'own.county-fund', recordId: id })).rejects.toMatchObject({ code: 'http.not-found' })
  })

  it('is not there for another township’s record, nor for a role that does not read its ledger', async () => {
    const other = await made('own.county-fund', { name: '外镇自筹' }, township(1))
    const hidden = await made('own.quiet-fund', { name: '机动资金' })
    const ctx = township(0)
    expect((await chooseRecords(ctx, { templateKey: 'own.county-fund', q: '外镇', limit: 10 })).items).toEqual([])
    for (const values of [{ fund: { id: other } }, { quiet: { id: hidden } }])
      await expect(made('own.town-project', { name: '修桥', ...values }, ctx)).rejects.toMatchObject({ code: 'ledgers.refused' })
    const rows = [
      ['名称', '内部资金'],
      ['修塘', '机动资金'],
    ]
    const dry = await stagePaste(ctx, deps(), { templateKey: 'own.town-project', rows })
    const bad = (await listImportRows(ctx, { templateKey: 'own.town-project', importId: dry.importId, outcome: 'bad', limit: 10 })).items
    expect(bad.map((row) => row.problems.map((one) => one.code))).toEqual([['not-found']])
  })
})
