import { makeDay, type Day } from '../time/index.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkCharacters = '10X98765432'

/** The check character (GB 11643-1999, ISO 7064 mod 11-2) of the first 17 digits; `undefined` when they are not 17 digits. */
export function checkCharacterOf(first17: string): string | undefined {
  if (!/^\d{17}$/.test(first17)) return undefined
  let sum = 0
  for (let at = 0; at < 17; at += 1) sum += (first17.charCodeAt(at) - 48) * (weights[at] ?? 0)
  return checkCharacters[sum % 11]
}

/** Widens a first-generation number of 15 digits to 18 (century 19, check character added). */
export function widenIdNumber(old15: string): string | undefined {
  if (!/^\d{15}$/.test(old15)) return undefined
  const first17 = `${old15.slice(0, 6)}19${old15.slice(6)}`
  const check = checkCharacterOf(first17)
  return check === undefined ? undefined : first17 + check
}

/** What an 18-character number says of itself. The region is not checked against a list: codes change and tests use unassigned ones. */
export interface IdNumberParts {
  region: string
  bornOn: Day
  sex: 'male' | 'female'
}

/** Parts of a resident identity number that is right in form, birth date and check character; `undefined` otherwise. */
export function readIdNumber(number: string): IdNumberParts | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return undefined
  if (checkCharacterOf(number.slice(0, 17)) !== number[17]) return undefined
  const bornOn = makeDay(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)))
  if (bornOn === undefined) return undefined
  return { region: number.slice(0, 6), bornOn, sex: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

/** Masks an identity number for screens: `430525********0014` (ux.md §8.8). Short values become stars whole. */
export function maskIdNumber(number: string): string {
  return mask(number, 15, 6)
}

/** Masks a telephone: `154****0241`. */
export function maskPhone(phone: string): string {
  return mask(phone, 7, 3)
}

/** Keeps the first characters and the last four; whole characters, since half of one is no text that a database takes. */
function mask(text: string, shortest: number, first: number): string {
  const signs = Array.from(text)
  if (signs.length < shortest) return '*'.repeat(signs.length)
  return `${signs.slice(0, first).join('')}${'*'.repeat(signs.length - first - 4)}${signs.slice(-4).join('')}`
}
