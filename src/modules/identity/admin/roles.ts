import type { Language } from '#kernel/pure/words/index.ts'
import type { AreaLevel, RoleKey } from '../contract.ts'
import { roles } from '../policy/2026-01-01.json'

interface Role {
  readonly name: Readonly<Record<Language, string>>
  readonly levels: readonly string[]
}
const known: Readonly<Record<RoleKey, Role>> = roles
// Safe: the compiler checked above that the policy has exactly the role keys.
export const roleKeys = Object.keys(known) as RoleKey[]

/** A role's name as the policy has it. */
export function nameRole(role: RoleKey, language: Language): string {
  return known[role].name[language]
}

/** The roles that may be given in an area of this level; the server decides again. */
export function rolesAt(level: AreaLevel | undefined): RoleKey[] {
  return roleKeys.filter((role) => level === undefined || known[role].levels.includes(level))
}
