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
}

/**
 * Words of the state: line and row before and after a call, entries for the slow reader, the person last found; then where the columns of
 * all rows begin in the memory of rows, and the row with which the call began.
 */
export const stateWord = { line: 0, row: 1, looks: 2, person: 3, hashes: 4, lines: 5, highs: 6, lows: 7, first: 8 } as const
export const stateWords = 16

export interface KernelPlan {
  places: KernelPlaces
  reader: ListReader
  keys: HashKey
  separator: number
  encoding: 'utf-8' | 'gb18030'
  headerBottom: number
}

/** Words of an entry for the slow reader: row, start, end, line, kind, person, first event, columns. */
export const lookWords = 8
/** `tidied`: matched by a number that had spaces, full-width digits and the like about it. */
export const lookKind = { matched: 1, regular: 2, irregular: 3, tidied: 4 } as const
/** Entries of the word cache, six words each: hash, column + 1, length, place in the pool, hash low, hash high. */
export const cacheSlots = 4096
export const cacheWords = 6
export const longestWord = 48

export const plainAbsent = 0
export const plainMatched = 1
export const look = 2
export const plainTidied = 3
export const newLine = 10
export const carriageReturn = 13
export const quote = 34
