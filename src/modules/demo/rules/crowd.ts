import type { ListName } from '../policy/lists.ts'
import type { Subject } from './entry.ts'
import { makeName, soundOf } from './names.ts'
import type { RegisterIndex } from './matching.ts'
import { birthdayIn, makeIdNumber, type Household, type Person, type TakenNumbers } from './people.ts'
import type { Random } from './random.ts'

/** The people one list can be about. Nobody comes twice. */
export interface Crowd {
  /** The next row's person, or somebody the register does not know; `undefined` when nobody is left. */
  next(random: Random): Subject | undefined
  /** People who share their written name with somebody of the same village. */
  homonyms(random: Random, count: number): Subject[]
  /** True when nobody in the register has a name of this sound. */
  isUnknownName(name: string): boolean
}

/** Everything needed to find people. `leaning`: part of the rows that is about 脱贫户 and monitored households. */
export interface CrowdPlan {
  list: ListName
  households: readonly Household[]
  index: RegisterIndex
  /** Identity numbers given, so that outsiders get new ones. */
  taken: TakenNumbers
  year: number
  outsiders: number
  leaning: number
}

const ages: Record<ListName, readonly [number, number]> = {
  medical: [0, 100],
  disability: [3, 100],
  dibao: [18, 100],
  education: [6, 16],
  jobs: [19, 60],
  housing: [18, 100],
  police: [1, 100],
  water: [0, 100],
  bank: [22, 66],
  petition: [20, 80],
  cars: [19, 75],
  firms: [20, 70],
}

/** The crowd of a list: heads for relief and houses, the disabled for certificates, people of the right age elsewhere. */
export function gatherCrowd(random: Random, plan: CrowdPlan): Crowd {
  const suited =
    plan.list === 'water'
      ? groupPeople(plan.households)
      : plan.households.flatMap((household) => household.members.filter((person) => suits(plan, person)))
  const leaning = shuffledWalk(
    random,
    suited.filter(({ household }) => household.type === '脱贫户' || household.monitored !== ''),
  )
  const all = shuffledWalk(random, suited)
  const used = new Set<Person>()
  const take = (walk: () => Person | undefined): Person | undefined => {
    for (;;) {
      const person = walk()
      if (person === undefined || used.has(person)) {
        if (person === undefined) return undefined
        continue
      }
      used.add(person)
      return person
    }
  }
  // Schools write the parents' telephone.
  const subjectFor = (person: Person): Subject =>
    plan.list === 'education' ? { ...subjectOf(person), phone: person.household.phone } : subjectOf(person)
  const isUnknownName = (name: string): boolean => !plan.index.bySound.has(soundOf(name))
  return {
    isUnknownName,
    next: (chance) => {
      if (plan.list !== 'water' && chance.chance(plan.outsiders)) return outsider(chance, plan, isUnknownName)
      const person = (chance.chance(plan.leaning) ? take(leaning) : undefined) ?? take(all)
      return person === undefined ? undefined : subjectFor(person)
    },
    homonyms: (chance, count) => {
      const pairs = chance.shuffled(namesakes(plan, suited)).slice(0, count)
      for (const person of pairs) used.add(person)
      return pairs.map(subjectFor)
    },
  }
}

/** A person as the subject of a row. */
export function subjectOf(person: Person): Subject {
  const { village, group, phone } = person.household
  const { name, sex, bornOn, idNumber } = person
  return {
    person,
    name,
    sex,
    bornOn,
    idNumber,
    phone: person.phone === '' ? phone : person.phone,
    township: village.township,
    village: village.name,
    group,
  }
}

function suits(plan: CrowdPlan, person: Person): boolean {
  const [from, to] = ages[plan.list]
  const age = plan.year - Number(person.bornOn.slice(0, 4))
  if (age < from || age > to) return false
  if (plan.list === 'dibao' || plan.list === 'housing') return person.order === 1
  if (plan.list === 'disability') return person.disability !== undefined
  return plan.list !== 'petition' || person.phone !== ''
}

/** One person per villagers' group stands for the group. */
function groupPeople(households: readonly Household[]): Person[] {
  const groups = new Map<string, Person>()
  for (const { village, group, members } of households) {
    const key = `${village.code}${group}`
    if (members[0] !== undefined && !groups.has(key)) groups.set(key, members[0])
  }
  return [...groups.values()]
}

/** Hands out a list in random order, drawing as it goes: a list of a million is not shuffled for a hundred rows. */
function shuffledWalk(random: Random, people: readonly Person[]): () => Person | undefined {
  const left = [...people]
  return () => {
    if (left.length === 0) return undefined
    const at = random.below(left.length)
    const person = left[at]
    const last = left.pop()
    if (last !== undefined && at < left.length) left[at] = last
    return person
  }
}

function outsider(random: Random, plan: CrowdPlan, isUnknown: (name: string) => boolean): Subject {
  const [from, to] = ages[plan.list]
  const bornIn = plan.year - random.between(Math.max(from, 1), Math.min(to, 80))
  const sex = random.chance(0.5) ? 'male' : 'female'
  let name = makeName(random, { sex, bornIn })
  for (let tries = 0; tries < 60 && !isUnknown(name); tries += 1) name = makeName(random, { sex, bornIn })
  const bornOn = birthdayIn(random, bornIn)
  const idNumber = makeIdNumber(random, { bornOn, sex, taken: plan.taken, mark: soundOf(name) })
  const phone = `${random.pick(['154', '164'])}9${String(random.below(10_000_000)).padStart(7, '0')}`
  const home = random.pick(plan.households)
  const near = isUnknown(name)
  return {
    person: undefined,
    name,
    sex,
    bornOn,
    idNumber,
    phone,
    township: near ? home.village.township : '外县',
    village: near ? home.village.name : '外县',
    group: '1组',
  }
}

function namesakes(plan: CrowdPlan, suited: readonly Person[]): Person[] {
  return suited.filter((person) => {
    const others = plan.index.bySound.get(soundOf(person.name)) ?? []
    return (
      others.length > 1 &&
      others.some((other) => other !== person && other.name === person.name && other.household.village === person.household.village)
    )
  })
}
