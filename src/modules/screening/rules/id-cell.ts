import { readIdNumber, tidyIdNumber, widenIdNumber } from '#kernel/pure/text/index.ts'

/**
 * What stands in the cell of an identity number.
 * `number`: 18 characters in form, `usual` says how the cell had to be read; `old15`: 15 digits, widened; `unusable`: nothing to search by.
 */
export type IdCell =
  | { state: 'number'; number: string; usual: 'as-written' | 'typography' | 'certificate'; valid: boolean; tail: 'kept' | 'zeros' | 'lost' }
  | { state: 'old15'; number: string }
  | { state: 'absent' }
  | { state: 'unusable' }

const form18 = /^[1-9]\d{16}[\dX]$/
/** 18 of the number, kind of disability, grade, and `B` with the count of re-issues. */
const certificate = /^([1-9]\d{16}[\dX])[1-7][1-4](B?\d{1,2})?$/

/** Reads the cell of an identity number or disability certificate. `lostTail`: the cell was a number of 16 digits or more. */
export function readIdCell(cell: string, lostTail: boolean): IdCell {
  const text = tidyIdNumber(cell)
  if (text === '') return { state: 'absent' }
  if (form18.test(text)) return readNumber(text, text === cell ? 'as-written' : 'typography', lostTail)
  const certified = certificate.exec(text)?.[1]
  if (certified !== undefined) return readNumber(certified, 'certificate', false)
  const widened = widenIdNumber(text)
  if (widened !== undefined && readIdNumber(widened) !== undefined) return { state: 'old15', number: widened }
  return { state: 'unusable' }
}

function readNumber(number: string, usual: 'as-written' | 'typography' | 'certificate', lostTail: boolean): IdCell {
  // 999999 stands for people without a document; a region of one repeated digit is never assigned.
  if (/^(\d)\1{5}/.test(number)) return { state: 'unusable' }
  const tail = lostTail ? 'lost' : number.endsWith('000') ? 'zeros' : 'kept'
  // A number that lost its tail tells the day of birth at least; where even that is gone it says nothing.
  const valid = readIdNumber(number) !== undefined
  if (tail === 'lost' && !hasBirthDay(number)) return { state: 'unusable' }
  return { state: 'number', number, usual, valid, tail }
}

/** True when the digits 7 to 14 are a day of the calendar. */
export function hasBirthDay(number: string): boolean {
  const year = Number(number.slice(6, 10))
  const month = Number(number.slice(10, 12))
  const day = Number(number.slice(12, 14))
  return year >= 1880 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** First nine digits of a number of 18 characters as an integer. */
export function highOf(number: string): number {
  return Number(number.slice(0, 9))
}

/** The next eight digits times 11 plus the check character (X = 10). */
export function lowOf(number: string): number {
  return Number(number.slice(9, 17)) * 11 + (number.charCodeAt(17) === 88 ? 10 : number.charCodeAt(17) - 48)
}

/** The 18 characters of a stored number. */
export function writeNumber(high: number, low: number): string {
  const check = low % 11
  return String(high).padStart(9, '0') + String((low - check) / 11).padStart(8, '0') + (check === 10 ? 'X' : String(check))
}
