import { isNothing, lacksLabour } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

/** Public-welfare posts. */
export const postRules = {
  person: {
    Q130: (given: RuleGiven) => {
      const below = given.limit('below')
      return (person) => person.publicPostType !== '' && person.age !== null && person.age < below
    },
    Q131: (given: RuleGiven) => {
      const from = given.limit('from')
      return (person) => person.publicPostType !== '' && person.age !== null && person.age >= from
    },
    Q132: (given: RuleGiven) => {
      const posts = given.limit('posts')
      return (person) => person.publicPostType.includes(',') && new Set(person.publicPostType.split(',')).size >= posts
    },
    Q133: () => (person) => (person.publicPostType === '') !== isNothing(person.publicPostMonths),
    Q134: () => (person) => person.publicPostType !== '' && lacksLabour(person),
  },
} as const satisfies TopicRules
