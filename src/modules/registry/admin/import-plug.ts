import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { importFaultWords, importStateWords } from './import-state-words.ts'
import { importMendErrorWords } from './import-mend-words.ts'
import { importToday, officerToday } from './import-today.ts'
import { registryErrorWords } from '../rules/import-words.ts'

const needs = 'registry.import:run'

/** The import wizard and the list of batches; `module.tsx` joins them with the reading. */
export const importPlug = {
  menu: [
    { key: 'import', words: importStateWords.menuImport, path: '/registry/import', group: 'data', needs },
    { key: 'batches', words: importStateWords.menuBatches, path: '/registry/batches', group: 'data', needs },
  ],
  routes: [
    { path: '/registry/import', page: () => import('./import-page.tsx').then((page) => page.ImportPage) },
    { path: '/registry/import/$batchId', page: () => import('./import-batch-page.tsx').then((page) => page.ImportBatchPage) },
    { path: '/registry/batches', page: () => import('./import-batches-page.tsx').then((page) => page.ImportBatchesPage) },
  ],
  slots: [fillSlot(todaySlot, importToday), fillSlot(todaySlot, officerToday)],
  errorWords: { ...registryErrorWords, ...importFaultWords, ...importMendErrorWords },
} as const satisfies Pick<AdminPlug, 'menu' | 'routes' | 'slots' | 'errorWords'>
