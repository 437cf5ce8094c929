import { beforeAll, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { givenHousehold, type GivenHousehold } from './given.ts'
import { getPerson } from './persons/person-page.ts'
import { getVillage } from './villages/village-page.ts'

const world = openTestWorld()
let county: GivenCounty
let home: GivenHousehold
const village = (at: number) => county.villages[at]?.path ?? ''

beforeAll(async () => {
  county = await givenCounty(world.database)
  const ctx = world.as(grantCounty(county.countyCode))
  home = await givenHousehold(ctx, world.vault, {
    areaPath: village(0),
    group: '2组',
    type: '脱贫户',
    monitorCategory: '脱贫不稳定户',
    members: [
      { name: '柳一', labourSkill: '普通劳动力', facts: { workEmployer: '某厂' } },
      { name: '柳二', relation: '之女', sex: 'female' },
    ],
  })
  await givenHousehold(ctx, world.vault, { areaPath: village(0), group: '10组', members: [{ name: '荷一' }] })
  await givenHousehold(ctx, world.vault, { areaPath: village(1), members: [{ name: '荷二' }] })
})

it('a person is shown with household and family, numbers masked; in another area nobody is there', async () => {
  const [one, other] = home.persons
  const deps = { vault: world.vault }
  const page = await getPerson(world.as(grantArea(county.countyCode, village(0))), one?.personId ?? '', deps)
  expect(page).toMatchObject({
    person: { name: '柳一', isHead: true, labourSkill: '普通劳动力' },
    household: { householdId: home.householdId, monitorCategory: '脱贫不稳定户' },
    kin: [{ personId: other?.personId, name: '柳二', relation: '之女' }],
    memberships: [{ householdId: home.householdId, validTo: undefined }],
  })
  expect(page.person.facts.map((fact) => fact.key)).toContain('workEmployer')
  expect(JSON.stringify(page)).not.toContain(one?.idNumber ?? '-')
  const elsewhere = getPerson(world.as(grantArea(county.countyCode, village(1))), one?.personId ?? '', deps)
  await expect(elsewhere).rejects.toMatchObject({ code: 'registry.not-found' })
})

it('a village is counted once for each way in which it is looked at', async () => {
  const page = await getVillage(world.as(grantArea(county.countyCode, village(0))), village(0))
  expect(page).toMatchObject({
    name: '柳湾村',
    township: '菱塘镇',
    households: 2,
    persons: 3,
    registeredPersons: 2,
    byCategory: [{ key: '脱贫不稳定户', households: 1, persons: 2 }],
    byGroup: [{ key: '2组' }, { key: '10组' }],
  })
  expect(page.byType.map((one) => `${one.key ?? ''} ${one.households} ${one.persons}`).toSorted()).toEqual(['一般农户 1 1', '脱贫户 1 2'])
  expect(page.byLabour).toContainEqual({ key: '普通劳动力', persons: 1 })
  await expect(getVillage(world.as(grantArea(county.countyCode, village(1))), village(0))).rejects.toMatchObject({
    code: 'registry.not-found',
  })
  await expect(getVillage(world.as(grantCounty(county.countyCode)), county.townships[0]?.path ?? '')).rejects.toMatchObject({
    code: 'registry.not-found',
  })
})
