import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readIdNumber } from '#kernel/pure/text/index.ts'
import { DemoPolicy } from '../policy/policy.ts'
import { listAreas, makeVillages } from './areas.ts'
import { makeHouseholds, nothingGiven } from './people.ts'
import { randomFrom } from './random.ts'

const policy = { ...DemoPolicy.parse(JSON.parse(readFileSync(new URL('../policy/2026-01-01.json', import.meta.url), 'utf8'))), year: 2026 }
const villages = makeVillages(randomFrom('areas'), 6000)
const households = makeHouseholds({ seed: 'people', villages, policy, given: nothingGiven() })
const people = households.flatMap((household) => household.members)
const share = (count: number, of: number): number => count / of

it('gives identity numbers right in form, date, sex and check character, of regions never assigned, each once', () => {
  for (const person of people) {
    expect(readIdNumber(person.idNumber)).toEqual({ region: expect.stringMatching(/^9903\d\d$/), bornOn: person.bornOn, sex: person.sex })
  }
  expect(new Set(people.map((person) => person.idNumber)).size).toBe(people.length)
  expect(new Set(people.map((person) => person.number)).size).toBe(people.length)
})

it('numbers households with 16 and persons with 18 digits under their village', () => {
  for (const person of people) {
    expect(person.number).toMatch(/^990301\d{12}$/)
    expect(person.number.slice(0, 16)).toBe(person.household.number)
    expect(person.household.number.slice(0, 12)).toBe(person.household.village.code)
  }
})

it('gives telephones of unassigned prefixes, each once', () => {
  const phones = people.flatMap((person) => (person.phone === '' ? [] : [person.phone]))
  expect(phones.every((phone) => /^1[56]4\d{8}$/.test(phone))).toBe(true)
  expect(new Set(phones).size).toBe(phones.length)
})

it('looks like a county: sizes, ages, shares, homonyms', () => {
  expect(households).toHaveLength(6000)
  expect(Math.max(...households.map((household) => household.members.length))).toBeLessThanOrEqual(8)
  expect(share(people.length, households.length)).toBeGreaterThan(3.1)
  expect(share(people.length, households.length)).toBeLessThan(4)
  const registered = share(households.filter((household) => household.type === '脱贫户').length, households.length)
  expect(registered).toBeGreaterThan(0.1)
  expect(registered).toBeLessThan(0.14)
  const monitored = share(households.filter((household) => household.monitored !== '').length, households.length)
  expect(monitored).toBeGreaterThan(0.008)
  expect(monitored).toBeLessThan(0.02)
  expect(people.every((person) => person.bornOn > '1915' && person.bornOn < '2026')).toBe(true)
  expect(people.some((person, at) => people.some((other, place) => place > at && other.name === person.name))).toBe(true)
  expect(share(people.filter((person) => person.sex === 'male').length, people.length)).toBeCloseTo(0.51, 1)
})

it('lists areas parents first, and every household lives in one of them', () => {
  const areas = listAreas(villages)
  const known = new Set([''])
  for (const area of areas) {
    expect(known.has(area.parentCode)).toBe(true)
    expect(known.has(area.code)).toBe(false)
    expect(area.code.startsWith('99')).toBe(true)
    known.add(area.code)
  }
  const names = new Set(areas.map((area) => `${area.parentCode}/${area.name}`))
  expect(names.size).toBe(areas.length)
  for (const household of households) expect(names.has(`${household.village.code}/${household.group}`)).toBe(true)
})
