import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { TodayWork } from '#ui/plug/today.ts'
import { findField } from '../policy/policy.ts'
import type { CorrectionRecord, HouseholdCounts } from '../rules/register-records.ts'

const words = defineWords({
  open: { zh: '待办的纠错', en: 'Corrections to decide' },
  missing: { zh: '待定去留的户', en: 'Households with undecided persons' },
  kind: { zh: '信息纠错', en: 'Correction' },
})

/** Corrections to decide, and households with persons whom the latest file does not hold. */
export async function readTodayWork(): Promise<TodayWork> {
  const [found, confirmed, missing, counted] = await Promise.all([
    read<Page<CorrectionRecord>>('/registry/corrections', { state: 'found', limit: 20 }),
    read<Page<CorrectionRecord>>('/registry/corrections', { state: 'confirmed', limit: 20 }),
    read<HouseholdCounts>('/registry/households/counts', { missing: 'true' }),
    read<{ counts: { state: string; count: number }[] }>('/registry/corrections/counts'),
  ])
  const open = counted.counts.filter(({ state }) => state === 'found' || state === 'confirmed').reduce((sum, { count }) => sum + count, 0)
  return {
    cards: [
      { key: 'corrections', words: words.open, count: open, to: '/registry/corrections', search: { state: 'found' } },
      { key: 'missing', words: words.missing, count: missing.households, to: '/registry/households', search: { missing: true } },
    ],
    items: [...found.items, ...confirmed.items].map((one) => {
      const field = findField(one.field)
      return {
        key: one.correctionId,
        kind: words.kind,
        title: one.name,
        place: one.place,
        ask: { zh: `${field?.zh ?? one.field}：确认或写入`, en: `${field?.en ?? one.field}: confirm or apply` },
        to: '/registry/corrections',
        search: { state: one.state },
      }
    }),
  }
}
