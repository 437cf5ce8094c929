import { read } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { ReminderCard } from '../../rules/clocks/clock-records.ts'
import { stepWords } from '../../rules/case-words.ts'
import { clockKindWords } from '../../rules/clocks/clock-words.ts'

const words = defineWords({
  section: { zh: '时限提醒', en: 'Time limits' },
  reminded: { zh: '时限提醒', en: 'Reminders of limits' },
  escalated: { zh: '下级超期已上报', en: 'Overdue below' },
})

/** What 工作台 shows of clocks: how many of the office's passed a mark, and by name those below it that are over and were passed up. */
export const todayClocks: TodaySection = { key: 'clocks', words: words.section, needs: 'cases.case:act', load }

const mostItems = 50

async function load(): Promise<TodayWork> {
  const { items } = await read<{ items: ReminderCard[] }>('/cases/clocks/reminders')
  const escalated = items.filter((one) => one.isEscalated)
  const own = items.length - escalated.length
  const to = '/cases/clocks/names'
  return {
    cards: [
      ...(own === 0
        ? []
        : [{ key: 'clocks-own', words: words.reminded, count: own, to, search: { reminded: 'own' }, level: 'amber' as const }]),
      ...(escalated.length === 0
        ? []
        : [
            {
              key: 'clocks-below',
              words: words.escalated,
              count: escalated.length,
              to,
              search: { reminded: 'below' },
              level: 'red' as const,
            },
          ]),
    ],
    items: escalated.slice(0, mostItems).map(toItem),
  }
}

function toItem(one: ReminderCard): TodayItem {
  const name = one.kind === 'step' ? stepWords[one.step] : clockKindWords[one.kind]
  return {
    key: `clock-${one.clockId}`,
    kind: { zh: `时限 · ${name.zh}`, en: `Limit · ${name.en}` },
    title: one.headName ?? one.caseNo,
    place: `${one.township} ${one.village}`,
    ask: { zh: `${one.holderName}承办，时限已到，请督办`, en: `Held by ${one.holderName}, its time is over` },
    ...(one.dueOn === null ? {} : { dueOn: one.dueOn, daysLeft: one.daysLeft, isOverdue: one.daysLeft < 0 }),
    to: `/cases/files/${one.caseId}`,
  }
}
