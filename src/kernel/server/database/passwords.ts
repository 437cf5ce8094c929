import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerAccess } from './types.ts'

type Passwords = ServerAccess['passwords'] & { admin: string }

/** Passwords of the database logins of a data directory, made at the first start; `admin` is the embedded server's own. */
export function readPasswords(keysDirectory: string): Passwords {
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 })
  const path = join(keysDirectory, 'database.json')
  const make = () => randomBytes(24).toString('base64url')
  // Safe: written by the lines below.
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Passwords>) : {}
  const passwords = { admin: make(), app: make(), migrator: make(), relay: make(), ...known }
  // A data directory of an earlier version lacks the login that came later.
  if (Object.keys(known).length < Object.keys(passwords).length) {
    writeFileSync(`${path}.new`, JSON.stringify(passwords), { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
  }
  return passwords
}
