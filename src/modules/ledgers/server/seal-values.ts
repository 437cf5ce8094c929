import { maskIdNumber, maskPhone } from '#kernel/pure/text/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { isLink } from '../rules/field-kinds.ts'
import { isEmpty } from '../rules/judge-record.ts'
import { keyValueOf, titleOf } from '../rules/key-values.ts'
import type { OpenTemplate } from '../rules/open-template.ts'
import type { FieldValue, RecordValues } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import type { DerivedColumns, LinkRow, SealedValue, StoredBody, StoredValue } from './tables.ts'

/** Whether a stored value is a sealed one. */
export function isSealed(value: StoredValue | undefined): value is SealedValue {
  return typeof value === 'object' && value !== null && 'sealed' in value
}

const placeOf = (recordId: string, fieldKey: string) => ({ table: 'ledgers.record', column: fieldKey, rowId: recordId })

/** How a sensitive value is shown: numbers by their ends, other text by its first letter. */
function maskOf(field: Field, plain: string): string {
  if (field.format === 'id-number') return maskIdNumber(plain)
  if (field.format === 'phone') return maskPhone(plain)
  if (field.format === 'bank-account') return `${plain.slice(0, 4)}${'*'.repeat(Math.max(4, plain.length - 8))}${plain.slice(-4)}`
  return `${plain.slice(0, 1)}${'*'.repeat(Math.min(6, Math.max(2, plain.length - 1)))}`
}

/** The values of a record as they are kept: sensitive texts sealed for this record, everything else as it is. */
export function sealValues(
  vault: Vault,
  open: OpenTemplate,
  given: { recordId: string; values: Readonly<Record<string, StoredValue>> },
): Record<string, StoredValue> {
  const body: Record<string, StoredValue> = {}
  for (const [key, value] of Object.entries(given.values)) {
    const field = open.fields.get(key)
    if (field?.sensitive === true && typeof value === 'string')
      body[key] = { sealed: vault.encrypt(value, placeOf(given.recordId, key)).toString('base64'), masked: maskOf(field, value) }
    else body[key] = value
  }
  return body
}

/** One sensitive value in full. */
export function unsealValue(vault: Vault, given: { recordId: string; fieldKey: string; value: SealedValue }): string {
  return vault.decrypt(Buffer.from(given.value.sealed, 'base64'), placeOf(given.recordId, given.fieldKey))
}

/** What leaves the server: sensitive values masked, fields that the caller may not see left out. */
export function shownValues(body: StoredBody, maySee: (fieldKey: string) => boolean, only?: ReadonlySet<string>): RecordValues {
  const values: Record<string, FieldValue> = {}
  for (const [key, value] of Object.entries(body)) {
    if (!maySee(key) || (only !== undefined && !only.has(key))) continue
    values[key] = isSealed(value) ? { masked: value.masked } : value
  }
  return values
}

/** Title, keys, uniqueness and links of a record by its values; a sealed value counts in uniqueness by what it says. */
export function derive(
  vault: Vault,
  open: OpenTemplate,
  given: { recordId: string; values: Readonly<Record<string, StoredValue>> },
): DerivedColumns {
  const { values } = given
  const plain = (key: string): FieldValue | undefined => {
    const value = values[key]
    return isSealed(value) ? unsealValue(vault, { recordId: given.recordId, fieldKey: key, value }) : value
  }
  const keys: Record<string, string> = {}
  for (const [key, column] of Object.entries(open.keys)) {
    const field = open.fields.get(key)
    const value = values[key]
    const said = field === undefined || isSealed(value) ? null : keyValueOf(field, value)
    if (said !== null) keys[column] = said
  }
  const titleValue = values[open.template.title]
  const hashOf = (fields: readonly string[] | undefined, no: number): string | null => {
    if (fields === undefined) return null
    const parts = fields.map((key) => plain(key))
    if (parts.some(isEmpty)) return null
    const said = JSON.stringify([no, ...parts.map((part) => (typeof part === 'object' && part !== null && 'id' in part ? part.id : part))])
    return vault.blindIndex('ledgers.unique', said).toString('hex')
  }
  return {
    title: titleOf(open.fields.get(open.template.title), isSealed(titleValue) ? null : titleValue),
    keys,
    unique1: hashOf(open.template.unique?.[0], 1),
    unique2: hashOf(open.template.unique?.[1], 2),
    links: linksOf(open, values),
  }
}

function linksOf(open: OpenTemplate, values: Readonly<Record<string, StoredValue>>): LinkRow[] {
  const links: LinkRow[] = []
  for (const field of open.fields.values()) {
    const value = values[field.key]
    if (isLink(field.kind) && typeof value === 'object' && value !== null && 'id' in value && value.id !== '')
      links.push({ fieldKey: field.key, kind: field.kind, target: value.id })
  }
  return links
}
