import type { DerivedFix } from './worklist-records.ts'

/** What a derivation needs of a member: what the register says today, and what the identity number states (absent where it is not valid). */
export interface MemberFacts {
  readonly personId: string
  readonly name: string
  readonly isHead: boolean
  readonly relation: string | undefined
  readonly sex: string | undefined
  readonly birthDate: string | undefined
  readonly laborSkill: string | undefined
  readonly stated: { readonly sex: string; readonly birthDate: string } | undefined
}

export interface DeriveInput {
  readonly rule: string
  readonly personId: string | null
  readonly seen: Readonly<Record<string, string | number | boolean>>
  readonly members: readonly MemberFacts[]
}

const noLabour = '无劳动力'
/** The same relation of the other sex; relations that hold for both sexes are not here. */
const otherSex = new Map<string, string>([
  ['之子', '之女'],
  ['之女', '之子'],
  ['之孙子', '之孙女'],
  ['之孙女', '之孙子'],
  ['之外孙子', '之外孙女'],
  ['之外孙女', '之外孙子'],
  ['之父', '之母'],
  ['之母', '之父'],
  ['之岳父', '之岳母'],
  ['之岳母', '之岳父'],
  ['之公公', '之婆婆'],
  ['之婆婆', '之公公'],
  ['之祖父', '之祖母'],
  ['之祖母', '之祖父'],
  ['之外祖父', '之外祖母'],
  ['之外祖母', '之外祖父'],
  ['之侄儿', '之侄女'],
  ['之侄女', '之侄儿'],
  ['之曾孙子', '之曾孙女'],
  ['之曾孙女', '之曾孙子'],
])

/**
 * The right value where it follows from facts that are not in doubt: sex and birth date from a valid identity number (GB 11643-1999), the
 * labour capacity of children and pupils (policy.md: 无劳动力), a relation of the other sex. Proposed, never forced; none where nothing follows.
 */
export function deriveFixes(input: DeriveInput): DerivedFix[] {
  const { members, personId, rule } = input
  const person = members.find((member) => member.personId === personId)
  switch (rule) {
    case 'Q006':
      return person === undefined ? [] : [...sexFix(person, input), ...birthFix(person, input)]
    case 'Q010':
      return members.filter((member) => member.isHead || member.relation === '配偶').flatMap((member) => sexFix(member, undefined))
    case 'Q011':
      return person === undefined ? [] : relationFix(person, input)
    case 'Q029':
      return person === undefined ? [] : [labourFix(person, input, 'age')]
    case 'Q030':
      return person === undefined ? [] : [labourFix(person, input, 'at-school')]
    default:
      return []
  }
}

/** As the export states it where the finding says so, else as the register has it. */
function fromOf(input: DeriveInput | undefined, field: string, registered: string | undefined): string {
  const seen = input?.seen[field]
  return seen === undefined ? (registered ?? '') : String(seen)
}

function sexFix(person: MemberFacts, input: DeriveInput | undefined): DerivedFix[] {
  const { stated } = person
  const from = fromOf(input, 'sex', person.sex)
  if (stated === undefined || from === stated.sex) return []
  return [fixOf(person, { field: 'sex', from, to: stated.sex, because: 'identity-number', isAlreadySo: person.sex === stated.sex })]
}

function birthFix(person: MemberFacts, input: DeriveInput): DerivedFix[] {
  const { stated } = person
  const from = fromOf(input, 'birthDate', person.birthDate)
  if (stated === undefined || from === stated.birthDate) return []
  const isAlreadySo = person.birthDate === stated.birthDate
  return [fixOf(person, { field: 'birthDate', from, to: stated.birthDate, because: 'identity-number', isAlreadySo })]
}

/** Sex from the number; where the number agrees with the sex, it is the relation that is wrong. Without a valid number neither is known. */
function relationFix(person: MemberFacts, input: DeriveInput): DerivedFix[] {
  const wrongSex = sexFix(person, input)
  if (person.stated === undefined || wrongSex.length > 0) return wrongSex
  const from = fromOf(input, 'relationToHead', person.relation)
  const to = otherSex.get(from)
  if (to === undefined) return []
  return [fixOf(person, { field: 'relationToHead', from, to, because: 'relation', isAlreadySo: person.relation === to })]
}

function labourFix(person: MemberFacts, input: DeriveInput, because: 'age' | 'at-school'): DerivedFix {
  const from = fromOf(input, 'laborSkill', person.laborSkill)
  return fixOf(person, { field: 'laborSkill', from, to: noLabour, because, isAlreadySo: person.laborSkill === noLabour })
}

function fixOf(person: MemberFacts, fix: Omit<DerivedFix, 'personId' | 'personName'>): DerivedFix {
  return { ...fix, personId: person.personId, personName: person.name }
}
