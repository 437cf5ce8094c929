import { daysInMonth, readDay, type Day } from '#kernel/pure/time/index.ts'

/**
 * What a fact is of one row: numbers as integers at the decimals of the catalogue (fen for yuan with two), days since 1970-01-01 for dates,
 * words, yes and no, lists of words. Null: not known; never 0 and never false.
 */
export type FactResult = number | string | boolean | readonly string[] | null

/** The cells of one row of the register by field key, as text; null where nothing is known. */
export interface Cells {
  cell(key: string): string | null
}

/** A household on a day. */
export interface HouseholdRow extends Cells {
  readonly areaPath: string
  /** Who belongs to it on the day. */
  readonly members: readonly Cells[]
  /** An open lead of screening on the day; null where it was not asked for. */
  readonly hasOpenLead: boolean | null
}

export interface PersonRow {
  readonly own: Cells
  readonly household: Cells
}

/** A village on a day; counts are those of the register. */
export interface VillageRow extends Cells {
  readonly areaPath: string
  readonly kinds: readonly string[]
  readonly counted: VillageCounts
}
export interface VillageCounts {
  readonly households: number
  readonly persons: number
  /** Null where of some household nothing is known. */
  readonly registeredHouseholds: number | null
  readonly registeredPersons: number | null
  readonly monitoredHouseholds: number | null
  readonly openHouseholds: number | null
}

/** The day that is judged, in the forms that facts compare. */
export interface FactDay {
  readonly day: Day
  /** Days since 1970-01-01. */
  readonly days: number
  /** `YYYYMM`. */
  readonly month: string
  /** The last 31 August: ages for school are those of that day (义务教育法 art. 11). */
  readonly schoolDay: string
}

/** Which cells a fact looks at; it may look at no other, and at members only where it names some cells of theirs, or none of them. */
export interface FactNeeds {
  readonly household?: readonly string[]
  readonly member?: readonly string[]
  readonly lead?: true
}

export interface HouseholdFact {
  readonly needs: FactNeeds
  readonly value: (row: HouseholdRow, on: FactDay) => FactResult
}
export interface PersonFact {
  readonly needs: FactNeeds
  readonly value: (row: PersonRow, on: FactDay) => FactResult
}
export interface VillageFact {
  readonly value: (row: VillageRow, on: FactDay) => FactResult
}

/** The day that facts are asked for. */
export function factDay(day: Day): FactDay {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '08-31' ? 1 : 0)
  return { day, days: daysOfText(day), month: day.slice(0, 7).replace('-', ''), schoolDay: `${year}-08-31` }
}

const dayMs = 86_400_000

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function daysOfText(day: Day): number {
  return Math.round(Date.parse(day) / dayMs)
}

/** A day cell as days; null for what is no day. */
export function readDayCell(text: string | null): number | null {
  const day = text === null ? undefined : readDay(text)
  return day === undefined ? null : daysOfText(day)
}

/** The last day of a month `YYYYMM`, or of a year `YYYY` where the month is not known; null for what is neither. */
export function lastDayOfCell(text: string | null): Day | null {
  if (text === null) return null
  const match = /^(\d{4})(\d{2})?$/.exec(text)
  if (match === null) return readDay(text) ?? null
  const [year, month] = [Number(match[1]), Number(match[2] ?? '12')]
  if (month < 1 || month > 12) return null
  return readDay(`${match[1] ?? ''}-${String(month).padStart(2, '0')}-${String(daysInMonth(year, month)).padStart(2, '0')}`) ?? null
}

/** The first month `YYYYMM` that a cell may mean: a year alone may be its January. */
export function firstMonthOfCell(text: string | null): string | null {
  if (text === null) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text.slice(0, 7).replace('-', '')
  return /^\d{6}$/.test(text) ? text : /^\d{4}$/.test(text) ? `${text}01` : null
}

/** A number cell as an integer at `decimals`, half up; null for what is no number. */
export function readScaled(text: string | null, decimals: number): number | null {
  if (text === null) return null
  if (decimals === 0 && /^-?\d{1,15}$/.test(text)) return Number(text)
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text)
  if (match === null) return null
  const fraction = (match[3] ?? '').padEnd(decimals + 1, '0')
  const whole = BigInt(`${match[2] ?? '0'}${fraction.slice(0, decimals)}`) + (fraction.charCodeAt(decimals) >= 53 ? 1n : 0n)
  const value = Number(match[1] === '-' ? -whole : whole)
  return Number.isSafeInteger(value) ? value : null
}

/** A yes-or-no cell. */
export function readYes(text: string | null): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null
}

/** One of the words that are allowed; null for any other. */
export function readWord(text: string | null, words: readonly string[]): string | null {
  return text !== null && words.includes(text) ? text : null
}

/** True where one is true; false where all are known to be false; else not known. */
export function anyTrue(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(true)) return true
  return values.includes(null) ? null : false
}

/** How many are true; not known where one is not known. */
export function countTrue(values: readonly (boolean | null)[]): number | null {
  return values.includes(null) ? null : values.filter((value) => value === true).length
}

/** `numerator / denominator` to a whole number, half away from zero; exact. */
export function divideRounded(numerator: number, denominator: number): number | null {
  if (denominator <= 0) return null
  const [over, under] = [BigInt(Math.abs(numerator)), BigInt(denominator)]
  const whole = Number((over * 2n + under) / (under * 2n))
  return numerator < 0 ? -whole : whole
}
