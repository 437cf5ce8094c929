import type { Language } from '#kernel/pure/words/index.ts'
import { nameRole } from '#modules/identity/admin/index.ts'
import { RoleKey } from '#modules/identity/contract.ts'

/** Roles of a user in words; one that is no longer known stands as its key. */
export function nameRoles(roles: readonly string[], language: Language): string {
  return roles
    .map((role) => {
      const known = RoleKey.safeParse(role)
      return known.success ? nameRole(known.data, language) : role
    })
    .join('、')
}
