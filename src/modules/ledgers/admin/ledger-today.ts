import { read } from '#kernel/browser/api/index.ts'
import type { TodayCard, TodaySection, TodayWork } from '#ui/plug/today.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { DueWork } from '../rules/records.ts'
import { dueWords } from './list-due-words.ts'
import { ledgerMenuWords } from './ledger-menu-words.ts'
import { mayRead } from './ledger-rights.ts'

/** What 工作台 shows of ledgers: those with something overdue, and what is due within a week in all of them. */
export const todayLedgers: TodaySection = { key: 'ledgers', words: ledgerMenuWords.section, needs: mayRead, load }

async function load(): Promise<TodayWork> {
  const { ledgers } = await read<DueWork>(ledgerPaths.due)
  const late = ledgers.filter(({ overdue }) => overdue > 0)
  const cards: TodayCard[] = late.slice(0, 3).map(({ templateKey, name, overdue }) => ({
    key: `ledger-${templateKey}`,
    words: { zh: `${name.zh}逾期`, en: `${name.en}: overdue` },
    count: overdue,
    to: `/ledgers/books/${templateKey}`,
    search: { due: 'overdue' },
    level: 'red',
  }))
  const others = late.slice(3).reduce((sum, { overdue }) => sum + overdue, 0)
  if (others > 0) cards.push({ key: 'ledgers-late', words: dueWords.others, count: others, to: ledgerPaths.due, level: 'red' })
  const soon = ledgers.reduce((sum, one) => sum + one.soon, 0)
  if (soon > 0) cards.push({ key: 'ledgers-soon', words: dueWords.soonCard, count: soon, to: ledgerPaths.due, level: 'amber' })
  return { cards, items: [] }
}
