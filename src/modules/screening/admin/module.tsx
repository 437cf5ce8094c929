import { householdSlot, personSlot, villageSlot } from '#modules/registry/admin/index.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { compareErrorWords } from '../rules/compare-words.ts'
import { screeningErrorWords } from './screening-error-words.ts'
import { screeningMenuWords } from './screening-menu-words.ts'
import { HouseholdAuthorisationsPanel, HouseholdLeadsPanel, PersonSaidPanel, VillageLeadsPanel } from './household-panel.tsx'
import { todayLeads } from './today-leads.ts'

/** Comparing departments' lists, and the way of the leads, in the office app. */
export const screeningAdmin: AdminPlug = {
  name: 'screening',
  menu: [
    { key: 'leads', words: screeningMenuWords.leads, path: '/screening/leads', group: 'leads', needs: 'screening.lead:read' },
    {
      key: 'visit-lists',
      words: screeningMenuWords.visitLists,
      path: '/screening/visit-lists',
      group: 'leads',
      needs: 'screening.visit-list:print',
    },
    {
      key: 'compare',
      words: screeningMenuWords.compare,
      path: '/screening/compare',
      group: 'data',
      needs: 'screening.run:read',
    },
    {
      key: 'authorisations',
      words: screeningMenuWords.authorisations,
      path: '/screening/authorisations',
      group: 'data',
      needs: 'screening.authorisation:read',
    },
    { key: 'precision', words: screeningMenuWords.precision, path: '/screening/precision', group: 'leads', needs: 'screening.lead:read' },
  ],
  routes: [
    { path: '/screening/compare', page: () => import('./compare-page.tsx').then((page) => page.ComparePage) },
    { path: '/screening/compare/$runId', page: () => import('./run-page.tsx').then((page) => page.RunPage) },
    { path: '/screening/leads', page: () => import('./inbox-page.tsx').then((page) => page.InboxPage) },
    { path: '/screening/leads/$leadId', page: () => import('./lead-page.tsx').then((page) => page.LeadPage) },
    { path: '/screening/authorisations', page: () => import('./authorisations-page.tsx').then((page) => page.AuthorisationsPage) },
    { path: '/screening/precision', page: () => import('./precision-page.tsx').then((page) => page.PrecisionPage) },
    { path: '/screening/visit-lists', page: () => import('./visit-choice-page.tsx').then((page) => page.VisitChoicePage) },
    { path: '/screening/visit-list', withoutShell: true, page: () => import('./visit-list-page.tsx').then((page) => page.VisitListPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayLeads),
    fillSlot(householdSlot, {
      key: 'leads',
      words: screeningMenuWords.householdLeads,
      needs: 'screening.lead:read',
      place: 'why',
      panel: HouseholdLeadsPanel,
    }),
    fillSlot(personSlot, {
      key: 'said',
      words: screeningMenuWords.said,
      needs: 'screening.lead:read',
      place: 'more',
      panel: PersonSaidPanel,
    }),
    fillSlot(villageSlot, {
      key: 'leads',
      words: screeningMenuWords.householdLeads,
      needs: 'screening.lead:read',
      place: 'side',
      panel: VillageLeadsPanel,
    }),
    fillSlot(householdSlot, {
      key: 'authorisations',
      words: screeningMenuWords.authorisations,
      needs: 'screening.authorisation:read',
      place: 'more',
      panel: HouseholdAuthorisationsPanel,
    }),
  ],
  errorWords: { ...compareErrorWords, ...screeningErrorWords },
}
