import { maskIdNumber } from '#kernel/pure/text/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findField } from '../policy/policy.ts'
import type { NationalDifference } from '../rules/national-statement.ts'
import { factOf, shownValue, type MergedEntity, type MergeableRow } from './import/row-values.ts'
import { placeOfPersonCell, type Sources } from './tables.ts'

/** Whether a field's value must not be kept as it stands. */
export function isSecret(field: string): boolean {
  const type = findField(field)?.type
  return type === 'idNumber' || type === 'phone'
}

interface SecretRow extends Partial<MergeableRow> {
  sources: Sources
  facts: MergeableRow['facts']
  household_no?: string
  person_no?: string
}

/** Both values of a number or telephone masked, and what tells ours from another: its blind index. */
export function maskedValues(
  vault: Vault,
  given: { entity: MergedEntity; row: SecretRow; found: NationalDifference },
): { system_value: string; our_value: string; our_mark: string } {
  const { entity, row, found } = given
  const rowKey = (entity === 'person' ? row.person_no : row.household_no) ?? ''
  const ours = shownValue(vault, { entity, rowKey, field: found.field }, factOf(entity, { ...row, row_key: rowKey }, found.field))
  return {
    system_value: maskedSystem(vault, { row, rowKey, found }),
    our_value: typeof ours === 'string' ? ours : '',
    our_mark: found.ours.slice(found.ours.lastIndexOf(' ') + 1),
  }
}

function maskedSystem(vault: Vault, { row, rowKey, found }: { row: SecretRow; rowKey: string; found: NationalDifference }): string {
  if (found.system === '') return ''
  if (found.field !== 'idNumber') return `****${found.system.split(' ')[1] ?? ''}`
  const stated = row.sources[found.kind]?.id
  return stated === undefined ? '****' : maskIdNumber(vault.decrypt(Buffer.from(stated, 'base64'), placeOfPersonCell('id', rowKey)))
}
