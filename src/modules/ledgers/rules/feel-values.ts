import {
  printNumber,
  printTemporal,
  readDate,
  readNumber,
  roundNumber,
  isList,
  isContext,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isFiles, isLink, placesOf } from './field-kinds.ts'
import { mostCharacters, readValue, withPlaces } from './read-value.ts'
import type { FieldValue, Linked, TableRow } from './records.ts'
import type { Column, Field } from './template.ts'

const isLinked = (value: unknown): value is Linked => typeof value === 'object' && value !== null && 'id' in value && 'name' in value

/** What a field says in formulas: choices and links by their Chinese names, files by their number, a place as text. */
export function toFeel(field: Field | Column, value: FieldValue | undefined): Value {
  if (value === null || value === undefined) return isFiles(field.kind) ? readNumber('0') : null
  if (isFiles(field.kind)) return Array.isArray(value) ? readNumber(String(value.length)) : null
  if (isLink(field.kind)) return isLinked(value) ? value.name : null
  switch (field.kind) {
    case 'number':
    case 'money':
      return typeof value === 'string' ? readNumber(value) : null
    case 'date':
      return typeof value === 'string' ? readDate(value) : null
    case 'choice':
      return typeof value === 'string' ? nameOfChoice(field, value) : null
    case 'choices':
      return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? nameOfChoice(field, one) : null)) : null
    case 'yes-no':
      return typeof value === 'boolean' ? value : null
    case 'table':
      return Array.isArray(value) ? value.map((row) => rowToFeel(field, row)) : null
    case 'place':
      return null
    case 'text':
    case 'long-text':
    case 'month':
    case 'photo':
    case 'file':
    case 'signature':
      return typeof value === 'string' ? value : null
  }
}

/** The Chinese name of a choice; a key that the template does not know stands for itself. */
export function nameOfChoice(field: Field | Column, key: string): string {
  return field.choices?.find((one) => one.key === key)?.name.zh ?? key
}

function rowToFeel(field: Field | Column, row: unknown): Value {
  const columns = 'columns' in field ? (field.columns ?? []) : []
  // Safe: rows of a table are kept as `TableRow`s; what is none gives nulls.
  const cells = (typeof row === 'object' && row !== null ? row : {}) as TableRow
  return new Map(columns.map((column) => [column.name.zh, toFeel(column, cells[column.key])]))
}

/** What a formula gave, as a value of the field: rounded half up to its places; null where it is nothing that the field can hold. */
export function fromFeel(field: Field | Column, value: Value): FieldValue {
  if (value === null) return null
  if (typeof value === 'boolean') return field.kind === 'yes-no' ? value : null
  if (typeof value === 'string') return textFromFeel(field, value)
  if (isList(value)) return listFromFeel(field, value)
  if (isContext(value)) return null
  if (value.kind === 'number') return numberFromFeel(field, value)
  if (value.kind === 'date') return field.kind === 'date' || field.kind === 'month' ? readOr(field, printTemporal(value)) : null
  return null
}

/** A list of words: choices, or (a table's findings) one after the other in a text. */
function listFromFeel(field: Field | Column, list: readonly Value[]): FieldValue {
  const words = list.filter((one) => typeof one === 'string')
  if (field.kind === 'choices') return readOr(field, words)
  return (field.kind === 'text' || field.kind === 'long-text') && words.length > 0 ? textFromFeel(field, words.join('、')) : null
}

function textFromFeel(field: Field | Column, text: string): FieldValue {
  const isText = field.kind === 'text' || field.kind === 'long-text'
  const most = field.kind === 'long-text' ? mostCharacters['long-text'] : mostCharacters.text
  return readOr(field, isText ? text.slice(0, most) : text)
}

function numberFromFeel(field: Field | Column, value: NonNullable<ReturnType<typeof readNumber>>): FieldValue {
  if (field.kind === 'text') return printNumber(value)
  if (field.kind !== 'number' && field.kind !== 'money') return null
  const rounded = roundNumber(value, placesOf(field), 'half-up')
  if (rounded === null) return null
  const printed = printNumber(rounded)
  if (!/^-?\d{1,12}(\.\d+)?$/.test(printed)) return null
  return field.kind === 'money' ? withPlaces(printed, 2) : printed
}

function readOr(field: Field | Column, raw: unknown): FieldValue {
  const read = readValue(field, raw)
  return 'value' in read ? read.value : null
}
