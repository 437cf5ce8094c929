import { hasCertificateNumber } from './labels.ts'
import type { TopicRules } from './predicates.ts'

/** ID numbers and disability certificates. */
export const identityRules = {
  person: {
    Q001: () => (person) => person.sharesIdNumber,
    Q002: () => (person) => {
      const length = person.idNumber?.length ?? 0
      return length !== 18 && length !== 20 && length !== 22
    },
    Q003: () => (person) => person.idNumber?.length === 18 && person.idNumber.what === 'wrong',
    Q004: () => (person) =>
      hasCertificateNumber(person) && (person.idNumber?.what !== 'right' || !/^[1-7][1-4]$/.test(person.idNumber.tail)),
    Q005: () => (person) => person.idNumber?.what === 'placeholder',
    Q006: () => (person) =>
      person.idNumber?.what === 'right' && (person.idNumber.bornOn !== person.birthDate || person.idNumber.sex !== person.sex),
  },
} as const satisfies TopicRules
