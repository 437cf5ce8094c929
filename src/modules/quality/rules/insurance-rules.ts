import type { TopicRules } from './predicates.ts'

/** Medical insurance and pension. */
export const insuranceRules = {
  person: {
    Q036: () => (person) =>
      person.residentMedicalInsurance === person.employeeMedicalInsurance &&
      (person.residentMedicalInsurance === '' || person.residentMedicalInsurance === '否'),
    Q037: () => (person) => person.residentMedicalInsurance === '是' && person.employeeMedicalInsurance === '是',
    Q038: () => (person) => person.majorIllnessInsurance === '',
    Q039: () => (person) =>
      (person.residentMedicalInsurance !== '是' && person.employeeMedicalInsurance !== '是') || person.majorIllnessInsurance === '否',
    Q040: () => (person) => person.residentPension === '' && person.employeePension === '',
  },
  household: {
    Q041: () => (household) =>
      household.monitorCategory === '' &&
      household.members.some((member) => member.majorIllnessInsurance === '否' || member.majorIllnessInsurance === ''),
  },
} as const satisfies TopicRules
