import { readFileSync, readdirSync } from 'node:fs'
import type { RoleKey } from '../contract.ts'
import { IdentityPolicy } from '../policy/policy.ts'

const directory = new URL('../policy/', import.meta.url)
let newest: IdentityPolicy | undefined

/** The newest baseline of roles, passwords, locks and sessions; read and checked once. */
export function identityPolicy(): IdentityPolicy {
  if (newest !== undefined) return newest
  const file = readdirSync(directory)
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
    .sort()
    .at(-1)
  if (file === undefined) throw new Error('identity has no policy')
  newest = IdentityPolicy.parse(JSON.parse(readFileSync(new URL(file, directory), 'utf8')))
  return newest
}

/** A role's name in Chinese, for files. */
export function nameOfRole(role: RoleKey): string {
  return identityPolicy().roles[role].name.zh
}

/** A province's name by the first two digits of a code. */
export function nameOfProvince(code: string): string | undefined {
  return identityPolicy().provinces[code]
}
