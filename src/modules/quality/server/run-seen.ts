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

interface SeenField {
  key: string
  of: 'person' | 'household' | 'work' | 'plan'
  kind: CellKind
}

/** The fields that a rule reads, each with where it stands; made once per rule. */
export type SeenPlan = readonly SeenField[]

const tables = [
  ['person', personFields],
  ['work', workFields],
  ['plan', planFields],
  ['household', householdFields],
] as const

export function planSeen(reads: readonly string[]): SeenPlan {
  return reads.flatMap((key) => {
    for (const [of, fields] of tables) {
      const kind = new Map<string, CellKind>(Object.entries(fields)).get(key)
      if (kind !== undefined) return [{ key, of, kind }]
    }
    return []
  })
}

/** The values that show why a person is wrong; `number` is the plain ID number, asked for only where the rule reads it. */
export function seenOfPerson(
  plan: SeenPlan,
  given: { person: Person; household: Household; isStated: boolean; number: () => string },
): Seen {
  const { person, household, isStated, number } = given
  const seen: Seen = {}
  for (const { key, of, kind } of plan) {
    if (kind === 'id') seen[key] = maskIdNumber(number())
    else if (of === 'household') seen[key] = shown(kind, household, key)
    else if (of === 'work') seen[key] = listed(person.works.map((row) => shown(kind, row, key)))
    else if (of === 'plan') seen[key] = shown(kind, person.plan ?? {}, key)
    else if (isStated) seen[key] = shown(kind, person, key)
  }
  return seen
}

/** The values that show why a household is wrong; members' values stand side by side in their order. */
export function seenOfHousehold(plan: SeenPlan, household: Household): Seen {
  const seen: Seen = {}
  for (const { key, of, kind } of plan) {
    if (of === 'household') seen[key] = shown(kind, household, key)
    else if (of === 'person') seen[key] = listed(household.members.map((member) => shown(kind, member, key)))
    else if (of === 'work') seen[key] = listed(household.members.flatMap((member) => member.works.map((row) => shown(kind, row, key))))
  }
  return seen
}

export function seenOfVillage(reads: readonly string[], village: Village): Seen {
  const seen: Seen = {}
  for (const [key, kind] of Object.entries(villageFields)) if (reads.includes(key)) seen[key] = shown(kind, village, key)
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

function shown(kind: CellKind, record: object, key: string): string | number {
  // Safe: the record has the cells of its table.
  const value = (record as Record<string, CellValue | undefined>)[key] ?? null
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'object') return 'isMobile' in value ? `*******${value.tail}` : ''
  if (Number.isNaN(value)) return '?'
  if (kind === 'month') return `${Math.floor(value / 12)}${String((value % 12) + 1).padStart(2, '0')}`
  if (kind === 'day') return String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  return value
}
