import type { Vault } from '#kernel/server/vault/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { findCorrectableField } from '../rules/correction-fields.ts'
import type { MergeField } from '../rules/duplicate-records.ts'
import type { FactRecord } from '../rules/register-records.ts'
import { suggestStay, suggestValue } from '../rules/survivorship.ts'
import { correctedFacts, personColumns } from './apply-correction.ts'
import { currentValue } from './correction-values.ts'
import { toMember } from './household-members.ts'
import type { FoundHousehold } from './household-store.ts'
import type { MergeRow } from './merge-store.ts'
import { placeOfPersonCell, type Facts, type PersonRow } from './tables.ts'

/** Fields that follow from the household in which the person stays. */
const ofPlace = new Set(['relationToHead'])

/** The fields of two rows beside each other, those that differ, with a suggestion for each. */
export function listMergeFields(stays: MergeRow, leaves: MergeRow, vault: Vault): { fields: MergeField[]; same: number } {
  const [mine, theirs] = [stays, leaves].map((row) => factsOf(row, vault))
  const keys = [...new Set([...(mine?.keys() ?? []), ...(theirs?.keys() ?? [])])].filter(
    (key) => !ofPlace.has(key) && findCorrectableField(key, 'person') !== undefined,
  )
  const differing = keys.filter((key) => mine?.get(key)?.value !== theirs?.get(key)?.value)
  const numbers = { stays: numberOf(stays, vault), leaves: numberOf(leaves, vault) }
  // Two masked numbers may look alike though they differ.
  const shown = numbers.stays !== numbers.leaves && !differing.includes('idNumber') ? ['idNumber', ...differing] : differing
  return {
    fields: shown.map((key) => {
      const [one, other] = [mine?.get(key), theirs?.get(key)]
      return { key, stays: one, leaves: other, ...suggestValue(one, other, key === 'idNumber' ? numbers : undefined) }
    }),
    same: keys.length - differing.length,
  }
}

function factsOf(row: MergeRow, vault: Vault): Map<string, FactRecord> {
  // Ages are not compared: any day will do.
  const today = readDay('2000-01-01')
  if (today === undefined) return new Map()
  return new Map(toMember(row, { vault, today, can: {} }).facts.map((fact) => [fact.key, fact]))
}

function numberOf(row: MergeRow, vault: Vault): string {
  return row.id_cell === null ? '' : vault.decrypt(row.id_cell, placeOfPersonCell('id', row.person_no))
}

/** Which of two rows should stay. */
export function suggestStaying(one: MergeRow, other: MergeRow, vault: Vault): MergeRow {
  const standing = (row: MergeRow) => ({
    idNumber: numberOf(row, vault),
    facts: Object.keys(row.facts).length,
    isHead: row.is_head,
    isRegistered: row.registered,
  })
  return suggestStay(standing(one), standing(other)) === 0 ? one : other
}

/** The winner's row with the values that it takes from the loser, encrypted anew for their new place. */
export function takeValues(
  given: { winner: MergeRow; loser: MergeRow; household: FoundHousehold; vault: Vault },
  take: readonly string[],
): { columns: Partial<PersonRow>; facts: Facts; fields: string[] } {
  const { winner, loser, household, vault } = given
  let columns: Partial<PersonRow> = {}
  let facts = winner.facts
  const fields: string[] = []
  for (const key of take) {
    const field = findCorrectableField(key, 'person')
    if (field === undefined || ofPlace.has(key)) continue
    const value = currentValue(field, { household, person: loser }, vault)
    const applied = { household, person: winner, field, value, correctionId: '', vault }
    columns = { ...columns, ...(field.key === 'idNumber' && value === undefined ? {} : personColumns(applied, winner)) }
    facts = correctedFacts(applied, facts)
    fields.push(key)
  }
  return { columns, facts, fields }
}
