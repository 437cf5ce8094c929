import type { FactRecord, MemberRecord } from './register-records.ts'

/** How many members something holds for, does not hold for, and of how many nobody knows. */
export interface MemberCount {
  yes: number
  no: number
  unknown: number
}

/** Members insured for illness (residents' or employees' insurance); unknown where neither was stated. */
export function countInsured(members: readonly MemberRecord[]): MemberCount {
  return countMembers(members, (member) => {
    const stated = [valueOf(member, 'residentMedicalInsurance'), valueOf(member, 'employeeMedicalInsurance')]
    if (stated.includes(true)) return true
    return stated.includes(false) ? false : undefined
  })
}

/** Children of compulsory school age (6 to 15 full years) who go to school; unknown where nothing was stated. Source: 义务教育法 art. 2, 11. */
export function countAtSchool(members: readonly MemberRecord[]): MemberCount {
  const children = members.filter(({ age, leftOn }) => leftOn === undefined && age !== undefined && age >= 6 && age <= 15)
  return countMembers(children, (child) => {
    const status = valueOf(child, 'studentStatus')
    return typeof status === 'string' ? status !== '非在校生' && status !== '学龄前儿童' : undefined
  })
}

function countMembers(members: readonly MemberRecord[], judge: (member: MemberRecord) => boolean | undefined): MemberCount {
  const count = { yes: 0, no: 0, unknown: 0 }
  for (const member of members) {
    if (member.leftOn !== undefined) continue
    const holds = judge(member)
    count[holds === undefined ? 'unknown' : holds ? 'yes' : 'no'] += 1
  }
  return count
}

/** What a member's fact says. */
export function valueOf(record: { facts: readonly FactRecord[] }, key: string): FactRecord['value'] {
  return record.facts.find((fact) => fact.key === key)?.value
}
