// The one browser and Node API that the pure rooms need; declared here because these rooms know no platform library.
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }

/** A string that cannot be passed where another kind of id is wanted. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

/**
 * Makes a UUIDv7 (RFC 9562): 48 bits of time, 74 random bits, so that ids sort by time and cannot be guessed.
 * `atMs` is milliseconds since 1970; a phone may pass its own clock.
 */
export function makeId(atMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = Math.floor(atMs / 2 ** 40) & 255
  bytes[1] = Math.floor(atMs / 2 ** 32) & 255
  bytes[2] = Math.floor(atMs / 2 ** 24) & 255
  bytes[3] = Math.floor(atMs / 2 ** 16) & 255
  bytes[4] = Math.floor(atMs / 2 ** 8) & 255
  bytes[5] = atMs & 255
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
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
