import { villageSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { indicatorsErrorWords } from '../rules/error-words.ts'
import { indicatorWords } from './indicator-words.ts'
import { VillageFiguresPanel } from './village-panel.tsx'

/** Figures in the office app: the table of an area and period, each number with its groups and names. */
export const indicatorsAdmin: AdminPlug = {
  name: 'indicators',
  menu: [{ key: 'indicators', words: indicatorWords.menu, path: '/indicators', group: 'reports', needs: 'indicators.indicator:read' }],
  routes: [
    { path: '/indicators', page: () => import('./indicators-page.tsx').then((page) => page.IndicatorsPage) },
    { path: '/indicators/$key', page: () => import('./indicator-page.tsx').then((page) => page.IndicatorPage) },
  ],
  slots: [
    fillSlot(villageSlot, {
      key: 'indicators',
      words: indicatorWords.ofVillage,
      needs: 'indicators.indicator:read',
      place: 'more',
      panel: VillageFiguresPanel,
    }),
  ],
  errorWords: indicatorsErrorWords,
}
