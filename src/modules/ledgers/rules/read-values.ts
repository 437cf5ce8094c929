import type { OpenTemplate } from './open-template.ts'
import { readValue } from './read-value.ts'
import { makeProblem } from './record-words.ts'
import { isFiles } from './field-kinds.ts'
import type { FieldValue, RecordProblem, TableRow } from './records.ts'
import { isWorkedOut } from './template-brought.ts'
import type { Field } from './template.ts'

/** Most rows of a repeating table. */
export const mostRows = 200

export interface ReadValues {
  readonly values: Record<string, FieldValue>
  readonly problems: readonly RecordProblem[]
  /** Links that were written as text and are looked up by the server: field → text. */
  readonly lookUps: Readonly<Record<string, string>>
}

/** Reads the values that somebody entered, by field key. What is computed or uploaded may not be entered; unknown fields are refused. */
export function readValues(open: OpenTemplate, entered: Readonly<Record<string, unknown>>): ReadValues {
  const values: Record<string, FieldValue> = {}
  const problems: RecordProblem[] = []
  const lookUps: Record<string, string> = {}
  for (const [key, raw] of Object.entries(entered)) {
    const field = open.fields.get(key)
    if (field === undefined) problems.push(makeProblem('unknown-field', { values: { value: key.slice(0, 40) }, field: key.slice(0, 40) }))
    else if (isWorkedOut(field)) problems.push(makeProblem('not-entered', { name: field.name, field: key }))
    else if (isFiles(field.kind)) problems.push(makeProblem('by-file', { name: field.name, field: key }))
    else if (field.kind === 'table') values[key] = readRows(field, raw, problems)
    else {
      const read = readValue(field, raw)
      if ('value' in read) values[key] = read.value
      else if ('lookUp' in read) lookUps[key] = read.lookUp
      else problems.push(makeProblem(read.refused, { name: field.name, field: key, values: read.values }))
    }
  }
  return { values, problems, lookUps }
}

function readRows(field: Field, raw: unknown, problems: RecordProblem[]): FieldValue {
  if (raw === null || raw === undefined || raw === '') return null
  if (!Array.isArray(raw)) {
    problems.push(makeProblem('not-rows', { name: field.name, field: field.key }))
    return null
  }
  if (raw.length > mostRows) problems.push(makeProblem('too-many-rows', { name: field.name, field: field.key, values: { most: mostRows } }))
  const rows = raw.slice(0, mostRows).map((row: unknown, at) => readRow(field, row, { at, problems }))
  return rows.length === 0 ? null : rows
}

function readRow(field: Field, raw: unknown, given: { at: number; problems: RecordProblem[] }): TableRow {
  const row: Record<string, FieldValue> = {}
  const place = { field: field.key, row: given.at + 1 }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    given.problems.push(makeProblem('not-rows', { name: field.name, ...place }))
    return row
  }
  for (const [key, cell] of Object.entries(raw)) {
    const column = field.columns?.find((one) => one.key === key)
    if (column === undefined) given.problems.push(makeProblem('unknown-field', { values: { value: key.slice(0, 40) }, ...place }))
    // What was computed comes back with the row that was shown, and is worked out anew.
    else if (column.computed === undefined) {
      const read = readValue(column, cell)
      if ('value' in read) row[key] = read.value
      else
        given.problems.push(
          makeProblem('refused' in read ? read.refused : 'not-link', {
            name: column.name,
            ...place,
            column: key,
            values: 'refused' in read ? read.values : undefined,
          }),
        )
    }
  }
  return row
}
