import { isLink } from '../rules/field-kinds.ts'
import type { FieldValue } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { pages } from './ledger-calls.ts'

/** The page of what a field names. */
export function linkTo(field: Field, value: FieldValue | undefined): string | undefined {
  if (!isLink(field.kind) || typeof value !== 'object' || value === null || !('id' in value)) return undefined
  if (field.kind === 'record') return field.of === undefined ? undefined : pages.record(field.of, value.id)
  return pages.about(field.kind, value.id)
}
