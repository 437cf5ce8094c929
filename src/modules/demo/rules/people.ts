import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { daysInMonth } from '#kernel/pure/time/index.ts'
import { idRegions, nations } from '../policy/places.ts'
import type { YearPolicy } from '../policy/policy.ts'
import type { Village } from './areas.ts'
import { makeFamily, type Member } from './families.ts'
import { makeName, soundOf, surnameOf } from './names.ts'
import { randomFrom, type Random } from './random.ts'

/** A person of the invented register. */
export interface Person {
  household: Household
  /** 序号 in the household, from 1; 1 is the head. */
  order: number
  number: string
  name: string
  sex: 'male' | 'female'
  bornOn: string
  idNumber: string
  relation: string
  nation: string
  skill: string
  phone: string
  /** 务工月收入 in whole yuan, 0 when the person has no work away from the farm. */
  monthlyWageYuan: number
  disability: { kind: string; grade: string } | undefined
}

/** A household of the invented register. `type` and `monitored` in the words of the national system. */
export interface Household {
  number: string
  village: Village
  group: string
  type: '一般农户' | '脱贫户'
  monitored: '' | '脱贫不稳定户' | '边缘易致贫户' | '突发严重困难户'
  phone: string
  members: Person[]
}

/** Identity numbers in use. `numbers`: digits 5 to 17 as a number; `tails`: digits 1 to 15 with the sound of the name. */
export interface TakenNumbers {
  numbers: Set<number>
  tails: Set<string>
}

/** What was given so far in a county: identity numbers and telephones may not repeat, a few names of the village shall. */
export interface Given {
  idNumbers: TakenNumbers
  phones: number
  /** Names of the village at hand, by sex, the last few dozen. */
  names: { male: string[]; female: string[] }
}

/** Nothing given yet. */
export function nothingGiven(): Given {
  return { idNumbers: { numbers: new Set(), tails: new Set() }, phones: 0, names: { male: [], female: [] } }
}

/** All households of a county, village by village. The year of the register is needed for ages. */
export function makeHouseholds(plan: { seed: string; villages: readonly Village[]; policy: YearPolicy; given: Given }): Household[] {
  const { seed, villages, policy, given } = plan
  return villages.flatMap((village) => {
    const random = randomFrom(`${seed}/people/${village.code}`)
    given.names = { male: [], female: [] }
    const groupsOf = (at: number): number => 1 + Math.floor((at * village.groups) / Math.max(1, village.households))
    return Array.from({ length: village.households }, (_, at) =>
      makeHousehold(random, {
        village,
        group: `${groupsOf(at)}组`,
        number: `${village.code}${String(at + 1).padStart(4, '0')}`,
        policy,
        given,
      }),
    )
  })
}

interface Plot {
  village: Village
  group: string
  number: string
  policy: YearPolicy
  given: Given
}

function makeHousehold(random: Random, plot: Plot): Household {
  const { policy, village, group, number, given } = plot
  const registered = random.chance(policy.registeredShare)
  const watched = random.chance(registered ? policy.monitoredShareOfRegistered : policy.monitoredShareOfOthers)
  const sudden = watched && random.chance(0.25)
  const household: Household = {
    number,
    village,
    group,
    type: registered ? '脱贫户' : '一般农户',
    monitored: !watched ? '' : sudden ? '突发严重困难户' : registered ? '脱贫不稳定户' : '边缘易致贫户',
    phone: makePhone(given),
    members: [],
  }
  const nation = random.weighted(nations)
  let surname: string | undefined
  for (const member of makeFamily(random, random.weighted(policy.householdSizes), policy.year)) {
    const inherits = member.bloodline && surname !== undefined && random.chance(0.97)
    const person = makePerson(random, { member, household, policy, given, surname: inherits ? surname : undefined, nation })
    if (member.relation === '户主') surname = person.name.includes('·') ? undefined : surnameOf(person.name)
    household.members.push(person)
  }
  return household
}

interface Birth {
  member: Member
  household: Household
  policy: YearPolicy
  given: Given
  surname: string | undefined
  nation: string
}

function makePerson(random: Random, birth: Birth): Person {
  const { member, household, policy, given } = birth
  const order = household.members.length + 1
  const age = policy.year - member.bornIn
  const skill = skillOf(random, age)
  const disabled = random.chance(age > 60 ? 0.06 : 0.02)
  const working = age >= 18 && age < 64 && (skill === '普通劳动力' || skill === '技能劳动力') && random.chance(0.62)
  const bornOn = birthdayIn(random, member.bornIn)
  const name = nameOf(random, birth)
  return {
    household,
    order,
    number: `${household.number}${String(order).padStart(2, '0')}`,
    name,
    sex: member.sex,
    bornOn,
    idNumber: makeIdNumber(random, { bornOn, sex: member.sex, taken: given.idNumbers, mark: soundOf(name) }),
    relation: member.relation,
    nation: random.chance(0.96) ? birth.nation : '汉族',
    skill: disabled && random.chance(0.3) ? '丧失劳动力' : skill,
    phone: order === 1 ? household.phone : age >= 14 && age < 76 && random.chance(0.8) ? makePhone(given) : '',
    monthlyWageYuan: working ? random.between(20, 78) * 100 : 0,
    disability: disabled ? { kind: random.weighted(policy.disabilityKinds), grade: random.weighted(policy.disabilityGrades) } : undefined,
  }
}

/** A new name, or, for one person in 150, the name of somebody else in the village. */
function nameOf(random: Random, { member, given, surname }: Birth): string {
  const known = given.names[member.sex]
  if (known.length > 20 && random.chance(0.0067)) return random.pick(known)
  const name = makeName(random, { sex: member.sex, bornIn: member.bornIn, surname })
  known[known.length < 200 ? known.length : random.below(200)] = name
  return name
}

function skillOf(random: Random, age: number): string {
  if (age < 16) return '无劳动力'
  if (age < 60)
    return random.weighted([
      ['普通劳动力', 82] as const,
      ['技能劳动力', 8] as const,
      ['弱劳动力或半劳动力', 8] as const,
      ['无劳动力', 2] as const,
    ])
  if (age < 75) return random.weighted([['弱劳动力或半劳动力', 62] as const, ['普通劳动力', 18] as const, ['无劳动力', 20] as const])
  return '无劳动力'
}

/** A day of a year, as `YYYY-MM-DD`. */
export function birthdayIn(random: Random, year: number): string {
  const month = random.between(1, 12)
  return `${year}-${String(month).padStart(2, '0')}-${String(random.between(1, daysInMonth(year, month))).padStart(2, '0')}`
}

/**
 * An identity number right in form, birth date and check character, of a region never assigned. No two share their first 17 digits;
 * no two of one sound share the first 15, so that a lost tail still leads to one person.
 */
export function makeIdNumber(
  random: Random,
  wanted: { bornOn: string; sex: 'male' | 'female'; taken: TakenNumbers; mark: string },
): string {
  for (;;) {
    const sequence = random.below(500) * 2 + (wanted.sex === 'male' ? 1 : 0)
    const first17 = `${random.pick(idRegions)}${wanted.bornOn.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
    const tail = `${first17.slice(0, 15)}${wanted.mark}`
    const number = Number(first17.slice(4))
    if (wanted.taken.numbers.has(number) || wanted.taken.tails.has(tail)) continue
    wanted.taken.numbers.add(number)
    wanted.taken.tails.add(tail)
    return first17 + (checkCharacterOf(first17) ?? '')
  }
}

function makePhone(given: Given): string {
  given.phones += 1
  // 7919 and ten million have no common divisor: every number comes once before any comes again; consecutive people differ in many digits.
  const scattered = (given.phones * 7_919_317) % 100_000_000
  return `${given.phones % 2 === 0 ? '154' : '164'}${String(scattered).padStart(8, '0')}`
}
