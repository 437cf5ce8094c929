import { householdSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { casesErrorWords } from '../rules/error-words.ts'
import { HouseholdCasePanel } from './case-household-panel.tsx'
import { caseMenuWords } from './case-menu-words.ts'
import { todayCases } from './case-today.ts'
import { classWords } from './class-words.ts'
import { clockScreenWords } from './clock-screen-words.ts'
import { HouseholdClassPanel } from './household-panel.tsx'

const needs = 'cases.classification:read'

/** Monitored objects in the office app: layers and classes of all households, by place and by name, and on the household's page. */
export const casesAdmin: AdminPlug = {
  name: 'cases',
  menu: [
    { key: 'cases', words: caseMenuWords.menu, path: '/cases/files', group: 'people', needs: 'cases.case:read' },
    { key: 'clocks', words: clockScreenWords.menu, path: '/cases/clocks', group: 'people', needs: 'cases.case:read' },
    { key: 'classification', words: classWords.menu, path: '/cases/classification', group: 'people', needs },
  ],
  routes: [
    { path: '/cases/files', page: () => import('./case-list-page.tsx').then((page) => page.CaseListPage) },
    { path: '/cases/files/$caseId', page: () => import('./case-page.tsx').then((page) => page.CasePage) },
    { path: '/cases/clocks', page: () => import('./clock-page.tsx').then((page) => page.ClockPage) },
    { path: '/cases/clocks/names', page: () => import('./clock-names-page.tsx').then((page) => page.ClockNamesPage) },
    { path: '/cases/classification', page: () => import('./classes-page.tsx').then((page) => page.ClassesPage) },
    { path: '/cases/classification/names', page: () => import('./names-page.tsx').then((page) => page.NamesPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayCases),
    fillSlot(householdSlot, {
      key: 'cases',
      words: caseMenuWords.household,
      needs: 'cases.case:read',
      place: 'side',
      panel: HouseholdCasePanel,
    }),
    fillSlot(householdSlot, { key: 'classification', words: classWords.household, needs, place: 'more', panel: HouseholdClassPanel }),
  ],
  errorWords: casesErrorWords,
}
