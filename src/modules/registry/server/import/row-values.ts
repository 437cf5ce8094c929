import { maskIdNumber, maskPhone } from '#kernel/pure/text/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findField } from '../../policy/policy.ts'
import type { Comparable } from '../../rules/merge-row.ts'
import { placeOfHouseholdPhone, placeOfPersonCell, placeOfSealedFact, type Facts, type FactValue } from '../tables.ts'

/** The columns that a waiting row and a row of the register have in common; households lack most of them. */
export interface MergeableRow {
  /** Household or person number. */
  row_key: string
  area?: string | null
  household_no?: string
  head_name?: string | null
  household_type?: string | null
  monitor_category?: string | null
  name?: string
  sex?: string | null
  born_on?: string | null
  id_cell?: Buffer | null
  id_index?: Buffer | null
  phone_cell?: Buffer | null
  phone_index?: Buffer | null
  phone_tail?: string | null
  relation?: string | null
  seq_no?: number | null
  labour_skill?: string | null
  monthly_income_fen?: bigint | null
  facts: Facts
}

export type MergedEntity = 'household' | 'person' | 'village'

/** Field → column of values that are compared as they stand. */
export const plainColumns = {
  household: { area: 'area', headName: 'head_name', householdType: 'household_type', monitorCategory: 'monitor_category' },
  person: {
    householdNo: 'household_no',
    name: 'name',
    sex: 'sex',
    birthDate: 'born_on',
    relationToHead: 'relation',
    seqNo: 'seq_no',
    laborSkill: 'labour_skill',
    monthlyWage: 'monthly_income_fen',
  },
  village: {},
} as const satisfies Record<MergedEntity, Record<string, keyof MergeableRow>>

/** Field → columns of an encrypted cell. */
export const sealedColumns = {
  household: { householdPhone: 'phone' },
  person: { idNumber: 'id', personPhone: 'phone' },
  village: {},
} as const satisfies Record<MergedEntity, Record<string, 'id' | 'phone'>>

/** All values of a row by field key, comparable: encrypted ones by blind index. Unread values stand under `key?`. */
export function comparablesOf(entity: MergedEntity, row: MergeableRow): Record<string, Comparable | undefined> {
  const values: Record<string, Comparable | undefined> = {}
  for (const [field, column] of Object.entries(plainColumns[entity])) {
    const value = row[column]
    values[field] = value === null || value === undefined ? undefined : typeof value === 'bigint' ? Number(value) : toComparable(value)
  }
  for (const [field, column] of Object.entries(sealedColumns[entity])) {
    const index = column === 'id' ? row.id_index : row.phone_index
    values[field] = index?.toString('base64')
  }
  for (const [field, value] of Object.entries(row.facts)) values[field] = comparableFact(value)
  return values
}

function toComparable(value: MergeableRow[keyof MergeableRow]): Comparable | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** A fact as it is compared. */
export function comparableFact(value: FactValue): Comparable {
  return typeof value === 'object' ? value.index : value
}

/** A field's value as it is kept beside another: encrypted ones with cell, index and tail. */
export function factOf(entity: MergedEntity, row: MergeableRow, field: string): FactValue | undefined {
  const sealed: Record<string, 'id' | 'phone'> = sealedColumns[entity]
  const which = sealed[field]
  if (which !== undefined) {
    const [cell, index] = which === 'id' ? [row.id_cell, row.id_index] : [row.phone_cell, row.phone_index]
    if (!cell || !index) return undefined
    return { cell: cell.toString('base64'), index: index.toString('base64'), tail: row.phone_tail ?? '' }
  }
  const plain: Record<string, keyof MergeableRow> = plainColumns[entity]
  if (plain[field] !== undefined) return comparablesOf(entity, { ...row, facts: {} })[field]
  return row.facts[field]
}

/** A value as a list of differences shows it: numbers and telephones masked. */
export function shownValue(
  vault: Vault,
  place: { entity: MergedEntity; rowKey: string; field: string },
  value: FactValue | undefined,
): unknown {
  if (typeof value !== 'object') return value ?? null
  const { entity, rowKey, field } = place
  const cell = Buffer.from(value.cell, 'base64')
  if (field === 'idNumber') return maskIdNumber(vault.decrypt(cell, placeOfPersonCell('id', rowKey)))
  if (field === 'personPhone') return maskPhone(vault.decrypt(cell, placeOfPersonCell('phone', rowKey)))
  if (field === 'householdPhone') return maskPhone(vault.decrypt(cell, placeOfHouseholdPhone(rowKey)))
  const plain = vault.decrypt(cell, placeOfSealedFact(entity === 'person' ? 'person' : 'household', field, rowKey))
  return findField(field)?.type === 'phone' ? maskPhone(plain) : maskIdNumber(plain)
}
