import { maskIdNumber } from '#kernel/pure/text/index.ts'
import {
  householdFields,
  personFields,
  planFields,
  villageFields,
  workFields,
  type CellKind,
  type Household,
  type Person,
  type Village,
} from '../rules/facts.ts'
import type { CellValue } from './fact-cells.ts'

export type Seen = Record<string, string | number | boolean>

/** Members and rows of other exports that are listed one by one. */
const mostListed = 12

/** The values that show why a person is wrong; `number` is the plain ID number, asked for only where the rule reads it. */
export function seenOfPerson(
  reads: readonly string[],
  given: { person: Person; household: Household; isStated: boolean; number: () => string },
): Seen {
  const { person, household, isStated, number } = given
  const seen: Seen = {}
  for (const key of reads) {
    if (key === 'idNumber') seen[key] = maskIdNumber(number())
    else if (key in personFields) {
      if (isStated) seen[key] = shown(personFields, person, key)
    } else if (key in workFields) seen[key] = listed(person.works.map((row) => shown(workFields, row, key)))
    else if (key in planFields && person.plan !== null) seen[key] = shown(planFields, person.plan, key)
    else if (key in householdFields) seen[key] = shown(householdFields, household, key)
  }
  return seen
}

/** The values that show why a household is wrong; members' values stand side by side in their order. */
export function seenOfHousehold(reads: readonly string[], household: Household): Seen {
  const seen: Seen = {}
  for (const key of reads) {
    if (key in householdFields) seen[key] = shown(householdFields, household, key)
    else if (key in personFields) seen[key] = listed(household.members.map((member) => shown(personFields, member, key)))
    else if (key in workFields)
      seen[key] = listed(household.members.flatMap((member) => member.works.map((row) => shown(workFields, row, key))))
  }
  return seen
}

export function seenOfVillage(reads: readonly string[], village: Village): Seen {
  const seen: Seen = {}
  for (const key of reads) if (key in villageFields) seen[key] = shown(villageFields, village, key)
  if (reads.includes('cultivatedLandMu')) {
    seen['cultivatedLandMu'] = round(village.cultivatedOfHouseholdsMu)
    seen['forestLandMu'] = round(village.forestOfHouseholdsMu)
  }
  return seen
}

function round(mu: number): number {
  return Math.round(mu * 10_000) / 10_000
}

function listed(values: readonly (string | number)[]): string {
  const some = values.slice(0, mostListed).map((value) => (value === '' ? '空' : String(value)))
  return values.length > mostListed ? `${some.join('、')}…` : some.join('、')
}

function shown(fields: Readonly<Record<string, CellKind>>, record: object, key: string): string | number {
  // Safe: the record has the cells of the table.
  const value = (record as Record<string, CellValue>)[key] ?? null
  if (value === null) return ''
  if (typeof value === 'object') return 'isMobile' in value ? `*******${value.tail}` : ''
  if (typeof value === 'number' && Number.isNaN(value)) return '?'
  if (typeof value === 'string') return value
  if (fields[key] === 'month') return `${Math.floor(value / 12)}${String((value % 12) + 1).padStart(2, '0')}`
  if (fields[key] === 'day') return String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  return value
}
