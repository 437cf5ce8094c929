import { householdSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { worklistErrorWords } from '../rules/worklist-words.ts'
import { HouseholdQualityPanel } from './household-panel.tsx'
import { qualityMenuWords } from './quality-menu-words.ts'
import { todayQuality } from './today-quality.ts'

const needs = 'quality.finding:read'

/** Data quality in the office app: what is open by place and rule, the worklist, exceptions. */
export const qualityAdmin: AdminPlug = {
  name: 'quality',
  menu: [{ key: 'quality', words: qualityMenuWords.quality, path: '/quality', group: 'data', needs }],
  routes: [
    { path: '/quality', page: () => import('./overview-page.tsx').then((page) => page.OverviewPage) },
    { path: '/quality/findings', page: () => import('./findings-page.tsx').then((page) => page.FindingsPage) },
    { path: '/quality/findings/$findingId', page: () => import('./finding-page.tsx').then((page) => page.FindingPage) },
    { path: '/quality/exceptions', page: () => import('./exceptions-page.tsx').then((page) => page.ExceptionsPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayQuality),
    fillSlot(householdSlot, { key: 'quality', words: qualityMenuWords.household, needs, place: 'more', panel: HouseholdQualityPanel }),
  ],
  errorWords: worklistErrorWords,
}
