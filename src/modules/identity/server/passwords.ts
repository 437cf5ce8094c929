import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// No 0 O 1 l I: one-time passwords are read aloud and copied from paper.
const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
let stranger: Promise<string> | undefined

/** argon2id with the library's defaults (19 MiB, 2 passes). */
export function hashPassword(password: string): Promise<string> {
  return hash(password)
}

/** Whether the password fits; for a name that nobody has it takes as long and says no. */
export async function fitsPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  stranger ??= hash(makeOneTimePassword())
  const fits = await verify(passwordHash ?? (await stranger), password)
  return fits && passwordHash !== undefined
}

/** Four groups of four characters: 93 bits. */
export function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)] ?? '').join('')
  return [group(), group(), group(), group()].join('-')
}
