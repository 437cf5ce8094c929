import { nameRole } from '#modules/identity/admin/index.ts'
import { RoleKey } from '#modules/identity/contract.ts'
import { useLanguage } from '#ui/words/use-t.ts'
import { CheckList } from './designer-check-list.tsx'

/** Roles that work with registers; those who keep the system do not. */
export const workRoles = RoleKey.options.filter((role) => !role.endsWith('-administrator'))

/** Which roles may. */
export function RoleChecks({ legend, chosen, change }: { legend: string; chosen: readonly string[]; change: (roles: string[]) => void }) {
  const language = useLanguage()
  const roles = RoleKey.options.filter((role) => workRoles.includes(role) || chosen.includes(role))
  return (
    <CheckList
      legend={legend}
      choices={roles.map((role) => ({ key: role, name: nameRole(role, language) }))}
      chosen={chosen}
      change={change}
    />
  )
}
