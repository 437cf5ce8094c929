import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { SameCheckRecord } from '../rules/check-records.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import type { ProblemState } from '../rules/problem-states.ts'
import { sourceWords, stateWords } from '../rules/problem-words.ts'
import type { ProblemTotals } from '../rules/problem-totals.ts'

const words = defineWords({
  section: { zh: '问题整改', en: 'Problems' },
  mine: { zh: '等我办的整改问题', en: 'Problems for me' },
  overdue: { zh: '超期未销号问题', en: 'Overdue problems' },
  check: { zh: '同类排查', en: 'Same problem elsewhere' },
  look: { zh: '查一查有没有同类问题', en: 'See whether the same problem is here' },
  found: { zh: '交办给责任单位', en: 'Assign it to a unit' },
  assigned: { zh: '认领，填原因和措施', en: 'Take it up, say cause and measures' },
  accepted: { zh: '填原因和措施', en: 'Say cause and measures' },
  again: { zh: '已销号的问题重新打开，请再整改', en: 'Open again after it was struck off: mend it once more' },
  rectifying: { zh: '整改并报完成', en: 'Mend it and report' },
  completed: { zh: '验收', en: 'Accept it' },
  verified: { zh: '销号', en: 'Strike it off' },
  closed: { zh: '已销号', en: 'Struck off' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
})

/** What 工作台 shows of problems: those that wait for the caller's side, supervised ones and the nearest last day first; checks of his village. */
export const todayRectification: TodaySection = {
  key: 'rectification',
  words: words.section,
  needs: 'rectification.problem:read',
  load,
}

const askOf = (state: ProblemState) => words[state]

async function load(): Promise<TodayWork> {
  const [page, mine, late, checks] = await Promise.all([
    read<Page<ProblemCard>>('/rectification/problems', { view: 'mine', limit: 50 }),
    read<ProblemTotals>('/rectification/totals', { view: 'mine' }),
    read<ProblemTotals>('/rectification/totals', { view: 'overdue' }),
    read<Page<SameCheckRecord>>('/rectification/same-checks', { state: 'open', limit: 20 }),
  ])
  const to = '/rectification/problems'
  return {
    cards: [
      { key: 'rectification-mine', words: words.mine, count: mine.total, to, search: { view: 'mine' } },
      ...(late.total === 0
        ? []
        : [
            {
              key: 'rectification-overdue',
              words: words.overdue,
              count: late.total,
              to,
              search: { view: 'overdue' },
              level: 'red' as const,
            },
          ]),
    ],
    items: [
      ...page.items.map((card) => ({
        key: card.problemId,
        kind: { zh: `整改 · ${stateWords[card.state].zh}`, en: `Problem · ${stateWords[card.state].en}` },
        title: card.headOfHousehold ?? (card.subject === '' ? card.class : card.subject),
        place: card.place,
        ask: card.reopened > 0 && card.state === 'rectifying' ? words.again : askOf(card.state),
        from: sourceWords[card.sourceKind],
        ...(card.dueOn === null ? {} : { dueOn: card.dueOn, isOverdue: card.standing === 'overdue' }),
        to: `/rectification/problems/${card.problemId}`,
      })),
      ...checks.items
        .filter(({ can }) => can.answer)
        .map((check) => ({
          key: check.sameCheckId,
          kind: words.check,
          title: check.headOfHousehold ?? check.class,
          place: check.place,
          ask: words.look,
          dueOn: check.dueOn,
          isOverdue: check.isOverdue,
          to: '/rectification/same-checks',
        })),
    ],
  }
}
