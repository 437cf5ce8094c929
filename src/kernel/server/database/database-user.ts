import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { defineErrors } from '#kernel/pure/errors/index.ts'

export const databaseUserErrors = defineErrors('database', { cannotEnter: 500 })

/** The user as whom PostgreSQL runs: it refuses uid 0, so root hands it to `nobody` or BANGFU_DB_UID (trust.md §1.2). */
export interface DatabaseUser {
  uid: number
  gid: number
}

/** `undefined` means: as the user who started the program. */
export function findDatabaseUser(): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const named = process.env['BANGFU_DB_UID']
  if (named !== undefined && /^\d+(:\d+)?$/.test(named)) {
    const [uid = 65534, gid = uid] = named.split(':').map(Number)
    return { uid, gid }
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Makes a private folder that belongs to the database user, and makes sure the user can walk to it. */
export function makeOwnFolder(path: string, user: DatabaseUser | undefined): void {
  mkdirSync(path, { recursive: true })
  if (user !== undefined) {
    const blocked = findBlockingFolder(dirname(path), user)
    if (blocked !== undefined) throw databaseUserErrors.cannotEnter({ folder: blocked })
    chownSync(path, user.uid, user.gid)
  }
  chmodSync(path, 0o700)
}

/** The first folder on the way to `path` that the user may not enter; `undefined` when the way is free. */
export function findBlockingFolder(path: string, user: DatabaseUser): string | undefined {
  const parents: string[] = []
  for (let at = path; ; at = dirname(at)) {
    parents.unshift(at)
    if (dirname(at) === at) break
  }
  return parents.find((folder) => existsSync(folder) && !mayEnter(folder, user))
}

function mayEnter(folder: string, user: DatabaseUser): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === user.uid) return (mode & 0o100) !== 0
  if (gid === user.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function idOf(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  } catch {
    return 65534 // a system without that name: the number it has nearly everywhere
  }
}
