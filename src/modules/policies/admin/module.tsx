import { householdSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { policyErrorWords } from '../rules/finding-words.ts'
import { calendarWords } from './calendar-words.ts'
import { HouseholdWhyPanel } from './household-why-panel.tsx'
import { policyMenuWords } from './policy-words.ts'
import { todayPolicies } from './today-policies.ts'

const needs = 'policies.policy:read'

/** 政策规则 in the office app: the catalogue, the editor with its checks and simulation, publishing; 为什么 on the household page. */
export const policiesAdmin: AdminPlug = {
  name: 'policies',
  menu: [
    { key: 'policies', words: policyMenuWords.policies, path: '/policies', group: 'settings', needs },
    { key: 'calendar', words: calendarWords.menu, path: '/policies/calendar', group: 'settings', needs: 'policies.calendar:read' },
  ],
  routes: [
    { path: '/policies', page: () => import('./policies-page.tsx').then((page) => page.PoliciesPage) },
    { path: '/policies/calendar', page: () => import('./calendar-page.tsx').then((page) => page.CalendarPage) },
    { path: '/policies/$key', page: () => import('./policy-page.tsx').then((page) => page.PolicyPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayPolicies),
    fillSlot(householdSlot, {
      key: 'policies',
      words: policyMenuWords.why,
      needs: 'registry.household:read',
      place: 'why',
      panel: HouseholdWhyPanel,
    }),
  ],
  errorWords: policyErrorWords,
}
