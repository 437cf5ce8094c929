import { read } from '#kernel/browser/api/index.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import type { NationalOverview } from '../rules/national-records.ts'
import { changesPath } from './national-calls.ts'
import { nationalScreenWords } from './national-words.ts'

const words = nationalScreenWords.title

/** The round trip with the national system; `module.tsx` joins it with the rest of the register. */
export const nationalPlug = {
  menu: [{ key: 'national', words: nationalScreenWords.menu, path: '/registry/national', group: 'data', needs: 'registry.national:read' }],
  routes: [
    { path: '/registry/national', page: () => import('./national-page.tsx').then((page) => page.NationalPage) },
    { path: changesPath, page: () => import('./national-changes-page.tsx').then((page) => page.NationalChangesPage) },
  ],
  slots: [
    fillSlot(todaySlot, {
      key: 'national',
      words,
      needs: 'registry.national:enter',
      load: async () => {
        const { states } = await read<NationalOverview>('/registry/national')
        return { cards: states.open > 0 ? [{ key: 'national', words, count: states.open, to: changesPath }] : [], items: [] }
      },
    }),
  ],
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots'>
