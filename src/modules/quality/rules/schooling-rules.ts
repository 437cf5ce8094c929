import { isAged, isStudent } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

const juniorYears = new Set(['七年级', '八年级', '九年级'])

/** Education, school attendance and age. */
export const schoolingRules = {
  person: {
    Q016: () => (person) => person.educationLevel === '' && person.studentStatus === '' && person.dropoutReason === '',
    Q017: () => (person) => person.educationLevel !== '' && isStudent(person),
    Q018: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) => isAged(person, from, to) && !isStudent(person) && person.dropoutReason === ''
    },
    Q019: () => (person) => (person.dropoutReason === '因病' || person.dropoutReason === '因残') && person.healthStatus === '健康',
    Q020: (given: RuleGiven) => {
      const from = given.limit('from')
      return (person) =>
        (person.studentStatus === '学龄前儿童' || person.studentStatus === '学前教育') &&
        person.healthStatus === '健康' &&
        person.age !== null &&
        person.age >= from
    },
    Q021: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) => person.studentStatus === '小学' && person.age !== null && !isAged(person, from, to)
    },
    Q022: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) => juniorYears.has(person.studentStatus) && person.age !== null && !isAged(person, from, to)
    },
    Q023: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) =>
        (person.studentStatus.startsWith('普通高中') || person.studentStatus.startsWith('中职')) &&
        person.age !== null &&
        !isAged(person, from, to)
    },
    Q024: (given: RuleGiven) => {
      const below = given.limit('below')
      return (person) =>
        (person.educationLevel === '大专' || person.educationLevel === '本科及以上') && person.age !== null && person.age < below
    },
    Q025: (given: RuleGiven) => {
      const below = given.limit('below')
      return (person) => person.studentStatus === '硕士研究生及以上' && person.age !== null && person.age < below
    },
    Q026: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) => (person.educationLevel === '小学' || person.educationLevel === '文盲或半文盲') && isAged(person, from, to)
    },
  },
} as const satisfies TopicRules
