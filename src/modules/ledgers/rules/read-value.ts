import { compareNumbers, printNumber, readNumber, roundNumber } from '#kernel/pure/expressions/index.ts'
import { isId } from '#kernel/pure/ids/index.ts'
import { readIdNumber, tidyIdNumber, tidyPhone } from '#kernel/pure/text/index.ts'
import { parseDay, readDay } from '#kernel/pure/time/index.ts'
import { isFiles, isLink, placesOf } from './field-kinds.ts'
import type { RecordCode } from './record-words.ts'
import type { FieldValue, Linked, Place } from './records.ts'
import type { Column, Field } from './template.ts'

/** What a field got: its value, why not, or (a link in a file) the text by which it is to be looked up. */
export type ReadValue =
  | { readonly value: FieldValue }
  | { readonly refused: RecordCode; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly lookUp: string }

/** Longest text of a plain and of a long field. */
export const mostCharacters = { text: 200, 'long-text': 4000 } as const

const nothing: ReadValue = { value: null }
const refuse = (refused: RecordCode, values?: Readonly<Record<string, string | number>>): ReadValue =>
  values === undefined ? { refused } : { refused, values }

/**
 * Reads what a screen or a cell of a file gives for a field: texts as people write them (`1,200.5`, `2024年3月1日`, `是`, the name of a choice) as well as
 * the values of `FieldValue`. Files are not entered here. Tables are read by `readRows`.
 */
export function readValue(field: Field | Column, raw: unknown): ReadValue {
  if (raw === null || raw === undefined || raw === '') return nothing
  if (isFiles(field.kind)) return refuse('by-file')
  if (isLink(field.kind)) return readLink(raw)
  switch (field.kind) {
    case 'text':
    case 'long-text':
      return readText(field, raw)
    case 'number':
    case 'money':
      return readAmount(field, raw)
    case 'date':
      return readDate(raw)
    case 'month':
      return readMonthOf(raw)
    case 'choice':
      return readChoice(field, raw)
    case 'choices':
      return readChoices(field, raw)
    case 'yes-no':
      return readYesNo(raw)
    case 'place':
      return readPlace(raw)
    case 'table':
    case 'photo':
    case 'file':
    case 'signature':
      return refuse('not-rows')
  }
}

const shown = (raw: unknown): string => (typeof raw === 'string' ? raw : typeof raw === 'number' ? String(raw) : '').slice(0, 40)

/** Control characters below the blank and DEL, but not those that lay text out. */
const controls = /(?![\t\n\r\u0080-\u009f])\p{Cc}/u

function readText(field: Field | Column, raw: unknown): ReadValue {
  if (typeof raw !== 'string' && typeof raw !== 'number') return refuse('bad-character')
  const text = field.kind === 'long-text' ? String(raw).replace(/\r\n?/g, '\n').trim() : String(raw).replace(/\s+/g, ' ').trim()
  if (text === '') return nothing
  const most = field.kind === 'long-text' ? mostCharacters['long-text'] : mostCharacters.text
  if (text.length > most) return refuse('too-long', { most })
  if (controls.test(text) || !isWhole(text)) return refuse('bad-character')
  return field.format === undefined ? { value: text } : readFormat(field.format, text)
}

/** No half of a surrogate pair: the database does not take it. */
function isWhole(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}

function readFormat(format: NonNullable<Field['format']>, text: string): ReadValue {
  if (format === 'id-number') {
    const number = tidyIdNumber(text)
    return readIdNumber(number) === undefined ? refuse('not-id-number') : { value: number }
  }
  if (format === 'phone') {
    const phone = tidyPhone(text)
    return /^(\d{11}|0\d{2,3}-?\d{7,8})$/.test(phone) ? { value: phone } : refuse('not-phone')
  }
  const account = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{8,32}$/.test(account) ? { value: account } : refuse('not-account')
}

/** Twelve digits and six places are what sorts, sums and is exact. */
const plainNumber = /^-?\d{1,12}(\.\d{1,6})?$/

function readAmount(field: Field | Column, raw: unknown): ReadValue {
  if (typeof raw !== 'string' && typeof raw !== 'number') return refuse('not-number', { value: '' })
  const written = String(raw)
  const text = plainNumber.test(written) ? written : cleanNumber(written, field)
  const number = plainNumber.test(text) ? readNumber(text) : null
  if (number === null) return refuse('not-number', { value: shown(raw) })
  const places = placesOf(field)
  const rounded = roundNumber(number, places, 'half-up')
  if (rounded === null || compareNumbers(rounded, number) !== 0) return refuse('too-many-places', { places })
  const min = field.min === undefined ? null : readNumber(field.min)
  const max = field.max === undefined ? null : readNumber(field.max)
  if (min !== null && compareNumbers(number, min) < 0) return refuse('too-small', { min: field.min ?? '' })
  if (max !== null && compareNumbers(number, max) > 0) return refuse('too-large', { max: field.max ?? '' })
  const printed = printNumber(number)
  return { value: field.kind === 'money' ? withPlaces(printed, 2) : printed }
}

/** `1,200.5 元` → `1200.5`: separators, width, signs of money and the unit go. */
function cleanNumber(written: string, field: Field | Column): string {
  const text = written
    .normalize('NFKC')
    .replace(/[\s,，¥￥]/g, '')
    .replace(/^\+/, '')
    .replace(/^−/, '-')
  const unit = field.kind === 'money' ? '元' : field.unit
  return unit !== undefined && unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length) : text
}

/** `12.5` → `12.50`. */
export function withPlaces(number: string, places: number): string {
  const [whole = '0', part = ''] = number.split('.')
  return `${whole}.${part.padEnd(places, '0')}`
}

function readDate(raw: unknown): ReadValue {
  const day = typeof raw === 'string' ? (readDay(raw) ?? parseDay(raw)) : undefined
  return day === undefined ? refuse('not-day', { value: shown(raw) }) : { value: day }
}

function readMonthOf(raw: unknown): ReadValue {
  const text = typeof raw === 'string' ? raw.trim() : ''
  const day = /^\d{4}-\d{2}$/.test(text) ? readDay(`${text}-01`) : parseDay(text)
  return day === undefined ? refuse('not-month', { value: shown(raw) }) : { value: day.slice(0, 7) }
}

function findChoice(field: Field | Column, raw: unknown): string | undefined {
  const text = typeof raw === 'string' || typeof raw === 'number' ? String(raw).normalize('NFKC').replace(/\s/g, '') : ''
  const plain = (one: string) => one.normalize('NFKC').replace(/\s/g, '')
  return (field.choices ?? []).find((one) => one.key === raw || plain(one.name.zh) === text || plain(one.name.en) === text)?.key
}

function readChoice(field: Field | Column, raw: unknown): ReadValue {
  const key = findChoice(field, raw)
  return key === undefined ? refuse('not-choice', notChosen(field, raw)) : { value: key }
}

const notChosen = (field: Field | Column, raw: unknown) => ({
  value: shown(raw),
  choices: (field.choices ?? [])
    .slice(0, 8)
    .map((one) => one.name.zh)
    .join('、'),
})

function readChoices(field: Field | Column, raw: unknown): ReadValue {
  const parts: unknown[] = Array.isArray(raw)
    ? raw
    : typeof raw === 'string'
      ? raw.split(/[、,，;；|/]/).filter((part) => part.trim() !== '')
      : [raw]
  const keys: string[] = []
  for (const part of parts.slice(0, 200)) {
    const key = findChoice(field, part)
    if (key === undefined) return refuse('not-choice', notChosen(field, part))
    if (!keys.includes(key)) keys.push(key)
  }
  // In the order of the template, so that the same choice is the same value.
  const sorted = (field.choices ?? []).map((one) => one.key).filter((key) => keys.includes(key))
  return sorted.length === 0 ? nothing : { value: sorted }
}

const yes = ['true', '是', '有', '1', 'y', 'yes', '√', '✓', '已', '对']
const no = ['false', '否', '无', '没有', '0', 'n', 'no', '×', 'x', '未', '不']

function readYesNo(raw: unknown): ReadValue {
  if (typeof raw === 'boolean') return { value: raw }
  const text = shown(raw).trim().toLowerCase()
  return yes.includes(text) ? { value: true } : no.includes(text) ? { value: false } : refuse('not-yes-no')
}

function readLink(raw: unknown): ReadValue {
  if (typeof raw === 'string') return raw.trim() === '' ? nothing : { lookUp: raw.trim().slice(0, 120) }
  const linked = asLinked(raw)
  return linked === undefined ? refuse('not-link') : { value: linked }
}

/** A link as it is kept: an id, or the path of an area; the name is looked up by the server. */
function asLinked(raw: unknown): Linked | undefined {
  if (typeof raw !== 'object' || raw === null || !('id' in raw) || typeof raw.id !== 'string') return undefined
  const name = 'name' in raw && typeof raw.name === 'string' ? raw.name.slice(0, 120) : ''
  return isId(raw.id) || /^(\d+\.){1,7}$/.test(raw.id) ? { id: raw.id, name } : undefined
}

const degrees = /^-?\d{1,3}(\.\d{1,8})?$/

function readPlace(raw: unknown): ReadValue {
  const [longitude, latitude, accuracy] = typeof raw === 'string' ? raw.split(/[,，\s]+/) : partsOfPlace(raw)
  const isPlace = longitude !== undefined && latitude !== undefined && degrees.test(longitude) && degrees.test(latitude)
  if (!isPlace || Math.abs(Number(longitude)) > 180 || Math.abs(Number(latitude)) > 90) return refuse('not-place')
  const place: Place = { longitude, latitude }
  return { value: accuracy !== undefined && /^\d{1,6}(\.\d+)?$/.test(accuracy) ? { ...place, accuracyMetres: accuracy } : place }
}

function partsOfPlace(raw: unknown): (string | undefined)[] {
  if (typeof raw !== 'object' || raw === null) return []
  const part = (name: string): string | undefined => {
    const found: unknown = Object.entries(raw).find(([key]) => key === name)?.[1]
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
  }
  return [part('longitude'), part('latitude'), part('accuracyMetres')]
}
