import { fullYears, type Household, type Person } from './facts.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

const womensRelations = new Set('之女 之儿媳 之孙女 之外孙女 之母 之岳母 之婆婆 之祖母 之外祖母 之兄弟媳妇 之侄女 之曾孙女'.split(' '))
const mensRelations = new Set('之子 之女婿 之孙子 之外孙子 之父 之岳父 之公公 之祖父 之外祖父 之叔伯 之侄儿 之曾孙子'.split(' '))

function count(household: Household, relation: string): number {
  let found = 0
  for (const member of household.members) if (member.relationToHead === relation) found += 1
  return found
}

/** Whether parent and child are too close in age; the person is the head's child or parent. */
function isTooClose(person: Person, head: Person, years: number): boolean {
  if (person.birthDate === null || head.birthDate === null) return false
  const isChild = person.relationToHead === '之子' || person.relationToHead === '之女'
  const isParent = person.relationToHead === '之父' || person.relationToHead === '之母'
  if (isChild) return fullYears(head.birthDate, person.birthDate) < years
  return isParent && fullYears(person.birthDate, head.birthDate) < years
}

/** Who is who in the household. */
export const familyRules = {
  household: {
    Q007: () => (household) => household.members.length > 0 && household.head === null,
    Q008: () => (household) => count(household, '户主') > 1,
    Q009: () => (household) => count(household, '配偶') > 1,
    Q010: () => (household) => {
      const sex = household.head?.sex ?? ''
      return sex !== '' && household.members.some((member) => member.relationToHead === '配偶' && member.sex === sex)
    },
    Q014: (given: RuleGiven) => {
      const [headBelow, adultFrom] = [given.limit('headBelow'), given.limit('adultFrom')]
      return ({ head, members }) =>
        head !== null &&
        head.age !== null &&
        head.age < headBelow &&
        members.some((member) => member !== head && member.age !== null && member.age >= adultFrom)
    },
  },
  person: {
    Q011: () => (person) =>
      (person.sex === '男' && womensRelations.has(person.relationToHead)) ||
      (person.sex === '女' && mensRelations.has(person.relationToHead)),
    Q012: () => (person) => person.relationToHead === '',
    Q013: () => (person) => person.ethnicity === '',
    Q015: (given: RuleGiven) => {
      const years = given.limit('years')
      return (person, household) => household.head !== null && person !== household.head && isTooClose(person, household.head, years)
    },
  },
} as const satisfies TopicRules
