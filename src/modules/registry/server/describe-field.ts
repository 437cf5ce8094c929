import { findField } from '../policy/policy.ts'

/** A field as other modules show it: its labels, and how its values are written (`money` is in fen, `boolean` is 是 or 否). */
export function describeField(key: string): { zh: string; en: string; type: string; unit: string | undefined } | undefined {
  const field = findField(key)
  return field === undefined ? undefined : { zh: field.zh, en: field.en, type: field.type, unit: field.unit }
}
