import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { addGivenOrganisation, givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { Template } from '../contract.ts'
import { ledgersOrganisationMerges, ledgersPersonMerges } from './linked-follow.ts'
import { linkedRecords } from './linked-records.ts'
import { moveRecord } from './move-record.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { publishTemplate, saveDraft } from './templates.ts'
import { makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
let home: GivenHousehold
const firms: string[] = []
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', roles: ['county-data-officer'] })
const cadre = () => world.as(grantArea(county.countyCode, village(0)), { id: 'test:village', roles: ['village-cadre'] })
const village = (at: number) => county.villages[at]?.path ?? ''
const words = (zh: string) => ({ zh, en: zh })
const everybody = ['county-data-officer', 'village-cadre']
const template: Template = {
  key: 'own.posts',
  name: words('岗位台账'),
  about: 'person',
  title: 'who',
  fields: [
    { key: 'who', name: words('人员'), kind: 'person', required: true },
    { key: 'firm', name: words('用工单位'), kind: 'organisation' },
    { key: 'village', name: words('村'), kind: 'area' },
    { key: 'paid', name: words('补贴'), kind: 'money' },
    { key: 'on', name: words('上岗日'), kind: 'date' },
  ],
  states: [
    { key: 'open', name: words('在岗') },
    { key: 'done', name: words('离岗'), settled: true },
  ],
  moves: [{ key: 'leave', name: words('离岗'), from: ['open'], into: 'done', by: everybody }],
  deadlines: [{ key: 'check', name: words('核查'), from: 'field:on', days: 10, calendar: 'calendar' }],
  list: { columns: ['who', 'on', 'paid', 'firm'], offered: ['who', 'firm', 'paid', 'on'], sums: ['paid'] },
  print: { title: words('岗位登记表'), sheet: ['who'], list: ['who'] },
  access: { read: everybody, write: everybody },
}
const post = async (who: number, more: object, templateKey = 'own.posts') => {
  const values = { who: { id: home.persons[who]?.personId }, village: { id: village(0) }, ...more }
  return (await makeRecord(officer(), deps(), { templateKey, values })).recordId
}
const person = (at: number) => ({ kind: 'person', target: home.persons[at]?.personId ?? '', limit: 2 }) as const

beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  const members = [{ name: '柳一' }, { name: '柳二' }]
  home = await givenHousehold(officer(), world.vault, { areaPath: village(0), members })
  for (const name of ['果业合作社', '果业专业合作社']) firms.push(await addGivenOrganisation(officer(), name))
  for (const one of [
    template,
    { ...template, key: 'own.letters', access: { read: ['county-data-officer'], write: ['county-data-officer'], closed: true } },
  ]) {
    const { revision } = await saveDraft(officer(), { templateKey: one.key, template: one })
    await publishTemplate(officer(), { templateKey: one.key, revision })
  }
  await post(0, { paid: '100.10', on: '2023-12-01', firm: { id: firms[0] } })
  await post(0, { paid: '200', on: '2023-12-15' })
  const left = await post(0, { paid: '0.05', on: '2023-06-01' })
  await moveRecord(officer(), deps(), { templateKey: 'own.posts', recordId: left, revision: 1, move: 'leave', values: {} })
  await post(0, {}, 'own.letters')
})

describe('what the ledgers say', () => {
  it('of a person: late ones first, the settled last, amounts summed over all, as many lines as asked for', async () => {
    const { items } = await linkedRecords(officer(), person(0))
    const book = items.find((one) => one.templateKey === 'own.posts')
    expect(book).toMatchObject({ pack: 'own', count: 3, open: 2, overdue: 1, sums: [{ name: { zh: '补贴' }, text: '300.15' }] })
    expect(book?.items.map((one) => [one.day, one.money?.text, one.isOverdue])).toEqual([
      ['2023-12-01', '100.10', true],
      ['2023-12-15', '200.00', false],
    ])
  })

  it('of a household is what they say of its members, and a closed ledger tells only how many', async () => {
    const asked = { kind: 'household', target: home.householdId, limit: 5 } as const
    const of = async (ctx: ReturnType<typeof officer>) =>
      (await linkedRecords(ctx, asked)).items.map((one) => `${one.templateKey} ${one.count} ${one.isHidden} ${one.items.length}`)
    expect((await of(officer())).toSorted()).toEqual(['own.letters 1 false 1', 'own.posts 3 false 3'])
    expect((await of(cadre())).toSorted()).toEqual(['own.letters 1 true 0', 'own.posts 3 false 3'])
  })

  it('of a village: what names it, and which ledgers hold records there; the list behind it has the same number', async () => {
    const { items, inPlace } = await linkedRecords(cadre(), { kind: 'area', target: village(0), limit: 5 })
    expect(items.map((one) => [one.templateKey, one.count, one.isHidden])).toContainEqual(['own.posts', 3, false])
    expect(inPlace?.map((one) => `${one.templateKey} ${one.count} ${one.open} ${one.isHidden}`).toSorted()).toEqual([
      'own.letters 1 0 true',
      'own.posts 3 2 false',
    ])
    const list = await searchRecords(cadre(), {
      templateKey: 'own.posts',
      fields: [],
      limit: 50,
      linked: { kind: 'area', target: village(0) },
    })
    expect(list.items).toHaveLength(3)
    expect(
      (await linkedRecords(world.as(grantArea(county.countyCode, village(1)), { roles: ['village-cadre'] }), person(0))).items,
    ).toEqual([])
  })
})

describe('records of who was entered twice', () => {
  it('name the person who stays, in closed ledgers too, and the first one again when the merge is taken back', async () => {
    const [winnerId, loserId] = [home.persons[1]?.personId ?? '', home.persons[0]?.personId ?? '']
    const merge = { mergeId: '', winnerId, loserId, householdId: home.householdId, areaPath: village(0) }
    const moved = await inTransaction(officer(), (db) => ledgersPersonMerges.repoint({ ...officer(), db }, db, merge))
    expect(moved).toHaveLength(4)
    expect((await linkedRecords(officer(), person(0))).items).toEqual([])
    const found = (await linkedRecords(officer(), person(1))).items
    expect(found.map((one) => `${one.templateKey} ${one.count}`).toSorted()).toEqual(['own.letters 1', 'own.posts 3'])
    const fields = [{ field: 'who', is: [winnerId] }]
    expect((await searchRecords(officer(), { templateKey: 'own.posts', fields, limit: 5 })).items.map((one) => one.title)).toEqual([
      '柳二',
      '柳二',
      '柳二',
    ])
    await inTransaction(officer(), (db) => ledgersPersonMerges.putBack({ ...officer(), db }, db, { ...merge, moved }))
    expect((await linkedRecords(officer(), person(0))).items.map((one) => one.count).toSorted((one, other) => one - other)).toEqual([1, 3])
  })

  it('name the organisation that stays, by its name', async () => {
    const [fromId = '', intoId = ''] = firms
    await inTransaction(officer(), (db) =>
      ledgersOrganisationMerges.repoint({ ...officer(), db }, db, { fromId, intoId, name: '果业专业合作社' }),
    )
    const { items } = await linkedRecords(officer(), { kind: 'organisation', target: intoId, limit: 5 })
    const recordId = items[0]?.items[0]?.recordId ?? ''
    expect((await readRecord(officer(), { templateKey: 'own.posts', recordId })).values['firm']).toEqual({
      id: intoId,
      name: '果业专业合作社',
    })
  })
})
