import { householdSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { casesErrorWords } from '../rules/error-words.ts'
import { classWords } from './class-words.ts'
import { HouseholdClassPanel } from './household-panel.tsx'

const needs = 'cases.classification:read'

/** Monitored objects in the office app: layers and classes of all households, by place and by name, and on the household's page. */
export const casesAdmin: AdminPlug = {
  name: 'cases',
  menu: [{ key: 'classification', words: classWords.menu, path: '/cases/classification', group: 'people', needs }],
  routes: [
    { path: '/cases/classification', page: () => import('./classes-page.tsx').then((page) => page.ClassesPage) },
    { path: '/cases/classification/names', page: () => import('./names-page.tsx').then((page) => page.NamesPage) },
  ],
  slots: [
    fillSlot(householdSlot, { key: 'classification', words: classWords.household, needs, place: 'more', panel: HouseholdClassPanel }),
  ],
  errorWords: casesErrorWords,
}
