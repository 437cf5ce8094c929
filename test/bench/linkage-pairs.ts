// Labelled pairs: a row and a person of the register, one and the same or not, with the kind of dirt or of likeness.
import type { Random } from '../../src/modules/demo/rules/random.ts'
import type { LinkPerson } from './linkage-data.ts'
import { nameDirts, numberDirts } from './linkage-dirt.ts'

/** A row as a department writes it; '' for what it does not say. */
export interface LinkRow {
  idNumber: string
  name: string
  bornOn: string
  phone: string
  township: string
  village: string
  group: string
}
export interface LabelledPair {
  row: LinkRow
  person: LinkPerson
  /** Whom the row is about; the person himself where they are the same. */
  of: LinkPerson
  isSame: boolean
  kind: string
  /** The row's number belongs to another member of the person's household. */
  ofHousehold: boolean
}

interface World {
  random: Random
  persons: readonly LinkPerson[]
  households: ReadonlyMap<number, readonly LinkPerson[]>
  /** Persons of one village and name. */
  namesakes: ReadonlyMap<string, readonly LinkPerson[]>
  byName: ReadonlyMap<string, readonly LinkPerson[]>
}

/** Groups a register once for all pairs. */
export function worldOf(random: Random, persons: readonly LinkPerson[]): World {
  const by = <Key>(key: (person: LinkPerson) => Key): Map<Key, LinkPerson[]> => {
    const groups = new Map<Key, LinkPerson[]>()
    for (const person of persons) {
      const known = groups.get(key(person))
      if (known === undefined) groups.set(key(person), [person])
      else known.push(person)
    }
    return groups
  }
  return {
    random,
    persons,
    households: by((person) => person.household),
    namesakes: by((person) => `${person.village} ${person.name}`),
    byName: by((person) => person.name),
  }
}

/** Rows about a person with one mistake in the number and, two times in five, one in the name. A row without a number says the place. */
export function makeTruePairs(world: World, count: number): LabelledPair[] {
  const { random } = world
  const pairs: LabelledPair[] = []
  while (pairs.length < count) {
    const person = random.pick(world.persons)
    const numberKind = random.pick(Object.keys(numberDirts))
    const nameKind = numberKind === 'right' || random.chance(0.4) ? random.pick(Object.keys(nameDirts).slice(1)) : 'right'
    const row = spoil(world, person, { numberKind, nameKind })
    if (row === undefined) continue
    // Two of one name in one village cannot be told apart by the village; such a row is no labelled pair unless its number speaks.
    if ((world.namesakes.get(`${person.village} ${person.name}`) ?? []).length > 1 && !/\d{15}/.test(row.idNumber)) continue
    const kind = nameKind === 'right' ? numberKind : numberKind === 'right' ? nameKind : `${numberKind} + ${nameKind}`
    pairs.push({ row, person, of: person, isSame: true, kind, ofHousehold: numberKind === "head's number" })
  }
  return pairs
}

function spoil(world: World, person: LinkPerson, kinds: { numberKind: string; nameKind: string }): LinkRow | undefined {
  const { random } = world
  const head = world.households.get(person.household)?.[0] ?? person
  const idNumber = numberDirts[kinds.numberKind]?.(random, person, head)
  const name = nameDirts[kinds.nameKind]?.(random, person.name)
  if (idNumber === undefined || name === undefined) return undefined
  const hasNumber = /\d{15}/.test(idNumber) && !idNumber.startsWith('999999')
  return { idNumber, name, ...whereabouts(random, person, hasNumber) }
}

/** What a list says besides number and name; some lists say nothing of the place where they have numbers. */
function whereabouts(random: Random, person: LinkPerson, hasNumber: boolean): Omit<LinkRow, 'idNumber' | 'name'> {
  const hasPlace = !hasNumber || random.chance(0.75)
  return {
    bornOn: random.chance(0.3) ? person.bornOn : '',
    phone: random.chance(0.6) ? (random.chance(0.88) ? person.phone : `154${String(random.below(100_000_000)).padStart(8, '0')}`) : '',
    township: hasPlace ? person.township : '',
    village: hasPlace ? person.village : '',
    group: hasPlace && random.chance(0.6) ? person.group : '',
  }
}

type Rival = (world: World) => { of: LinkPerson; other: LinkPerson } | undefined

const inFamily =
  (fits: (one: LinkPerson, other: LinkPerson) => boolean): Rival =>
  ({ random, persons, households }) => {
    const of = random.pick(persons)
    const others = (households.get(of.household) ?? []).filter((other) => other.at !== of.at && fits(of, other))
    return others.length === 0 ? undefined : { of, other: random.pick(others) }
  }
const isChild = (person: LinkPerson): boolean => /^之[子女]$/.test(person.relation)

/** Who is taken for whom in practice. */
const rivals: Readonly<Record<string, Rival>> = {
  'siblings, consecutive numbers': inFamily((one, other) => isChild(one) && isChild(other) && !one.isTwin),
  twins: inFamily((one, other) => one.bornOn === other.bornOn),
  'father and son': inFamily((one, other) => one.sex === other.sex && one.name[0] === other.name[0] && isChild(one) !== isChild(other)),
  'husband and wife': inFamily((one, other) => one.sex !== other.sex),
  'same name, one village': ({ random, namesakes }) => pickTwo(random, [...namesakes.values()]),
  'same name, one county': ({ random, byName }) => pickTwo(random, [...byName.values()]),
}

let crowds: readonly (readonly LinkPerson[])[] = []
let crowdsOf: unknown

function pickTwo(random: Random, groups: readonly (readonly LinkPerson[])[]): { of: LinkPerson; other: LinkPerson } | undefined {
  if (crowdsOf !== groups) crowds = groups.filter((group) => group.length > 1)
  crowdsOf = groups
  if (crowds.length === 0) return undefined
  const [of, other] = random.shuffled(random.pick(crowds))
  return of === undefined || other === undefined ? undefined : { of, other }
}

const rowDirts = ['right', 'one digit', 'exchanged', '15 digits', 'two digits', 'missing'] as const

/** Rows about one person held against another who is easily taken for him. */
export function makeFalsePairs(world: World, count: number): LabelledPair[] {
  const { random } = world
  const pairs: LabelledPair[] = []
  const kinds = Object.keys(rivals)
  for (let tries = 0; pairs.length < count && tries < count * 200; tries += 1) {
    const kind = kinds[pairs.length % kinds.length] ?? ''
    const rival = rivals[kind]?.(world)
    if (rival === undefined) continue
    const isNamesake = rival.of.name === rival.other.name
    const row = spoil(world, rival.of, {
      numberKind: random.pick(isNamesake ? rowDirts.slice(0, 4) : rowDirts),
      nameKind: random.chance(0.8) ? 'right' : 'same sound',
    })
    if (row !== undefined) pairs.push({ row, person: rival.other, of: rival.of, isSame: false, kind, ofHousehold: false })
  }
  return [...pairs, ...makeHeadPairs(world, Math.ceil(count / kinds.length))]
}

/** A member's name with the head's number is not about the head. */
function makeHeadPairs(world: World, count: number): LabelledPair[] {
  const pairs: LabelledPair[] = []
  while (pairs.length < count) {
    const member = world.random.pick(world.persons)
    const head = world.households.get(member.household)?.[0]
    const row = spoil(world, member, { numberKind: "head's number", nameKind: 'right' })
    if (head === undefined || row === undefined || head.name === member.name) continue
    pairs.push({ row, person: head, of: member, isSame: false, kind: "head's number held against the head", ofHousehold: false })
  }
  return pairs
}
