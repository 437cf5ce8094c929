import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { buildIndex, type IndexPerson, type SoundOf } from './build-index.ts'
import { makeLocator } from './locate.ts'
import { matchRow, type Matcher, type RowPerson } from './match-row.ts'

// A small closed world: three sounds for six characters, so that namesakes and like-sounding names are frequent.
const sounds: Record<string, number> = { 张: 1, 章: 1, 李: 2, 黎: 2, 伟: 3, 玮: 3, 芳: 4 }
const soundOf: SoundOf = (name) => Array.from(name).reduce((sound, character) => sound * 7 + (sounds[character] ?? 6), 0)

const villages = ['柳湾村', '荷坪村']
const nameOf = fc
  .tuple(fc.constantFrom('张', '章', '李', '黎'), fc.constantFrom('伟', '玮', '芳'), fc.constantFrom('', '芳'))
  .map((parts) => parts.join(''))
const numberOf = fc
  .record({ year: fc.integer({ min: 1950, max: 1952 }), day: fc.integer({ min: 10, max: 12 }), order: fc.integer({ min: 0, max: 999 }) })
  .map(({ year, day, order }) => {
    const first = `990391${year}01${day}${String(order).padStart(3, '0')}`
    return first + (checkCharacterOf(first) ?? '')
  })
const personOf = fc.record({
  id: numberOf,
  name: nameOf,
  household: fc.integer({ min: 0, max: 5 }),
  phone: fc.constantFrom('', '15400000001', '15400000002'),
})
interface Person {
  id: string
  name: string
  household: number
  phone: string
}

function matcherOf(persons: readonly Person[]): Matcher {
  const builder = buildIndex(soundOf)
  persons.forEach((person, at) => builder.add(indexPerson(person, at)))
  const index = builder.finish()
  return { index, locator: makeLocator(index), soundOf }
}

function indexPerson(person: Person, at: number): IndexPerson {
  const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
  return {
    personId: id(at),
    idNumber: person.id,
    name: person.name,
    phones: [person.phone],
    isHead: false,
    seqNo: at,
    monthlyIncome: undefined,
    householdId: id(person.household),
    householdNo: String(person.household),
    registered: false,
    monitored: false,
    place: { township: '菱塘镇', village: villages[person.household % 2] ?? '', group: '1组', areaPath: '99.' },
  }
}

interface Row {
  id: string
  name: string
  village: string
  phone: string
}

/** The definitions of the classes, written as plainly as they are read: over all persons, without any table. */
function naive(persons: readonly Person[], row: Row): { class: string; person: number } {
  const alike = (person: Person) => person.name === row.name || soundOf(person.name) === soundOf(row.name)
  const where = (test: (person: Person) => boolean) => persons.flatMap((person, at) => (test(person) ? [at] : []))
  const one = (found: number[], name: string) =>
    found.length === 0 ? undefined : found.length === 1 ? { class: name, person: found[0] ?? -1 } : { class: 'ambiguous', person: -1 }
  const plain = row.id.normalize('NFKC').replace(/[\s']/g, '').toUpperCase()
  if (!/^[1-9]\d{16}[\dX]$/.test(plain) || plain.startsWith('999999')) return byName(persons, row)
  const owners = where((person) => person.id === plain)
  const usual = row.id === plain ? 'exact' : 'normalised'
  const households = new Set(owners.map((at) => persons[at]?.household))
  const mine =
    one(
      owners.filter((at) => alike(persons[at] as Person)),
      usual,
    ) ?? one(owners.length === 0 ? [] : where((person) => households.has(person.household) && alike(person)), 'repaired')
  if (mine !== undefined) return mine
  if (plain.endsWith('000')) {
    const tail = one(
      where((person) => person.id.slice(0, 15) === plain.slice(0, 15) && alike(person)),
      'repaired',
    )
    if (tail !== undefined) return tail
  }
  if (owners.length > 0) return { class: 'ambiguous', person: -1 }
  if (checkCharacterOf(plain.slice(0, 17)) === plain[17]) return { class: 'none', person: -1 }
  const slip = one(
    where((person) => isOneSlip(person.id, plain) && alike(person)),
    'repaired',
  )
  if (slip !== undefined) return slip
  const named = byName(persons, row)
  const agree = Array.from(persons[named.person]?.id ?? '').filter((character, at) => character === plain[at]).length
  return named.class === 'fuzzy' && agree < 12 ? { class: 'ambiguous', person: -1 } : named
}

function byName(persons: readonly Person[], row: Row): { class: string; person: number } {
  const named = persons.flatMap((person, at) => (soundOf(person.name) === soundOf(row.name) ? [at] : []))
  const prefer = (found: number[]) => {
    const written = found.filter((at) => persons[at]?.name === row.name)
    return written.length > 0 ? written : found
  }
  if (row.village === '' && row.phone === '') return { class: named.length > 0 ? 'ambiguous' : 'none', person: -1 }
  const villageOf = (at: number) => villages[(persons[at]?.household ?? 0) % 2]
  const reached = (at: number) =>
    row.phone !== '' && persons.some((other) => other.household === persons[at]?.household && other.phone === row.phone)
  const here = prefer(row.village === '' ? [] : named.filter((at) => villageOf(at) === row.village))
  if (here.length === 1) return { class: 'fuzzy', person: here[0] ?? -1 }
  const calling = prefer((here.length > 1 ? here : named).filter(reached))
  if (calling.length === 1) return { class: 'fuzzy', person: calling[0] ?? -1 }
  return { class: here.length + calling.length > 0 ? 'ambiguous' : 'none', person: -1 }
}

function isOneSlip(one: string, other: string): boolean {
  const differing = Array.from(one).flatMap((character, at) => (character === other[at] ? [] : [at]))
  const [left = -1, right = -1] = differing
  return (
    differing.length === 1 || (differing.length === 2 && right === left + 1 && one[left] === other[right] && one[right] === other[left])
  )
}

const dirtOf = fc.constantFrom<((id: string) => string)[]>(
  (id) => id,
  (id) => `'${id}`,
  (id) => ` ${id.slice(0, 6)} ${id.slice(6)}`,
  (id) => id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (id) => id.toLowerCase(),
  (id) => `${id.slice(0, 15)}000`,
  (id) => id.slice(0, 16) + String((Number(id[16]) + 1) % 10) + id.slice(17),
  (id) => id.slice(0, 14) + (id[15] ?? '') + (id[14] ?? '') + id.slice(16),
  () => '',
  () => '999999195001011234',
  () => '4.30595E+17',
)

function ask(matcher: Matcher, row: Row) {
  const place = matcher.locator.locate({ township: row.village === '' ? '' : '菱塘镇', village: row.village, group: '', address: '' })
  const person: RowPerson = { id: row.id, lostTail: false, name: row.name, hasNames: true, phone: row.phone, place }
  return matchRow(matcher, person)
}

describe('matching a row', () => {
  it('agrees with the definitions read plainly, on any register and any dirt', () => {
    const cases = fc.record({
      persons: fc.uniqueArray(personOf, { minLength: 1, maxLength: 40, selector: (person) => person.id }),
      whose: fc.nat(),
      dirt: dirtOf,
      otherId: fc.option(numberOf, { freq: 4 }),
      otherName: fc.option(nameOf, { freq: 3 }),
      village: fc.constantFrom('', ...villages),
      phone: fc.constantFrom('', '15400000001', '15400000002'),
    })
    fc.assert(
      fc.property(cases, ({ persons, whose, dirt, otherId, otherName, village, phone }) => {
        const person = persons[whose % persons.length] as Person
        const row: Row = { id: dirt(otherId ?? person.id), name: otherName ?? person.name, village, phone }
        const found = ask(matcherOf(persons), row)
        expect({ class: found.class, person: found.person }).toEqual(naive(persons, row))
      }),
      { numRuns: 3000 },
    )
  })

  it('never ties a row without number, name, place and telephone to anybody', () => {
    const matcher = matcherOf([{ id: '', name: '', household: 0, phone: '' }])
    expect(ask(matcher, { id: '', name: '', village: '', phone: '' })).toMatchObject({ class: 'none', cause: 'no-person', person: -1 })
    expect(ask(matcher, { id: '', name: '', village: '柳湾村', phone: '' })).toMatchObject({ class: 'none', person: -1 })
  })

  it('takes a number that lost its tail for no exact number, even when it is somebody’s', () => {
    const first = '99039119500101000'
    const persons = [{ id: first + (checkCharacterOf(first) ?? ''), name: '张伟', household: 0, phone: '' }]
    const matcher = matcherOf(persons)
    const place = { villages: [], given: false }
    const row = { id: `${first.slice(0, 15)}000`, lostTail: true, name: '张伟', hasNames: true, phone: '', place }
    expect(matchRow(matcher, row)).toMatchObject({ class: 'repaired', cause: 'tail-lost', person: 0 })
  })

  it('leaves a known number with another name to a person', () => {
    const persons = [{ id: '990391195001101234', name: '张伟', household: 0, phone: '' }]
    const found = ask(matcherOf(persons), { id: '990391195001101234', name: '李芳', village: '', phone: '' })
    expect(found).toMatchObject({ class: 'ambiguous', cause: 'name-differs', candidates: [0] })
  })
})
