import { codeLists, fields, findField, type Field } from '../policy/policy.ts'
import { makeCellReader, type CellProblem } from './read-value.ts'

/** Fields that name the row itself, follow from others, or move a household: they are not corrected value by value. */
const notCorrected = new Set([
  'householdNo',
  'personNo',
  'seqNo',
  'headName',
  'headIdNumber',
  'headPersonNo',
  'memberCount',
  'annualMemberCount',
])
const needed = new Set(['name', 'idNumber'])

/** The field, when a correction may change it for a household or a person. */
export function findCorrectableField(key: string, entity: 'household' | 'person'): Field | undefined {
  const field = findField(key)
  return field === undefined || field.entity !== entity || field.type === 'area' || notCorrected.has(key) ? undefined : field
}

/** Every field that a correction may change, households' before persons'. */
export function listCorrectableFields(): { key: string; of: 'household' | 'person'; zh: string; en: string }[] {
  return (['household', 'person'] as const).flatMap((of) =>
    fields.flatMap(({ key, zh, en }) => (findCorrectableField(key, of) === undefined ? [] : [{ key, of, zh, en }])),
  )
}

/** True for values that are encrypted: ID numbers, telephones, bank accounts. */
export function isSealedField(field: Field): boolean {
  return field.sealed || field.column === 'id' || field.column === 'phone'
}

export type ReadCorrection = { ok: true; value: string | number | boolean | undefined } | { ok: false; problem: CellProblem | 'needed' }

/** Reads the new value as a cell of a file would be read; a value that an import would only mark as suspicious is refused here. */
export function readCorrection(field: Field, written: string): ReadCorrection {
  const read = makeCellReader(field, field.zh, codeLists)(written)
  if (read.value === undefined && needed.has(field.key)) return { ok: false, problem: 'needed' }
  return read.problem === undefined ? { ok: true, value: read.value } : { ok: false, problem: read.problem }
}
