import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { Field } from '../policy/policy.ts'
import { isSealedField } from '../rules/correction-fields.ts'
import { judgeExit } from '../rules/exit-status.ts'
import { correctHouseholdRow, correctPersonRow, correctRelation, renameHead } from './correction-apply-store.ts'
import type { Corrected } from './correction-values.ts'
import { registryErrors } from './errors.ts'
import { searchOf } from './import/name-search.ts'
import { compareAgain } from './national-compare.ts'
import { raiseRevision } from './register-store.ts'
import {
  blindKinds,
  placeOfHouseholdPhone,
  placeOfPersonCell,
  placeOfSealedFact,
  type Facts,
  type HouseholdRow,
  type PersonRow,
} from './tables.ts'

interface Applied extends Corrected {
  field: Field
  value: string | number | boolean | undefined
  correctionId: string
  vault: Vault
}

/**
 * Writes the corrected value with the correction as its source, so that the next import shows a conflict instead of overwriting it,
 * and raises the revision of the register. Throws `registry.value-moved` when the row changed meanwhile.
 */
export async function applyCorrection(ctx: Context, db: Db, given: Applied): Promise<void> {
  const { person, household, field, correctionId } = given
  const isWritten =
    person === undefined
      ? await correctHouseholdRow(db, ctx, household.household_id, { ...rowOf(given, household), columns: householdColumns(given) })
      : await correctPersonRow(db, ctx, person.person_id, { ...rowOf(given, person), columns: personColumns(given, person) })
  if (!isWritten) throw registryErrors.valueMoved({ field: field.key })
  if (person !== undefined && field.key === 'name' && person.is_head) {
    await renameHead(db, ctx, { householdId: household.household_id, name: String(given.value), correctionId })
  }
  if (person !== undefined && field.key === 'relationToHead') {
    await correctRelation(db, ctx, { personId: person.person_id, relation: textOf(given.value), correctionId })
  }
  await raiseRevision(db, ctx, correctionId)
  await compareAgain(ctx, db, { householdIds: [household.household_id], vault: given.vault })
}

function rowOf(given: Applied, row: { facts: Facts; revision: number }) {
  return { facts: correctedFacts(given, row.facts), field: given.field.key, correctionId: given.correctionId, revision: row.revision }
}

/** The facts as they will stand; a value that could not be read before is gone with its correction. */
export function correctedFacts(given: Applied, facts: Facts): Facts {
  const { field, value, vault, person, household } = given
  const { [field.key]: _old, [`${field.key}?`]: _unread, ...others } = facts
  if (field.column !== undefined || value === undefined) return others
  if (!isSealedField(field)) return { ...others, [field.key]: value }
  const text = String(value)
  const place = placeOfSealedFact(person === undefined ? 'household' : 'person', field.key, person?.person_no ?? household.household_no)
  const sealed = {
    cell: vault.encrypt(text, place).toString('base64'),
    index: vault.blindIndex(blindKinds.fact, text).toString('base64'),
    tail: text.slice(-4),
  }
  return { ...others, [field.key]: sealed }
}

function householdColumns(given: Applied): Partial<HouseholdRow> {
  const { field, value, household, vault } = given
  const text = textOf(value)
  if (field.column === 'phone') return phoneColumns(vault, text, placeOfHouseholdPhone(household.household_no))
  if (field.column === 'monitor_category') return { monitor_category: text }
  const type = field.column === 'household_type' ? text : household.household_type
  const status = field.key === 'povertyExitStatus' ? text : household.facts['povertyExitStatus']
  if (field.column !== 'household_type' && field.key !== 'povertyExitStatus') return {}
  const exit = judgeExit(type ?? undefined, typeof status === 'string' ? status : undefined)
  return { household_type: type, registered: exit.registered, exit_status: exit.exitStatus ?? null }
}

/** The columns that a person's corrected field stands in; none for a fact. */
export function personColumns(given: Applied, person: PersonRow): Partial<PersonRow> {
  const { field, value, vault } = given
  const text = textOf(value)
  switch (field.column) {
    case 'name': {
      const { givenName, pinyin, givenPinyin, initials } = searchOf(String(value))
      return { name: String(value), given_name: givenName, pinyin, given_pinyin: givenPinyin, initials }
    }
    case 'sex':
      return { sex: text === '男' ? 'male' : text === '女' ? 'female' : null }
    case 'born_on':
      return { born_on: text }
    case 'relation':
      return { relation: text }
    case 'labour_skill':
      return { labour_skill: text }
    case 'monthly_income_fen':
      return { monthly_income_fen: typeof value === 'number' ? BigInt(value) : null }
    case 'phone':
      return phoneColumns(vault, text, placeOfPersonCell('phone', person.person_no))
    case 'id': {
      const number = String(value)
      return {
        id_cell: vault.encrypt(number, placeOfPersonCell('id', person.person_no)),
        id_index: vault.blindIndex(blindKinds.idNumber, number.slice(0, 18)),
      }
    }
    case undefined:
    default:
      return {} // a fact
  }
}

function phoneColumns(vault: Vault, phone: string | null, place: ReturnType<typeof placeOfHouseholdPhone>) {
  if (phone === null) return { phone_cell: null, phone_index: null, phone_tail: null }
  return { phone_cell: vault.encrypt(phone, place), phone_index: vault.blindIndex(blindKinds.phone, phone), phone_tail: phone.slice(-4) }
}

function textOf(value: string | number | boolean | undefined): string | null {
  return value === undefined ? null : String(value)
}
