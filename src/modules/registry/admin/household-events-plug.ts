import { fillSlot } from '#ui/plug/slots.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { menuWords } from './menu-words.ts'

const needs = 'registry.household-event:report'

/** Household events that are reported and decided; `module.tsx` joins them with the rest of the register. */
export const householdEventsPlug = {
  menu: [{ key: 'household-events', words: menuWords.householdEvents, path: '/registry/household-events', group: 'people', needs }],
  routes: [
    { path: '/registry/household-events', page: () => import('./household-events-page.tsx').then((page) => page.HouseholdEventsPage) },
  ],
  slots: [
    fillSlot(todaySlot, {
      key: 'household-events',
      words: menuWords.householdEvents,
      needs,
      load: () => import('./today-household-events.ts').then((work) => work.readEventWork()),
    }),
  ],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
