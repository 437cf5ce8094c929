import { organisationSlot } from '#modules/identity/admin/index.ts'
import { householdSlot, personSlot, villageSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { ledgersErrorWords } from '../rules/error-words.ts'
import { ledgerMenuWords } from './ledger-menu-words.ts'
import { mayRead } from './ledger-rights.ts'
import { todayLedgers } from './ledger-today.ts'
import { LedgersOfHousehold, LedgersOfOrganisation, LedgersOfPerson, LedgersOfVillage } from './linked-panel.tsx'

const panel = { key: 'ledgers', words: ledgerMenuWords.linked, needs: mayRead, isBare: true } as const

/** Ledgers in the office app: every register of the county as a list, a board, a form and a design, and on the household's page. */
export const ledgersAdmin: AdminPlug = {
  name: 'ledgers',
  menu: [{ key: 'ledgers', words: ledgerMenuWords.menu, path: '/ledgers', group: 'supervision', needs: mayRead }],
  routes: [
    { path: '/ledgers', page: () => import('./home-page.tsx').then((page) => page.HomePage) },
    { path: '/ledgers/due', page: () => import('./list-due-page.tsx').then((page) => page.DuePage) },
    { path: '/ledgers/new', page: () => import('./new-page.tsx').then((page) => page.NewPage) },
    { path: '/ledgers/design/$templateKey', page: () => import('./designer-page.tsx').then((page) => page.DesignerPage) },
    { path: '/ledgers/about/$kind/$target', page: () => import('./about-page.tsx').then((page) => page.AboutPage) },
    { path: '/ledgers/books/$templateKey', page: () => import('./list-page.tsx').then((page) => page.ListPage) },
    { path: '/ledgers/books/$templateKey/new', page: () => import('./make-page.tsx').then((page) => page.MakePage) },
    { path: '/ledgers/books/$templateKey/sheet', page: () => import('./sheet-page.tsx').then((page) => page.SheetPage) },
    { path: '/ledgers/books/$templateKey/imports', page: () => import('./imports-page.tsx').then((page) => page.ImportsPage) },
    { path: '/ledgers/books/$templateKey/imports/$importId', page: () => import('./import-page.tsx').then((page) => page.ImportPage) },
    { path: '/ledgers/books/$templateKey/records/$recordId', page: () => import('./record-page.tsx').then((page) => page.RecordPage) },
  ],
  slots: [
    fillSlot(todaySlot, todayLedgers),
    fillSlot(householdSlot, { ...panel, place: 'more', panel: LedgersOfHousehold }),
    fillSlot(personSlot, { ...panel, place: 'more', panel: LedgersOfPerson }),
    fillSlot(villageSlot, { ...panel, place: 'more', panel: LedgersOfVillage }),
    fillSlot(organisationSlot, { ...panel, panel: LedgersOfOrganisation }),
  ],
  errorWords: ledgersErrorWords,
}
