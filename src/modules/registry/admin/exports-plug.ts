import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import type { ExportRecord } from '../rules/export-records.ts'
import { menuWords } from './menu-words.ts'

/** Records of exports; `reading-plug.ts` joins them with the other lists. */
export const exportsPlug = {
  menu: [{ key: 'exports', words: menuWords.exports, path: '/registry/exports', group: 'reports', needs: 'registry.export:read' }],
  routes: [{ path: '/registry/exports', page: () => import('./exports-page.tsx').then((page) => page.ExportsPage) }],
  slots: [
    fillSlot(todaySlot, {
      key: 'exports',
      words: menuWords.exportsWaiting,
      needs: 'registry.export:approve',
      load: async () => {
        const { items } = await read<Page<ExportRecord>>('/registry/exports', { waiting: 'true', limit: 100 })
        const count = items.filter((item) => item.can['decide'] === true).length
        const card = { key: 'exports', words: menuWords.exportsWaiting, count, to: '/registry/exports', search: { waiting: true } }
        return { cards: count > 0 ? [card] : [], items: [] }
      },
    }),
  ],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
