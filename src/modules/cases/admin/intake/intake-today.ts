import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { Words } from '#kernel/pure/words/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { IntakeCard, IntakeCounts } from '../../rules/intake/intake-records.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { intakeScreenWords as words } from './intake-screen-words.ts'

const to = '/cases/intakes'

/** What 工作台 shows of what came in: how many wait for the caller's office, which are late, and the first to do. */
export const todayIntakes: TodaySection = { key: 'intakes', words: words.todaySection, needs: 'cases.intake:handle', load }

async function load(): Promise<TodayWork> {
  const [counts, page] = await Promise.all([
    read<IntakeCounts>('/cases/intake-counts'),
    read<Page<IntakeCard>>('/cases/intakes', { mine: 'true', limit: 20 }),
  ])
  const level = counts.overdue > 0 ? ('red' as const) : ('green' as const)
  return {
    cards: [
      { key: 'intakes-mine', words: words.todayMine, count: counts.mine, to, search: { view: 'mine' } },
      { key: 'intakes-unlinked', words: words.todayUnlinked, count: counts.unlinked, to, search: { view: 'unlinked' } },
      { key: 'intakes-overdue', words: words.todayOverdue, count: counts.overdue, to, search: { view: 'overdue' }, level },
    ].filter(({ count }) => count > 0),
    items: page.items.map(toItem),
  }
}

function toItem(card: IntakeCard): TodayItem {
  const { intakeId, name, household, township, village, dueOn, isOverdue, state, channel } = card
  const asks: Readonly<Record<string, Words>> = { matched: words['ask.matched'], linked: words['ask.linked'] }
  return {
    key: intakeId,
    kind: intakeWords[`channel.${channel}`],
    title: household?.headName ?? name ?? '—',
    place: [township, village].filter((part) => part !== '').join(' '),
    ask: asks[state] ?? words['ask.new'],
    dueOn,
    isOverdue,
    to,
    search: {
      view: 'mine',
      intake: intakeId,
    },
  }
}
