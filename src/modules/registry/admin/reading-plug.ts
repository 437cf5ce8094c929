import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { exportsPlug } from './exports-plug.ts'
import { menuWords } from './menu-words.ts'
import { todayRegister } from './today-register.ts'

const needs = 'registry.household:read'

/** Lists, household page, villages, corrections and totals; `module.tsx` joins them with the import. */
export const readingPlug = {
  menu: [
    { key: 'households', words: menuWords.households, path: '/registry/households', group: 'people', needs },
    { key: 'villages', words: menuWords.villages, path: '/registry/villages', group: 'people', needs },
    {
      key: 'corrections',
      words: menuWords.corrections,
      path: '/registry/corrections',
      group: 'data',
      needs: 'registry.correction:propose',
    },
    { key: 'totals', words: menuWords.totals, path: '/registry/totals', group: 'reports', needs },
    ...exportsPlug.menu,
  ],
  routes: [
    { path: '/registry/households', page: () => import('./households-page.tsx').then((page) => page.HouseholdsPage) },
    { path: '/registry/households/$householdId', page: () => import('./household-page.tsx').then((page) => page.HouseholdPage) },
    { path: '/registry/persons/$personId', page: () => import('./persons/person-page.tsx').then((page) => page.PersonPage) },
    { path: '/registry/villages', page: () => import('./villages-page.tsx').then((page) => page.VillagesPage) },
    { path: '/registry/villages/$villagePath', page: () => import('./villages/village-page.tsx').then((page) => page.VillagePage) },
    { path: '/registry/corrections', page: () => import('./corrections-page.tsx').then((page) => page.CorrectionsPage) },
    ...exportsPlug.routes,
    { path: '/registry/totals', page: () => import('./totals-page.tsx').then((page) => page.TotalsPage) },
  ],
  slots: [fillSlot(todaySlot, todayRegister), ...exportsPlug.slots],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
