import { read } from '#kernel/browser/api/index.ts'
import { getPreferences } from '#kernel/browser/session/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { TodayItem, TodaySection } from '#ui/plug/today.ts'
import type { ImportBatch, Totals } from '../contract.ts'
import { importStateWords as words } from './import-state-words.ts'

/** Importing on the first page: what waits to be confirmed, what was interrupted, and the first steps of an empty register. */
export const importToday: TodaySection = {
  key: 'registry.import',
  words: words.todayTitle,
  needs: 'registry.import:run',
  load: async () => {
    const [totals, batches] = await Promise.all([
      read<Totals>('/registry/totals'),
      read<Page<ImportBatch>>('/registry/imports', { limit: 50 }),
    ])
    return { cards: [], items: [...(totals.sum.persons === 0 ? firstSteps() : []), ...batches.items.flatMap(itemOf)] }
  },
}

/** The step between founding and the first import: administrators see no households, so somebody else has to import. */
export const officerToday: TodaySection = {
  key: 'registry.officer',
  words: words.todayTitle,
  needs: 'identity.user:manage',
  load: async () => {
    const officers = await read<Page<unknown>>('/identity/users', { role: 'county-data-officer', limit: 1 })
    const title = words['today.officer'][getPreferences().language]
    const item = { key: 'registry.officer', kind: words['today.kind'], title, ask: words['today.officerAsk'], to: '/identity/users/new' }
    return { cards: [], items: officers.items.length === 0 ? [item] : [] }
  },
}

function firstSteps(): TodayItem[] {
  const { language } = getPreferences()
  const kind = words['today.kind']
  return [
    { key: 'registry.first', kind, title: words['today.first'][language], ask: words['today.firstAsk'], to: '/registry/import' },
    { key: 'registry.areas', kind, title: words['today.areas'][language], ask: words['today.areasAsk'], to: '/identity/areas' },
  ]
}

function itemOf(batch: ImportBatch): TodayItem[] {
  const ask = { staged: words['today.stagedAsk'], interrupted: words['today.interruptedAsk'] }
  if (batch.state !== 'staged' && batch.state !== 'interrupted') return []
  return [
    {
      key: batch.batchId,
      kind: words['today.kind'],
      title: batch.fileName,
      ask: ask[batch.state],
      to: `/registry/import/${batch.batchId}`,
    },
  ]
}
