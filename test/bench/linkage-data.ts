// An invented register for the linkage bench: families with brothers, twins and fathers, villages of few surnames, namesakes.
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { makeFamily } from '../../src/modules/demo/rules/families.ts'
import { makeName, surnameOf } from '../../src/modules/demo/rules/names.ts'
import { birthdayIn } from '../../src/modules/demo/rules/people.ts'
import type { Random } from '../../src/modules/demo/rules/random.ts'

export interface LinkPerson {
  at: number
  household: number
  relation: string
  name: string
  sex: 'male' | 'female'
  bornOn: string
  idNumber: string
  phone: string
  township: string
  village: string
  group: string
  /** Born the same day as another child of the household. */
  isTwin: boolean
}

/** Regions that were never assigned; most people of a county have one of few. */
const regions = ['990391', '990391', '990391', '990392', '990395'] as const
const year = 2026

interface Making {
  random: Random
  taken: Set<string>
  persons: LinkPerson[]
  clans: string[][]
}

/** Makes persons household by household; the same seed makes the same register. Villages have two surnames that half the households bear. */
export function makeLinkRegister(random: Random, count: number): LinkPerson[] {
  const villages = Math.max(4, Math.round(count / 2000))
  const clans = Array.from({ length: villages }, () => [1, 2].map(() => surnameOf(makeName(random, { sex: 'male', bornIn: 1970 }))))
  const making: Making = { random, taken: new Set(), persons: [], clans }
  for (let household = 0; making.persons.length < count; household += 1) addHousehold(making, household)
  return making.persons.slice(0, count)
}

function addHousehold(making: Making, household: number): void {
  const { random, persons, clans } = making
  const village = random.below(clans.length)
  const size = random.weighted([1, 2, 3, 4, 5, 6].map((size, at) => [size, [9, 21, 22, 24, 15, 9][at] ?? 1] as const))
  const clan = random.chance(0.5) ? random.pick(clans[village] ?? []) : undefined
  const generation = new Map<string, string>()
  const firstSequence = random.below(480) * 2
  const first = persons.length
  let surname = clan
  let previous: LinkPerson | undefined
  for (const member of makeFamily(random, size, year)) {
    const own = member.bloodline && surname !== undefined && random.chance(0.97) ? surname : undefined
    const isTwin = previous !== undefined && /^之[子女]$/.test(member.relation) && previous.relation.startsWith('之') && random.chance(0.06)
    const bornOn = isTwin && previous !== undefined ? previous.bornOn : birthdayIn(random, member.bornIn)
    const wanted = { sex: member.sex, bornIn: member.bornIn, surname: own, relation: member.relation, generation }
    let name = nameInFamily(making, wanted)
    // Nobody calls two of a family the same.
    while (persons.slice(first).some((other) => other.name === name)) name = nameInFamily(making, wanted)
    if (member.relation === '户主' && !name.includes('·')) surname = surnameOf(name)
    const phone = random.chance(0.55) ? phoneOf(persons.length) : ''
    const near = isTwin ? Number(previous?.idNumber.slice(14, 17)) + 1 : firstSequence + (persons.length % 7)
    const person: LinkPerson = {
      at: persons.length,
      household,
      relation: member.relation,
      name,
      sex: member.sex,
      bornOn,
      idNumber: makeNumber(making, { bornOn, sex: member.sex, near }),
      phone: phone === '' && previous !== undefined ? previous.phone : phone,
      township: `第${Math.floor(village / 12) + 1}镇`,
      village: `荷坪${village + 1}村`,
      group: `${(household % 8) + 1}组`,
      isTwin,
    }
    if (isTwin && previous !== undefined) previous.isTwin = true
    persons.push(person)
    previous = person
  }
}

/** Children of one family often share the character of their generation; one person in 300 is named like somebody of the village. */
function nameInFamily(
  { random, persons }: Making,
  wanted: { sex: 'male' | 'female'; bornIn: number; surname: string | undefined; relation: string; generation: Map<string, string> },
): string {
  if (persons.length > 50 && random.chance(0.003)) return (persons[persons.length - 1 - random.below(50)] ?? persons[0])?.name ?? ''
  const name = makeName(random, { sex: wanted.sex, bornIn: wanted.bornIn, surname: wanted.surname })
  const given = Array.from(name.slice(surnameOf(name).length))
  if (given.length !== 2 || name.includes('·')) return name
  const character = wanted.generation.get(wanted.relation)
  if (character === undefined) wanted.generation.set(wanted.relation, given[0] ?? '')
  else if (random.chance(0.4)) return surnameOf(name) + character + (given[1] ?? '')
  return name
}

function phoneOf(at: number): string {
  return `${at % 2 === 0 ? '154' : '164'}${String((at * 7_919_317) % 100_000_000).padStart(8, '0')}`
}

function makeNumber({ random, taken }: Making, wanted: { bornOn: string; sex: string; near: number }): string {
  const region = random.pick(regions)
  for (let step = 0; ; step += 1) {
    const sequence = ((wanted.near + step) % 998) + 1
    if ((sequence % 2 === 1) !== (wanted.sex === 'male')) continue
    const first = `${region}${wanted.bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
    const number = first + (checkCharacterOf(first) ?? '')
    if (taken.has(number)) continue
    taken.add(number)
    return number
  }
}
