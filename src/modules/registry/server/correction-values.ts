import type { Vault } from '#kernel/server/vault/index.ts'
import type { Field } from '../policy/policy.ts'
import { isSealedField } from '../rules/correction-fields.ts'
import type { StoredValue } from './correction-store.ts'
import type { FoundHousehold } from './household-store.ts'
import { placeOfHouseholdPhone, placeOfPersonCell, placeOfSealedFact, type PersonRow } from './tables.ts'

/** What a correction is about: the household, and the person where the field is a person's. */
export interface Corrected {
  household: FoundHousehold
  person: PersonRow | undefined
}

type Plain = string | number | boolean | undefined

/** The value that the register holds today, plain. */
export function currentValue(field: Field, { household, person }: Corrected, vault: Vault): Plain {
  const row = person ?? household
  if (field.column === 'id')
    return person?.id_cell === null || person === undefined
      ? undefined
      : vault.decrypt(person.id_cell, placeOfPersonCell('id', person.person_no))
  if (field.column === 'phone') return currentPhone({ household, person }, vault)
  if (field.column !== undefined) return plainColumn(field, row)
  const fact = row.facts[field.key]
  if (typeof fact !== 'object') return fact
  const rowNo = person?.person_no ?? household.household_no
  return vault.decrypt(
    Buffer.from(fact.cell, 'base64'),
    placeOfSealedFact(field.entity === 'person' ? 'person' : 'household', field.key, rowNo),
  )
}

function currentPhone({ household, person }: Corrected, vault: Vault): string | undefined {
  if (person !== undefined)
    return person.phone_cell === null ? undefined : vault.decrypt(person.phone_cell, placeOfPersonCell('phone', person.person_no))
  return household.phone_cell === null ? undefined : vault.decrypt(household.phone_cell, placeOfHouseholdPhone(household.household_no))
}

function plainColumn(field: Field, row: object): Plain {
  // Safe: the policy's columns are columns of these rows, and none of the plain ones holds anything else.
  const value = (row as Record<string, string | number | boolean | bigint | null | undefined>)[field.column ?? '']
  if (value === null || value === undefined) return undefined
  if (typeof value === 'bigint') return Number(value)
  if (field.key === 'sex') return value === 'male' ? '男' : '女'
  return value
}

/** The value as a correction keeps it: sealed where the register seals it. */
export function storeValue(given: {
  field: Field
  value: Plain
  correctionId: string
  column: 'old_value' | 'new_value'
  vault: Vault
}): StoredValue {
  const { field, value } = given
  if (value === undefined) return null
  if (!isSealedField(field)) return value
  const cell = given.vault.encrypt(String(value), placeOf(given)).toString('base64')
  return { cell, tail: String(value).slice(-4) }
}

/** The plain value that a correction keeps. */
export function readStored(given: { stored: StoredValue; correctionId: string; column: 'old_value' | 'new_value'; vault: Vault }): Plain {
  const { stored } = given
  if (stored === null) return undefined
  return typeof stored === 'object' ? given.vault.decrypt(Buffer.from(stored.cell, 'base64'), placeOf(given)) : stored
}

function placeOf({ correctionId, column }: { correctionId: string; column: string }) {
  return { table: 'registry.correction', column, rowId: correctionId }
}
