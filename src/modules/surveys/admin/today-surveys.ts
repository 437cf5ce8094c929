import { defineWords } from '#kernel/pure/words/index.ts'
import type { TodaySection, TodayWork } from '#ui/plug/today.ts'
import { loadMine } from './survey-queries.ts'

const words = defineWords({
  section: { zh: '调查任务', en: 'Calls' },
  kind: { zh: '调查排查', en: 'Survey' },
  due: { zh: '该重拨了', en: 'Call again' },
  call: { zh: '打电话，记下答复', en: 'Call and note the answers' },
  visit: { zh: '上门，记下答复', en: 'Visit and note the answers' },
  more: { zh: '还要调查的户', en: 'Households still to be asked' },
})

/** What 工作台 shows of calls: the next households of the caller, due retries first. */
export const todaySurveys: TodaySection = { key: 'surveys', words: words.section, needs: 'surveys.call:make', load }

async function load(): Promise<TodayWork> {
  const { items, next } = await loadMine({}, '', 10)
  const due = items.filter((one) => one.isDue)
  return {
    cards:
      due.length === 0
        ? []
        : [
            {
              key: 'surveys-mine',
              words: words.more,
              count: due.length,
              to: '/surveys/calls',
              ...(next === undefined ? {} : { level: 'amber' as const }),
            },
          ],
    items: due.slice(0, 3).map((one) => ({
      key: `surveys-${one.targetId}`,
      kind: words.kind,
      title: one.headName === '' ? one.village : one.headName,
      place: `${one.township} ${one.village}`,
      ask: one.state === 'retry' ? words.due : words[one.way === 'phone' ? 'call' : 'visit'],
      dueOn: one.endsOn,
      to: `/surveys/calls/${one.targetId}`,
    })),
  }
}
