import { findingSlot } from '#modules/quality/admin/index.ts'
import { householdSlot, villageSlot } from '#modules/registry/admin/index.ts'
import { leadSlot } from '#modules/screening/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { rectificationErrorWords } from '../rules/error-words.ts'
import { FindingsToProblems, LeadsToProblems } from './from-data-button.tsx'
import { HouseholdProblemsPanel, VillageProblemsPanel } from './household-panel.tsx'
import { rectificationMenuWords as words } from './menu-words.ts'
import { todayRectification } from './today.ts'

const needs = 'rectification.problem:read'

/** Problems, letters and checks in the office app, on the household's page and in 工作台. */
export const rectificationAdmin: AdminPlug = {
  name: 'rectification',
  menu: [
    { key: 'letters', words: words.letters, path: '/rectification/letters', group: 'supervision', needs },
    { key: 'problems', words: words.ledger, path: '/rectification/problems', group: 'supervision', needs },
    { key: 'inspections', words: words.inspections, path: '/rectification/inspections', group: 'supervision', needs },
    { key: 'same-checks', words: words.checks, path: '/rectification/same-checks', group: 'supervision', needs },
  ],
  routes: [
    { path: '/rectification/problems', page: () => import('./ledger-page.tsx').then((page) => page.LedgerPage) },
    { path: '/rectification/problems/$problemId', page: () => import('./problem-page.tsx').then((page) => page.ProblemPage) },
    { path: '/rectification/letters', page: () => import('./letters-page.tsx').then((page) => page.LettersPage) },
    { path: '/rectification/letters/$letterId', page: () => import('./letter-page.tsx').then((page) => page.LetterPage) },
    { path: '/rectification/reply/$replyCode', page: () => import('./letter-page.tsx').then((page) => page.ReplyPage) },
    { path: '/rectification/inspections', page: () => import('./inspections-page.tsx').then((page) => page.InspectionsPage) },
    { path: '/rectification/import', page: () => import('./import-page.tsx').then((page) => page.ImportPage) },
    { path: '/rectification/same-checks', page: () => import('./checks-page.tsx').then((page) => page.ChecksPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayRectification),
    fillSlot(findingSlot, { key: 'rectification', needs: 'rectification.problem:enter', button: FindingsToProblems }),
    fillSlot(leadSlot, { key: 'rectification', needs: 'rectification.problem:enter', button: LeadsToProblems }),
    fillSlot(householdSlot, { key: 'rectification', words: words.household, needs, place: 'more', panel: HouseholdProblemsPanel }),
    fillSlot(villageSlot, { key: 'rectification', words: words.household, needs, place: 'side', panel: VillageProblemsPanel }),
  ],
  errorWords: rectificationErrorWords,
}
