import { hasCertificateNumber, isAged, isDisabled, isFullLabour, isOnTekun, isStudent } from './labels.ts'
import type { RuleGiven, TopicRules } from './predicates.ts'

/** Health, disability and what somebody can work. */
export const labourRules = {
  person: {
    Q027: () => (person) => person.laborSkill === '',
    Q028: () => (person) => person.healthStatus === '',
    Q029: (given: RuleGiven) => {
      const below = given.limit('below')
      return (person) => person.laborSkill !== '' && person.laborSkill !== '无劳动力' && person.age !== null && person.age < below
    },
    Q030: () => (person) => isStudent(person) && person.laborSkill !== '' && person.laborSkill !== '无劳动力',
    Q031: (given: RuleGiven) => {
      const from = given.limit('from')
      return (person) => isFullLabour(person) && person.age !== null && person.age >= from
    },
    Q032: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) =>
        (person.laborSkill === '无劳动力' || person.laborSkill === '丧失劳动力' || person.laborSkill === '弱劳动力或半劳动力') &&
        person.healthStatus === '健康' &&
        !isStudent(person) &&
        isAged(person, from, to)
    },
    Q033: () => (person) => person.healthStatus !== '' && person.healthStatus !== '健康' && isFullLabour(person),
    Q034: () => (person) =>
      person.laborSkill === '普通劳动力' &&
      hasCertificateNumber(person) &&
      (person.idNumber?.tail === '41' || person.idNumber?.tail === '42'),
    Q035: () => (person) => isDisabled(person) && person.idType !== '残疾人证',
    Q125: (given: RuleGiven) => {
      const [from, to] = [given.limit('from'), given.limit('to')]
      return (person) => isOnTekun(person) && person.healthStatus === '健康' && !isStudent(person) && isAged(person, from, to)
    },
  },
} as const satisfies TopicRules
