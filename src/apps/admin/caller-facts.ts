import type { Language } from '#kernel/pure/words/index.ts'
import type { Me } from '#modules/identity/contract.ts'
import type { CallerFacts } from '#ui/plug/caller.tsx'
import type { Right } from '#ui/plug/plug.ts'

/** What the shell shows of the caller. */
export function factsOf(me: Me, language: Language): CallerFacts {
  const rights = Object.entries(me.can).filter(([, isGranted]) => isGranted)
  return {
    id: me.userId,
    name: me.name,
    roleNames: me.roles.map((role) => role.name[language]).join('、'),
    countyName: me.county.name,
    isDemo: me.county.isDemo,
    areaName: me.area?.name ?? me.county.name,
    isCountyWide: me.area === undefined || me.area.level === 'county',
    // Safe: the keys of `can` are `object:action` (contract of identity).
    rights: rights.map(([right]) => right as Right),
  }
}
