import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { areasByName } from '#modules/identity/server/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { makeChance, pick, rounds, seed, type Chance } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import type { Field } from '../rules/template.ts'
import { lookUpPeople } from './look-up-people.ts'
import { withNear, type FoundLink, type WrittenLink } from './written-link.ts'

const world = openTestWorld()
const words = (zh: string) => ({ zh, en: zh })
const person: Field = { key: 'person', name: words('人员'), kind: 'person' }
const household: Field = { key: 'household', name: words('农户'), kind: 'household' }
interface Somebody {
  personId: string
  householdId: string
  householdNo: string
  name: string
  headName: string
  idNumber: string
  village: number
  group: string
}
let county: GivenCounty
const people: Somebody[] = []

// A county of namesakes: sixteen names for everybody.
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  const chance = makeChance(seed)
  await inTransaction(inCounty(), async (db) => {
    for (let at = 0; at < rounds(16, 200); at += 1) await addHousehold({ ...inCounty(), db }, chance)
  })
})

async function addHousehold(ctx: Context, chance: Chance): Promise<void> {
  const aName = () => `${pick(chance, ['柳', '荷', '菱', '汀'])}${pick(chance, ['一', '二', '三', '小四'])}`
  const village = chance(county.villages.length)
  const group = `${1 + chance(3)}组`
  const members = Array.from({ length: 1 + chance(3) }, () => ({ name: aName() }))
  const area = county.villages[village]
  const place = { areaPath: area?.path ?? '', village: area?.name ?? '', township: townshipOf(village), group }
  const made = await givenHousehold(ctx, world.vault, { ...place, members })
  const headName = members[0]?.name ?? ''
  for (const { personId, name, idNumber } of made.persons)
    people.push({ personId, name, idNumber, headName, village, group, householdId: made.householdId, householdNo: made.householdNo })
}

const townshipOf = (village: number): string => county.townships[village < 2 ? 0 : 1]?.name ?? ''
const villageOf = (village: number): string => county.villages[village]?.name ?? ''
const inCounty = () => world.as(grantCounty(county.countyCode))

async function ask(ctx: Context, links: readonly WrittenLink[]): Promise<FoundLink[]> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const deps = { vault: world.vault, filesDirectory: world.directory }
    const find = await lookUpPeople(within, deps, { links, areas: () => areasByName(within) })
    return links.map(find)
  })
}
const write = (text: string, more: Partial<WrittenLink> = {}): WrittenLink => ({ field: person, text, township: '', ...more })
const targetOf = (found: FoundLink | undefined) => (found !== undefined && 'linked' in found ? found.linked.id : found?.refused)
const same = (fits: (one: Somebody) => boolean) => people.filter(fits)

describe('a person whom a file names', () => {
  it('is found by the number, and not when the name beside it is another one’s', async () => {
    const links = people.flatMap((one) => [write(one.idNumber), write(`${one.name} ${one.idNumber}`), write(`陌生人 ${one.idNumber}`)])
    const found = await ask(inCounty(), links)
    for (const [at, one] of people.entries()) {
      expect([0, 1].map((way) => targetOf(found[at * 3 + way]))).toEqual([one.personId, one.personId])
      expect(found[at * 3 + 2]).toMatchObject({ refused: 'name-differs', values: { found: one.name } })
    }
  })

  it('is found by name and village where the village has one of that name; of several, every one is named', async () => {
    const links = people.map((one) => write(`${one.name}（${townshipOf(one.village)}${villageOf(one.village)}）`))
    const found = await ask(inCounty(), links)
    for (const [at, one] of people.entries()) {
      const fitting = same((other) => other.name === one.name && other.village === one.village)
      if (fitting.length === 1) expect(targetOf(found[at])).toBe(one.personId)
      else {
        const refused = found[at]
        expect(refused).toMatchObject({ refused: 'several-candidates' })
        const said = refused !== undefined && 'refused' in refused ? (refused.values?.['candidates'] ?? '') : ''
        expect(said.split('、').length).toBe(Math.min(5, fitting.length))
        for (const other of fitting.slice(0, 5)) expect(said).not.toContain(other.idNumber)
      }
    }
  })

  it('is found by name and household, by the cells of the row, and by a number of which a list shows the ends', async () => {
    const near = (one: Somebody) =>
      withNear(new Map([['p', write(one.name, { township: townshipOf(one.village) })]]), villageOf(one.village))
    const links = people.flatMap((one) => [
      write(`${one.name} ${one.householdNo}`),
      [...near(one).values()][0] ?? write(''),
      write(`${one.name} ${one.idNumber.slice(0, 6)}********${one.idNumber.slice(-4)}`),
    ])
    const found = await ask(inCounty(), links)
    const unlike = (fits: readonly Somebody[], answer: FoundLink | undefined, one: Somebody) =>
      targetOf(answer) !== (fits.length === 1 ? one.personId : 'several-candidates')
    const wrong = people.filter(
      (one, at) =>
        unlike(
          same((other) => other.name === one.name && other.householdNo === one.householdNo),
          found[at * 3],
          one,
        ) ||
        unlike(
          same((other) => other.name === one.name && other.village === one.village),
          found[at * 3 + 1],
          one,
        ) ||
        unlike(
          same((other) => other.name === one.name && other.idNumber.slice(-4) === one.idNumber.slice(-4)),
          found[at * 3 + 2],
          one,
        ),
    )
    expect(wrong).toEqual([])
  })

  it('is never guessed from a name alone in a county, nor in a village that is not there; in one village the name is enough', async () => {
    const names = [...new Set(people.map((one) => one.name))]
    const guessed = await ask(inCounty(), [...names.map((name) => write(name)), ...names.map((name) => write(`${name}（没有村）`))])
    expect(
      guessed.map(targetOf).filter((one) => one !== 'several-candidates' && one !== 'name-needs-place' && one !== 'not-found'),
    ).toEqual([])
    const path = county.villages[0]?.path ?? ''
    const own = await ask(
      world.as(grantArea(county.countyCode, path)),
      names.map((name) => write(name)),
    )
    for (const [at, name] of names.entries()) {
      const fitting = same((one) => one.name === name && one.village === 0)
      const wanted = fitting.length === 1 ? fitting[0]?.personId : fitting.length === 0 ? 'not-found' : 'several-candidates'
      expect(targetOf(own[at]), name).toBe(wanted)
    }
  })
})

describe('a household whom a file names', () => {
  it('is found by its number, a member’s number, and its head with the village and group', async () => {
    const links = people.flatMap((one) => [
      write(one.householdNo, { field: household }),
      write(one.idNumber, { field: household }),
      write(`${one.headName}户（${townshipOf(one.village)}${villageOf(one.village)}${one.group}）`, { field: household }),
    ])
    const found = await ask(inCounty(), links)
    for (const [at, one] of people.entries()) {
      expect([0, 1].map((way) => targetOf(found[at * 3 + way]))).toEqual([one.householdId, one.householdId])
      const fitting = new Set(
        same((other) => other.headName === one.headName && other.village === one.village && other.group === one.group).map(
          (other) => other.householdId,
        ),
      )
      expect(targetOf(found[at * 3 + 2])).toBe(fitting.size === 1 ? one.householdId : 'several-candidates')
    }
  })
})
