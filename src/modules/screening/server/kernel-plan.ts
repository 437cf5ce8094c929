import type { HashKey } from '../rules/keyed-hash.ts'
import type { ListReader } from '../rules/list-reader.ts'

/** Addresses (bytes) of what the kernel reads and writes in the shared memory. */
export interface KernelPlaces {
  /** Words in and out: see `stateWord`. */
  state: number
  events: number
  looks: number
  /** Address and length of a row's natural key. */
  keyAt: number
  keyLength: number
  words: number
  cache: number
  cachePool: number
  gbTable: number
  idSlots: number
  idSlotMask: number
  idFilter: number
  idFilterMask: number
  idHigh: number
  idLow: number
  nameAt: number
  texts: number
  personFlags: number
  /** What matching by name needs (see kernel-names.ts). */
  surnames: number
  givens: number
  likes: number
  villages: number
  spoilt: number
  slips: number
  sound: number
  soundSlots: number
  soundSlotMask: number
  soundOrder: number
  soundOrderEnd: number
  soundPlace: number
}

/**
 * Words of the state: line and row before and after a call, entries for the slow reader, the person last found; then where the columns of
 * all rows begin in the memory of rows, and the row with which the call began; whom the numbers near a wrong one lead to, and how; the
 * village of the row, the sound of its name, and its characters as a text of the index: their count and their units; the hash of its rest.
 */
export const stateWord = {
  line: 0,
  row: 1,
  looks: 2,
  person: 3,
  hashes: 4,
  lines: 5,
  highs: 6,
  lows: 7,
  first: 8,
  near: 9,
  nearKind: 10,
  village: 11,
  called: 12,
  units: 13,
  restLow: 16,
  restHigh: 17,
} as const
export const stateWords = 32

/** What shows that a row without a usable number is data, not a total, a note or a header. See kernel-data.ts. */
export interface DataSigns {
  /** The first column of the header, and the units with which its labels begin. */
  column: number
  beginnings: readonly number[]
  /** More cells than so many are filled. */
  filled: number
}

export interface KernelPlan {
  places: KernelPlaces
  reader: ListReader
  keys: HashKey
  separator: number
  encoding: 'utf-8' | 'gb18030'
  headerBottom: number
  /** Missing where rows without a usable number must be looked at. */
  signs?: DataSigns | undefined
}

/** Words of an entry for the slow reader: row, start, end, line, kind, person, first event, columns, hash of the rest (2). */
export const lookWords = 10
/**
 * `tidied`: matched by a number that had spaces, full-width digits and the like about it; `slip`, `exchanged`, `tailLost`: by a wrong number
 * that leads to one person of the name written so; `byPlace`: without a usable number, by name and place to one person; the last three: to
 * nobody, and why.
 */
export const lookKind = {
  matched: 1,
  regular: 2,
  irregular: 3,
  tidied: 4,
  slip: 5,
  exchanged: 6,
  tailLost: 7,
  byPlace: 8,
  unusable: 9,
  moved: 10,
  placeUnknown: 11,
} as const
/** Entries of the word cache, six words each: hash, column + 1, length, place in the pool, hash low, hash high. */
export const cacheSlots = 4096
export const cacheWords = 6
export const longestWord = 48

export const plainAbsent = 0
export const look: number = lookKind.regular
/** What functions of the kernel give instead of a person + 1 when the row must be looked at. */
export const unsure = -1
export const newLine = 10
export const carriageReturn = 13
export const quote = 34
