import { read } from '#kernel/browser/api/index.ts'
import type { TodaySection, TodayWork } from '#ui/plug/today.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { BookCard } from '../rules/records.ts'
import { ledgerMenuWords } from './ledger-menu-words.ts'
import { mayRead } from './ledger-rights.ts'

/** What 工作台 shows of ledgers: those with something overdue. */
export const todayLedgers: TodaySection = { key: 'ledgers', words: ledgerMenuWords.section, needs: mayRead, load }

async function load(): Promise<TodayWork> {
  const { items } = await read<{ items: BookCard[] }>(ledgerPaths.books)
  const late = items.filter(({ overdue }) => overdue > 0)
  return {
    cards: late
      .sort((one, other) => other.overdue - one.overdue)
      .slice(0, 3)
      .map(({ templateKey, name, overdue }) => ({
        key: `ledger-${templateKey}`,
        words: { zh: `${name.zh}逾期`, en: `${name.en}: overdue` },
        count: overdue,
        to: `/ledgers/books/${templateKey}`,
        search: { due: 'overdue' },
        level: 'red' as const,
      })),
    items: [],
  }
}
