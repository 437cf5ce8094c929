import { fillSlot } from '#ui/plug/slots.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { intakeScreenWords } from './intake-screen-words.ts'
import { todayIntakes } from './intake-today.ts'

/** What comes in, and the villages' codes of the public page; `module.tsx` joins them with the rest of the cases. */
export const intakePlug = {
  menu: [
    { key: 'intakes', words: intakeScreenWords.menu, path: '/cases/intakes', group: 'leads', needs: 'cases.intake:read' },
    {
      key: 'village-codes',
      words: intakeScreenWords.codesMenu,
      path: '/cases/village-codes',
      group: 'settings',
      needs: 'cases.village-code:read',
    },
  ],
  routes: [
    { path: '/cases/intakes', page: () => import('./intake-inbox-page.tsx').then((page) => page.IntakeInboxPage) },
    { path: '/cases/intakes/enter', page: () => import('./intake-enter-page.tsx').then((page) => page.IntakeEnterPage) },
    { path: '/cases/village-codes', page: () => import('./declaration-codes-page.tsx').then((page) => page.DeclarationCodesPage) },
    {
      path: '/cases/village-codes/posters',
      page: () => import('./declaration-posters-page.tsx').then((page) => page.DeclarationPostersPage),
      withoutShell: true,
    },
  ],
  slots: [fillSlot(todaySlot, todayIntakes)],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
