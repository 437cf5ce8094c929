import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerAccess } from './types.ts'

/** Passwords of the database logins of a data directory, made at the first start; `admin` is the embedded server's own. */
export function readPasswords(keysDirectory: string): ServerAccess['passwords'] & { admin: string } {
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 })
  const path = join(keysDirectory, 'database.json')
  if (!existsSync(path)) {
    const make = () => randomBytes(24).toString('base64url')
    writeFileSync(path, JSON.stringify({ admin: make(), app: make(), migrator: make() }), { mode: 0o600, flush: true })
  }
  // Safe: written by the lines above.
  return JSON.parse(readFileSync(path, 'utf8')) as ServerAccess['passwords'] & { admin: string }
}
