import { parseFen } from '#kernel/pure/money/index.ts'
import { readIdNumber, tidy, tidyIdNumber, tidyName, tidyPhone } from '#kernel/pure/text/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'
import type { CodeList, Field } from '../policy/policy.ts'

/** Why a cell is suspicious; the row is imported and the value kept as written. Code words of `importWords`. */
export type CellProblem =
  | 'unknown-label'
  | 'no-amount'
  | 'no-number'
  | 'no-date'
  | 'no-yes-or-no'
  | 'phone-form'
  | 'id-form'
  | 'id-check-character'
  | 'id-birth-date'
  | 'id-placeholder'

/** What a cell says. `isUnread`: the value stands as written, since it is no value of the field's type. */
export interface ReadCell {
  value: string | number | boolean | undefined
  problem?: CellProblem
  isUnread?: true
  /** Typography was repaired: full width, spaces, apostrophe, lower-case x. */
  isCorrected?: true
}

/** A reader for the cells of one field; made once per column. */
export type CellReader = (cell: string) => ReadCell

const empty: ReadCell = { value: undefined }

/** Makes the reader of a field. `label` is the column's label, which may name the unit; `lists` are the code lists by name. */
export function makeCellReader(field: Field, label: string, lists: Readonly<Record<string, CodeList>>): CellReader {
  const read = readerOf(field, label, lists)
  const known = new Map<string, ReadCell>() // labels and yes/no repeat in almost every row
  const isRepeating = field.type === 'enum' || field.type === 'multiEnum' || field.type === 'boolean'
  return (cell) => {
    if (cell === '' || cell.trim() === '') return empty
    if (!isRepeating) return read(cell)
    const found = known.get(cell)
    if (found !== undefined) return found
    const made = read(cell)
    if (known.size < 1000) known.set(cell, made)
    return made
  }
}

function readerOf(field: Field, label: string, lists: Readonly<Record<string, CodeList>>): CellReader {
  const list = field.codeList === undefined ? undefined : lists[field.codeList]
  switch (field.type) {
    case 'enum':
      return list === undefined ? readText : readLabel(list)
    case 'multiEnum':
      return list === undefined ? readText : readLabels(list)
    case 'boolean':
      return readYesNo
    case 'money':
      return (cell) => orUnread(cell, parseFen(cell, label.includes('万元') ? '万元' : '元'), 'no-amount')
    case 'decimal':
      return (cell) => orUnread(cell, readDecimal(cell), 'no-number')
    case 'integer':
      return (cell) => orUnread(cell, readInteger(cell), 'no-number')
    case 'date':
      return (cell) => orUnread(cell, parseDay(cell), 'no-date')
    case 'yearMonth':
      return (cell) => orUnread(cell, readYearMonth(cell), 'no-date')
    case 'phone':
      return readPhone
    case 'idNumber':
      return readId
    case 'area':
      return (cell) => marked(cell, tidy(cell))
    case 'string':
      return field.key === 'name' || field.key === 'headName' ? (cell) => marked(cell, tidyName(cell)) : readText
  }
}

function marked(cell: string, value: string): ReadCell {
  if (value === '') return empty
  return value === cell ? { value } : { value, isCorrected: true }
}

function orUnread(cell: string, value: string | number | undefined, problem: CellProblem): ReadCell {
  return value === undefined ? { value: cut(cell.trim(), 200), problem, isUnread: true } : { value }
}

function readText(cell: string): ReadCell {
  const value = cell.replace(/[\s\u200b-\u200d\ufeff]+/g, ' ').trim()
  return value === '' ? empty : { value: cut(value, 2000) }
}

/** The beginning of a text, never ending in half of a character. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}

function labelsOf(list: CodeList): Map<string, string> {
  const known = new Map<string, string>()
  for (const code of list.codes) for (const name of [code.zh, ...code.aliases]) if (!known.has(tidy(name))) known.set(tidy(name), code.zh)
  return known
}

function readLabel(list: CodeList): CellReader {
  const known = labelsOf(list)
  return (cell) => {
    const key = tidy(cell)
    const value = known.get(key)
    if (value === undefined) return { value: key, problem: 'unknown-label' }
    return key === cell || value === cell ? { value } : { value, isCorrected: true }
  }
}

function readLabels(list: CodeList): CellReader {
  const one = readLabel(list)
  return (cell) => {
    const parts = cell.split(/[,，、;；|]/).flatMap((part) => (part.trim() === '' ? [] : [one(part.trim())]))
    if (parts.length === 0) return empty
    const problem = parts.find((part) => part.problem !== undefined)?.problem
    const value = parts.map((part) => String(part.value)).join(',')
    return problem === undefined ? { value } : { value, problem }
  }
}

const yes = new Set(['是', '有', '1', '√', 'Y', 'y', '已', 'true'])
const no = new Set(['否', '无', '0', '×', 'N', 'n', '未', '没有', 'false'])

function readYesNo(cell: string): ReadCell {
  const key = tidy(cell)
  if (yes.has(key)) return { value: true }
  if (no.has(key)) return { value: false }
  return { value: key, problem: 'no-yes-or-no', isUnread: true }
}

function readDecimal(cell: string): number | undefined {
  const text = tidy(cell).replace(/,/g, '')
  return /^-?\d{1,11}(\.\d{1,10})?$/.test(text) ? Number(text) : undefined
}

function readInteger(cell: string): number | undefined {
  const text = tidy(cell).replace(/[人户个年]$/, '')
  return /^-?\d{1,9}(\.0+)?$/.test(text) ? Number(text) : undefined
}

function readYearMonth(cell: string): string | undefined {
  const text = tidy(cell)
  if (/^(19|20)\d{2}年?$/.test(text)) return text.slice(0, 4)
  return parseDay(text)?.slice(0, 7).replace('-', '')
}

function readPhone(cell: string): ReadCell {
  const value = tidyPhone(cell)
  if (value === '') return { value: cut(tidy(cell), 40), problem: 'phone-form' }
  const read = marked(cell, value)
  return /^(1[3-9]\d{9}|0\d{9,11})$/.test(value) ? read : { ...read, problem: 'phone-form' }
}

/** Reads an identity number or disability certificate (20 or 22 characters, the first 18 are the number). */
function readId(cell: string): ReadCell {
  const value = tidyIdNumber(cell).slice(0, 40)
  if (value === '') return empty
  const problem = problemOfId(value)
  const read = marked(cell, value)
  return problem === undefined ? read : { ...read, problem }
}

/** What is wrong with a tidy identity number; `undefined`: nothing. */
export function problemOfId(value: string): CellProblem | undefined {
  if (/^9{6}/.test(value)) return 'id-placeholder'
  if (!/^[1-9]\d{16}[\dX](\d{2}([\dA-Z]{2})?)?$/.test(value)) return 'id-form'
  const number = value.slice(0, 18)
  if (readIdNumber(number) !== undefined) return undefined
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  return parseDay(day) === undefined ? 'id-birth-date' : 'id-check-character'
}
