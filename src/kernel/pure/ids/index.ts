// The one browser and Node API that the pure rooms need; declared here because these rooms know no platform library.
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }

/** A string that cannot be passed where another kind of id is wanted. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

// Random bytes are fetched for many ids at a time; none is used twice.
const randomPool = new Uint8Array(16 * 256)
let usedRandom = randomPool.length

function takeRandom(count: number): number {
  if (usedRandom + count > randomPool.length) {
    crypto.getRandomValues(randomPool)
    usedRandom = 0
  }
  usedRandom += count
  return usedRandom - count
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The millisecond of the last id, and its place among those of the same one. */
let lastMs = -1
let place = 0
const lastPlace = 0xfff

/**
 * Makes a UUIDv7 (RFC 9562, method 1 of §6.2): 48 bits of time, 12 that count within the millisecond from a random start, 62 random bits: ids of
 * one program sort in the order in which they were made (at least 2,048 in a millisecond) and cannot be guessed.
 * `atMs` is milliseconds since 1970; a phone may pass its own clock.
 */
export function makeId(atMs: number = Date.now()): string {
  const from = takeRandom(10)
  const random = (at: number): number => randomPool[from + at] ?? 0
  const hex = (byte: number): string => hexOf[byte] ?? ''
  place = atMs === lastMs ? Math.min(place + 1, lastPlace) : ((random(0) & 0x07) << 8) | random(1)
  lastMs = atMs
  const high = Math.floor(atMs / 2 ** 32)
  const low = atMs % 2 ** 32
  const time = `${hex((high >>> 8) & 255)}${hex(high & 255)}${hex((low >>> 24) & 255)}${hex((low >>> 16) & 255)}-${hex((low >>> 8) & 255)}${hex(low & 255)}`
  const middle = `${hex((place >>> 8) | 0x70)}${hex(place & 255)}-${hex((random(2) & 0x3f) | 0x80)}${hex(random(3))}`
  const end = `${hex(random(4))}${hex(random(5))}${hex(random(6))}${hex(random(7))}${hex(random(8))}${hex(random(9))}`
  return `${time}-${middle}-${end}`
}

/** 128 random bits as 32 hexadecimal characters, for links, receipts and tokens that must not be guessable. */
export function makeSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** True for the written form of a UUID in lower case. */
export function isId(text: string): boolean {
  return idPattern.test(text)
}
