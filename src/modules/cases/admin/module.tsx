import { householdSlot, personSlot, villageSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { casesErrorWords } from '../rules/error-words.ts'
import { incomeErrorWords } from '../rules/income/income-words.ts'
import { meetingErrorWords } from '../rules/meetings/meeting-words.ts'
import { HouseholdCasePanel, VillageCasesPanel } from './case-household-panel.tsx'
import { caseMenuWords } from './case-menu-words.ts'
import { todayCases } from './case-today.ts'
import { classWords } from './classes/class-words.ts'
import { clockScreenWords } from './clocks/clock-screen-words.ts'
import { todayClocks } from './clocks/clock-today.ts'
import { incomeMenuWords } from './income/income-menu-words.ts'
import { IncomePanel } from './income/income-panel.tsx'
import { HouseholdKinPanel } from './meetings/kin-household-panel.tsx'
import { meetingMenuWords } from './meetings/meeting-menu-words.ts'
import { HouseholdClassPanel } from './classes/household-panel.tsx'
import { intakePlug } from './intake/intake-plug.ts'
import { noticeErrorWords } from '../rules/notices/notice-words.ts'
import { noticePlug } from './notices/notice-plug.ts'
import { todayMeetings } from './meetings/meeting-today.ts'
import { paperErrorWords } from '../rules/papers/paper-words.ts'
import { paperMenuWords } from './papers/paper-menu-words.ts'

const needs = 'cases.classification:read'

/** Monitored objects in the office app: layers and classes of all households, by place and by name, and on the household's page. */
export const casesAdmin: AdminPlug = {
  name: 'cases',
  menu: [
    ...intakePlug.menu,
    { key: 'cases', words: caseMenuWords.menu, path: '/cases/files', group: 'people', needs: 'cases.case:read' },
    { key: 'clocks', words: clockScreenWords.menu, path: '/cases/clocks', group: 'people', needs: 'cases.case:read' },
    { key: 'meetings', words: meetingMenuWords.meetings, path: '/cases/meetings', group: 'people', needs: 'cases.meeting:read' },
    ...noticePlug.menu,
    { key: 'kin', words: meetingMenuWords.kin, path: '/cases/kin', group: 'people', needs: 'cases.kin:state' },
    {
      key: 'paper-templates',
      words: paperMenuWords.templates,
      path: '/cases/paper-templates',
      group: 'settings',
      needs: 'cases.template:read',
    },
    { key: 'classification', words: classWords.menu, path: '/cases/classification', group: 'people', needs },
  ],
  routes: [
    ...intakePlug.routes,
    ...noticePlug.routes,
    { path: '/cases/files', page: () => import('./case-list-page.tsx').then((page) => page.CaseListPage) },
    { path: '/cases/files/$caseId', page: () => import('./case-page.tsx').then((page) => page.CasePage) },
    { path: '/cases/clocks', page: () => import('./clocks/clock-page.tsx').then((page) => page.ClockPage) },
    { path: '/cases/clocks/names', page: () => import('./clocks/clock-names-page.tsx').then((page) => page.ClockNamesPage) },
    { path: '/cases/checks', page: () => import('./exits/check-many-page.tsx').then((page) => page.CheckManyPage) },
    { path: '/cases/unstable-eliminations', page: () => import('./exits/exit-unstable-page.tsx').then((page) => page.UnstablePage) },
    { path: '/cases/meetings', page: () => import('./meetings/meeting-list-page.tsx').then((page) => page.MeetingListPage) },
    { path: '/cases/meetings/new', page: () => import('./meetings/meeting-call-page.tsx').then((page) => page.MeetingCallPage) },
    { path: '/cases/meetings/$meetingId', page: () => import('./meetings/meeting-page.tsx').then((page) => page.MeetingPage) },
    { path: '/cases/kin', page: () => import('./meetings/kin-page.tsx').then((page) => page.KinPage) },
    { path: '/cases/paper-templates', page: () => import('./papers/paper-templates-page.tsx').then((page) => page.PaperTemplatesPage) },
    { path: '/cases/classification', page: () => import('./classes/classes-page.tsx').then((page) => page.ClassesPage) },
    { path: '/cases/classification/names', page: () => import('./classes/names-page.tsx').then((page) => page.NamesPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayCases),
    fillSlot(todaySlot, todayClocks),
    ...intakePlug.slots,
    ...noticePlug.slots,
    fillSlot(todaySlot, todayMeetings),
    fillSlot(householdSlot, {
      key: 'cases',
      words: caseMenuWords.household,
      needs: 'cases.case:read',
      place: 'side',
      panel: HouseholdCasePanel,
    }),
    fillSlot(personSlot, {
      key: 'cases',
      words: caseMenuWords.ofHousehold,
      needs: 'cases.case:read',
      place: 'side',
      panel: HouseholdCasePanel,
    }),
    fillSlot(villageSlot, { key: 'cases', words: caseMenuWords.menu, needs: 'cases.case:read', place: 'side', panel: VillageCasesPanel }),
    fillSlot(householdSlot, {
      key: 'kin',
      words: meetingMenuWords.ties,
      needs: 'cases.kin:read',
      place: 'more',
      panel: HouseholdKinPanel,
    }),
    fillSlot(householdSlot, {
      key: 'income',
      words: incomeMenuWords.household,
      needs: 'cases.income:read',
      place: 'more',
      panel: IncomePanel,
    }),
    fillSlot(householdSlot, { key: 'classification', words: classWords.household, needs, place: 'more', panel: HouseholdClassPanel }),
  ],
  errorWords: { ...casesErrorWords, ...meetingErrorWords, ...incomeErrorWords, ...paperErrorWords, ...noticeErrorWords },
}
