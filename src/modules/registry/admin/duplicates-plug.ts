import { read } from '#kernel/browser/api/index.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import type { DuplicateOverview } from './duplicate-calls.ts'
import { menuWords } from './menu-words.ts'

/** Duplicates; `module.tsx` joins them with the rest of the register. */
export const duplicatesPlug = {
  menu: [
    { key: 'duplicates', words: menuWords.duplicates, path: '/registry/duplicates', group: 'people', needs: 'registry.duplicate:read' },
  ],
  routes: [
    { path: '/registry/duplicates', page: () => import('./duplicates-page.tsx').then((page) => page.DuplicatesPage) },
    { path: '/registry/duplicates/$pairId', page: () => import('./duplicate-page.tsx').then((page) => page.DuplicatePage) },
  ],
  slots: [
    fillSlot(todaySlot, {
      key: 'duplicates',
      words: menuWords.duplicates,
      needs: 'registry.duplicate:decide',
      load: async () => {
        const { counts } = await read<DuplicateOverview>('/registry/duplicate-search')
        const card = { key: 'duplicates', words: menuWords.duplicates, count: counts.open, to: '/registry/duplicates' }
        return { cards: counts.open > 0 ? [card] : [], items: [] }
      },
    }),
  ],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
