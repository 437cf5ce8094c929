import { describe, expect, it } from 'vitest'
import { countAtSchool, countInsured } from './member-safeguards.ts'
import type { MemberRecord } from './register-records.ts'

const member = (age: number | undefined, facts: Record<string, string | boolean>, leftOn?: string): MemberRecord => ({
  personId: '',
  personNo: '',
  name: '',
  sex: undefined,
  bornOn: undefined,
  age,
  relation: undefined,
  isHead: false,
  seqNo: undefined,
  labourSkill: undefined,
  idMasked: undefined,
  phoneMasked: undefined,
  leftOn,
  can: {},
  facts: Object.entries(facts).map(([key, value]) => ({ key, value })),
})

describe('the safeguards of members', () => {
  it('count whoever is insured in either way, and do not take silence for no', () => {
    const members = [
      member(40, { residentMedicalInsurance: true }),
      member(41, { residentMedicalInsurance: false, employeeMedicalInsurance: true }),
      member(42, { residentMedicalInsurance: false }),
      member(43, {}),
      member(44, { residentMedicalInsurance: false }, '2023-01-01'),
    ]
    expect(countInsured(members)).toEqual({ yes: 2, no: 1, unknown: 1 })
  })

  it('count children of six to fifteen only', () => {
    const members = [
      member(5, {}),
      member(6, { studentStatus: '小学' }),
      member(15, { studentStatus: '非在校生' }),
      member(16, {}),
      member(10, {}),
    ]
    expect(countAtSchool(members)).toEqual({ yes: 1, no: 1, unknown: 1 })
  })
})
