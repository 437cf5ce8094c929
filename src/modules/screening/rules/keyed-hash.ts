/** A 64-bit key of HalfSipHash as two 32-bit words. */
export interface HashKey {
  readonly low: number
  readonly high: number
}

/** Reads the first 8 bytes of a derived key. */
export function hashKeyOf(bytes: Uint8Array): HashKey {
  const word = (at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
  return { low: word(0), high: word(4) }
}

/**
 * HalfSipHash-1-3 (Aumasson and Bernstein) of 32-bit words with a 64-bit result, written into `into[at]` and `into[at + 1]`.
 * Keyed, so that a list of all numbers hashed without the key tells nothing; 32-bit because a row may cost no more than some ten nanoseconds.
 */
export function hashWords(key: HashKey, words: Int32Array, count: number, into: Int32Array, at: number): void {
  let v0 = key.low
  let v1 = key.high ^ 0xee
  let v2 = 0x6c796765 ^ key.low
  let v3 = 0x74656462 ^ key.high
  for (let index = 0; index <= count; index += 1) {
    const word = index === count ? count << 26 : (words[index] ?? 0)
    v3 ^= word
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
    v0 ^= word
  }
  v2 ^= 0xee
  for (let half = 0; half < 2; half += 1) {
    for (let round = 0; round < 3; round += 1) {
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
    }
    into[at + half] = v1 ^ v3
    v1 ^= 0xdd
  }
}

let scratch = new Int32Array(512)

/** The keyed hash of a text (its length and its UTF-16 units, two to a word), written into two places of `into`. */
export function hashText(key: HashKey, text: string, into: Int32Array, at: number): void {
  const wanted = (text.length >> 1) + 2
  if (wanted > scratch.length) scratch = new Int32Array(wanted * 2)
  let count = 0
  scratch[count++] = text.length
  for (let index = 0; index < text.length; index += 2) {
    scratch[count++] = text.charCodeAt(index) | (index + 1 < text.length ? text.charCodeAt(index + 1) << 16 : 0)
  }
  hashWords(key, scratch, count, into, at)
}

/** A hash as 16 hexadecimal digits. */
export function hashHex(low: number, high: number): string {
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
