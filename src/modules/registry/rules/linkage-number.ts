import { readIdNumber, tidyIdNumber, widenIdNumber } from '#kernel/pure/text/index.ts'
import { makeDay } from '#kernel/pure/time/index.ts'

/** An identity number as it is compared: 18 characters ('' where there is none to compare by), and what is known of it. */
export interface LinkNumber {
  text: string
  /** Right in form, birth date and check character. */
  isRight: boolean
  /** Written with 15 digits. */
  isOld: boolean
  /** The last three digits were lost by a program that kept numbers of 15 digits. */
  isTailLost: boolean
}

export const numberLevels = [
  'equal',
  'old-15',
  'tail-lost',
  'one-digit',
  'exchanged',
  'of-household',
  'two-wrong',
  'both-right',
  'differs',
  'absent',
] as const
export type NumberLevel = (typeof numberLevels)[number]

const none: LinkNumber = { text: '', isRight: false, isOld: false, isTailLost: false }

/** Reads the cell of an identity number or disability certificate. `lostTail`: the cell was a number of 16 digits or more. */
export function readLinkNumber(cell: string, lostTail = false): LinkNumber {
  const tidy = tidyIdNumber(cell)
  const isOld = /^\d{15}$/.test(tidy)
  const text = isOld ? (widenIdNumber(tidy) ?? '') : tidy.length >= 20 ? tidy.slice(0, 18) : tidy
  // 999999 stands for people without a document; a region of one repeated digit is never assigned.
  if (!/^[1-9]\d{16}[\dX]$/.test(text) || /^(\d)\1{5}/.test(text)) return none
  return { text, isOld, isRight: readIdNumber(text) !== undefined && !lostTail, isTailLost: lostTail || text.endsWith('000') }
}

/** Places in which two numbers must agree before one may be a spoilt writing of the other. */
const leastAgreeing = 14

/**
 * How two numbers stand to each other. Of two numbers that are both right one is no slip of the other: brothers and twins have
 * neighbouring numbers. `ofHousehold`: the one number belongs to another member of the other's household.
 */
export function compareNumbers(one: LinkNumber, other: LinkNumber, ofHousehold = false): NumberLevel {
  if (one.text === '' || other.text === '') return 'absent'
  if (one.text === other.text && !one.isTailLost) return one.isOld === other.isOld ? 'equal' : 'old-15'
  if ((one.isTailLost || other.isTailLost) && one.text.slice(0, 15) === other.text.slice(0, 15)) return 'tail-lost'
  if (ofHousehold) return 'of-household'
  if (one.isRight && other.isRight) return 'both-right'
  const differing: number[] = []
  for (let at = 0; at < 18; at += 1) if (one.text.charCodeAt(at) !== other.text.charCodeAt(at)) differing.push(at)
  if (differing.length === 1) return 'one-digit'
  if (differing.length === 2 && isExchange(one.text, other.text, differing)) return 'exchanged'
  return 18 - differing.length >= leastAgreeing ? 'two-wrong' : 'differs'
}

function isExchange(one: string, other: string, [left = -1, right = -1]: readonly number[]): boolean {
  return right === left + 1 && one[left] === other[right] && one[right] === other[left]
}

/** The day of birth within a number, right or not, as `YYYY-MM-DD`; '' where the digits are no day. */
export function birthInNumber({ text }: LinkNumber): string {
  if (text === '') return ''
  const year = Number(text.slice(6, 10))
  return year < 1880 || year > 2100 ? '' : (makeDay(year, Number(text.slice(10, 12)), Number(text.slice(12, 14))) ?? '')
}

export const birthLevels = ['equal', 'day-month', 'one-part', 'differs', 'in-number', 'absent'] as const
export type BirthLevel = (typeof birthLevels)[number]

/** How two days of birth stand to each other: equal, day and month exchanged, one of year, month and day another. */
export function compareBirths(one: string, other: string): BirthLevel {
  if (one === '' || other === '') return 'absent'
  if (one === other) return 'equal'
  const [year, month, day] = one.split('-')
  const [otherYear, otherMonth, otherDay] = other.split('-')
  if (year === otherYear && month === otherDay && day === otherMonth) return 'day-month'
  const same = [year === otherYear, month === otherMonth, day === otherDay].filter(Boolean).length
  return same === 2 ? 'one-part' : 'differs'
}
