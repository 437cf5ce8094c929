import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { todayObjections, todayPostings, todayReleases } from './notice-today.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

/** Notices and objections; `module.tsx` joins them with the rest of the cases. */
export const noticePlug = {
  menu: [
    { key: 'notices', words: noticeScreenWords.menu, path: '/cases/notices', group: 'people', needs: 'cases.notice:read' },
    {
      key: 'objections',
      words: noticeScreenWords.objectionsMenu,
      path: '/cases/objections',
      group: 'people',
      needs: 'cases.objection:read',
    },
  ],
  routes: [
    { path: '/cases/notices', page: () => import('./notice-list-page.tsx').then((page) => page.NoticeListPage) },
    { path: '/cases/notices/new', page: () => import('./notice-new-page.tsx').then((page) => page.NoticeNewPage) },
    { path: '/cases/notices/$noticeId', page: () => import('./notice-page.tsx').then((page) => page.NoticePage) },
    {
      path: '/cases/notices/$noticeId/print',
      page: () => import('./notice-print-page.tsx').then((page) => page.NoticePrintPage),
      withoutShell: true,
    },
    { path: '/cases/objections', page: () => import('./objection-list-page.tsx').then((page) => page.ObjectionListPage) },
    { path: '/cases/objections/$objectionId', page: () => import('./objection-page.tsx').then((page) => page.ObjectionPage) },
  ],
  slots: [fillSlot(todaySlot, todayReleases), fillSlot(todaySlot, todayPostings), fillSlot(todaySlot, todayObjections)],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
