import type { CellPlace } from '#kernel/server/vault/index.ts'

/** A fact as it stands in `facts`: money in fen, land in mu, yes/no as boolean, days and labels as text. */
export type FactValue = string | number | boolean | SealedFact
/** An encrypted fact (telephones of helpers, bank accounts): base64 of cell and blind index, last 4 characters. */
export interface SealedFact {
  cell: string
  index: string
  tail: string
}
export type Facts = Record<string, FactValue>

/**
 * Import kind → the last batch of that kind that changed the row, the day of which it speaks, and the row as it states it
 * (import/say-statement.ts): `said` its cells, `id` its ID number, encrypted, base64.
 */
export type Sources = Partial<Record<string, { batch: string; on: string; hash?: string; said?: string; id?: string }>>
/** Field key → where its value comes from instead of the first source: an import kind or a correction. */
export type Exceptions = Record<string, string | { correction: string }>

/** Field key → import kind → the value that this kind states and that was not taken. */
export type Conflicts = Record<string, Record<string, FactValue>>

export interface HouseholdRow {
  county_code: string
  household_id: string
  household_no: string
  area_path: string
  township: string
  village: string
  group_name: string | null
  head_name: string | null
  household_type: string | null
  monitor_category: string | null
  registered: boolean
  exit_status: 'exited' | 'not-exited' | null
  phone_cell: Buffer | null
  phone_index: Buffer | null
  phone_tail: string | null
  facts: Facts
  sources: Sources
  exceptions: Exceptions
  conflicts: Conflicts
  revision: number
  created_by: string
  touched_by: string
}

export interface PersonRow {
  county_code: string
  person_id: string
  person_no: string
  household_id: string
  area_path: string
  name: string
  given_name: string
  pinyin: string
  given_pinyin: string
  initials: string
  sex: 'male' | 'female' | null
  born_on: string | null
  id_cell: Buffer | null
  id_index: Buffer | null
  phone_cell: Buffer | null
  phone_index: Buffer | null
  phone_tail: string | null
  relation: string | null
  seq_no: number | null
  is_head: boolean
  labour_skill: string | null
  monthly_income_fen: bigint | null
  facts: Facts
  sources: Sources
  exceptions: Exceptions
  conflicts: Conflicts
  left_on: string | null
  revision: number
  created_by: string
  touched_by: string
}

export interface MembershipRow {
  county_code: string
  person_id: string
  valid_from: string
  valid_to: string | null
  household_id: string
  area_path: string
  relation: string | null
  seq_no: number | null
  end_reason: string | null
  created_by: string
  touched_by: string
}

export interface VillageRow {
  county_code: string
  village_id: string
  area_path: string
  village_code: string | null
  township: string
  name: string
  facts: Facts
  sources: Sources
  exceptions: Exceptions
  conflicts: Conflicts
  revision: number
  created_by: string
  touched_by: string
}

/** Where an encrypted cell of a person stands. The person's number is the row id, so that staging can encrypt before ids are joined. */
export function placeOfPersonCell(column: 'id' | 'phone', personNo: string): CellPlace {
  return { table: 'registry.person', column, rowId: personNo }
}

/** Where the encrypted telephone of a household stands. */
export function placeOfHouseholdPhone(householdNo: string): CellPlace {
  return { table: 'registry.household', column: 'phone', rowId: householdNo }
}

/** Where an encrypted fact stands; `rowNo` is the household's or the person's number. */
export function placeOfSealedFact(entity: 'household' | 'person', key: string, rowNo: string): CellPlace {
  return { table: `registry.${entity}`, column: `facts.${key}`, rowId: rowNo }
}

/** Kinds of blind index: numbers of one kind can be compared with each other only. The ID number is indexed by its first 18 characters. */
export const blindKinds = { idNumber: 'id-number', phone: 'phone', fact: 'fact' } as const
