import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { Template } from '../rules/template.ts'
import { applyImport, stagePaste } from './imports.ts'
import { readKnown } from './known-routes.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { publishTemplate, saveDraft } from './templates.ts'
import { makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const village = (at: number) => county.villages[at]?.path ?? ''
const words = (zh: string) => ({ zh, en: zh })
const templateKey = 'own.known'

const template: Template = {
  key: templateKey,
  name: words('奖补台账'),
  about: 'person',
  title: 'what',
  fields: [
    { key: 'what', name: words('项目'), kind: 'text', required: true },
    { key: 'person', name: words('人员'), kind: 'person', required: true },
    {
      key: 'household-type',
      name: words('户类型'),
      kind: 'choice',
      required: true,
      choices: ['脱贫户', '监测对象', '一般农户'].map((name, at) => ({ key: `t${at}`, name: words(name) })),
      known: 'if 是监测对象 then "监测对象" else if 是脱贫户 then "脱贫户" else "一般农户"',
    },
    { key: 'members', name: words('家庭人口'), kind: 'number', known: '家庭人口数' },
    { key: 'sex', name: words('性别'), kind: 'text', known: '性别' },
  ],
  states: [{ key: 'made', name: words('已登记') }],
  list: { columns: ['what'], offered: ['household-type'] },
  print: { title: words('奖补台账'), sheet: ['what'], list: ['what'] },
  access: { read: ['county-data-officer', 'village-cadre'], write: ['county-data-officer', 'village-cadre'] },
}

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  const { revision, problems } = await saveDraft(officer(), { templateKey, template })
  expect(problems).toEqual([])
  await publishTemplate(officer(), { templateKey, revision })
})

const given = () =>
  givenHousehold(officer(), world.vault, {
    areaPath: `${village(0)}01.`,
    type: '脱贫户',
    members: [{ name: '测试户主' }, { name: '测试家人' }],
  })
const made = async (values: Record<string, unknown>) => {
  const { recordId } = await makeRecord(officer(), deps(), { templateKey, values })
  return (await readRecord(officer(), { templateKey, recordId })).values
}

describe('what the register knows', () => {
  it('is filled in where nothing was entered, and stays as somebody corrected it', async () => {
    const home = await given()
    const person = { id: home.persons[0]?.personId }
    expect(await made({ what: '补贴', person })).toMatchObject({ 'household-type': 't0', members: '2' })
    expect(await made({ what: '补贴', person, 'household-type': 't2', members: '5' })).toMatchObject({
      'household-type': 't2',
      members: '5',
    })
  })

  it('is told to the form of who may see the person, and of nobody else', async () => {
    const home = await given()
    const asked = { templateKey, target: home.persons[0]?.personId ?? '' }
    expect((await readKnown(officer(), asked)).values).toMatchObject({ 'household-type': 't0', members: '2' })
    const elsewhere = world.as(grantArea(county.countyCode, village(3)), { id: 'test:village', roles: ['village-cadre'] })
    expect(await readKnown(elsewhere, asked)).toEqual({ values: {} })
  })

  it('stands in the rows of a list that does not bring it, and gives way to what the list says', async () => {
    const home = await given()
    const number = home.persons[0]?.idNumber ?? ''
    const rows = [
      ['项目', '人员', '家庭人口'],
      ['补贴甲', number, ''],
      ['补贴乙', number, '7'],
    ]
    const dry = await stagePaste(officer(), deps(), { templateKey, rows })
    expect([dry.counts.new, dry.counts.bad]).toEqual([2, 0])
    await applyImport(officer(), deps(), { templateKey, importId: dry.importId })
    const { items } = await searchRecords(officer(), { templateKey, fields: [], importId: dry.importId, limit: 10 })
    const kept = await Promise.all(items.map(async ({ recordId }) => (await readRecord(officer(), { templateKey, recordId })).values))
    expect(new Map(kept.map((one) => [one['what'], [one['household-type'], one['members']]]))).toEqual(
      new Map([
        ['补贴甲', ['t0', '2']],
        ['补贴乙', ['t0', '7']],
      ]),
    )
  })

  it('is refused in a template where nobody is linked, or where the formula names no fact', async () => {
    const fields = template.fields.filter(({ kind }) => kind !== 'person')
    const alone = await saveDraft(officer(), {
      templateKey: 'own.nobody',
      template: { ...template, key: 'own.nobody', about: 'nothing', fields },
    })
    expect(alone.problems.map((one) => one.at)).toContain('fields.sex.known')
    const wrong = template.fields.map((field) => (field.key === 'members' ? { ...field, known: '家庭人数' } : field))
    const named = await saveDraft(officer(), { templateKey: 'own.wrong', template: { ...template, key: 'own.wrong', fields: wrong } })
    expect(named.problems.map((one) => [one.at, one.said.zh.includes('家庭人数')])).toContainEqual(['fields.members.known', true])
  })
})
