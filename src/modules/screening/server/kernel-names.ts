import { likeOf, syllables, type SoundWithReadings } from '../rules/like-names.ts'
import { listOfSpoilt } from '../rules/look-up.ts'
import type { Matcher } from '../rules/match-row.ts'
import { mixPrefix } from '../rules/register-layout.ts'
import { doubleBeginnings, firstTabled, soundNumber } from '../rules/sounds.ts'
import { firstIdeograph, ideographs, likeSlots } from './kernel-named.ts'
import { slipWords, spoiltBit, spoiltBytes } from './kernel-near.ts'
import type { KernelPlaces } from './kernel-plan.ts'

const likeWords = 24 * 1024
/** A register of more places is matched by name as text. */
const mostPlaces = 65_536

/** Bytes of what matching by name needs in the kernel's memory; pages that are never touched cost nothing. */
export const nameSizes = {
  surnames: ideographs * 4,
  givens: ideographs * 4,
  likes: likeWords * 4,
  villages: mostPlaces * 4,
  spoilt: spoiltBytes,
  slips: slipWords.length * 4,
} as const

/** Lays out what the kernel needs of names, places and spoilt numbers. What it does not find there it leaves to the reader of text. */
export function fillNames(memory: SharedArrayBuffer, places: KernelPlaces, matcher: Matcher): void {
  const { index, locator } = matcher
  new Int32Array(memory, places.slips, slipWords.length).set(slipWords)
  const bits = new Uint8Array(memory, places.spoilt, spoiltBytes)
  bits.fill(0)
  for (const person of listOfSpoilt(index)) {
    const bit = spoiltBit(mixPrefix(index.idHigh[person] ?? 0, index.idLow[person] ?? 0))
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
  const surnames = new Int32Array(memory, places.surnames, ideographs)
  const givens = new Int32Array(memory, places.givens, ideographs)
  // Safe: properties that only `makeSoundOf` gives.
  const { tables } = matcher.soundOf as SoundWithReadings
  if (tables === undefined || locator.villageOf.length > mostPlaces) {
    surnames.fill(0) // no name is plain then
    return
  }
  const from = firstIdeograph - firstTabled
  surnames.set(tables.surname.subarray(from, from + ideographs))
  givens.set(tables.given.subarray(from, from + ideographs))
  for (const character of doubleBeginnings()) surnames[character.charCodeAt(0) - firstIdeograph] = 0
  new Int32Array(memory, places.villages, locator.villageOf.length).set(locator.villageOf)
  likes ??= tableLikes()
  new Int32Array(memory, places.likes, likes.length).set(likes)
}

let likes: Int32Array | undefined

/** By the number of each syllable, where those begin for which it may be taken: their count and their numbers. */
function tableLikes(): Int32Array {
  const table = new Int32Array(likeWords)
  let end = likeSlots * 2
  for (const syllable of syllables) {
    const number = soundNumber(syllable)
    const alike = likeOf(syllable).filter((one) => one !== syllable)
    let slot = number & (likeSlots - 1)
    while (table[slot * 2 + 1] !== 0 && table[slot * 2] !== number) slot = (slot + 1) & (likeSlots - 1)
    if (end + 1 + alike.length > table.length) throw new Error('the table of like syllables is too small')
    table.set([number, end * 4], slot * 2)
    table.set([alike.length, ...alike.map(soundNumber)], end)
    end += 1 + alike.length
  }
  return table
}
