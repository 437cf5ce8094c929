import { read } from '#kernel/browser/api/index.ts'
import { getPreferences } from '#kernel/browser/session/index.ts'
import { defineWords, fill } from '#kernel/pure/words/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { FindingCounts } from '../rules/worklist-records.ts'

const words = defineWords({
  section: { zh: '数据质量', en: 'Data quality' },
  mine: { zh: '等我办的数据疑点', en: 'Data findings waiting for me' },
  overdue: { zh: '超期的数据疑点', en: 'Overdue data findings' },
  kind: { zh: '数据质量', en: 'Data quality' },
  mineTitle: { zh: '{n} 条数据疑点等着办', en: '{n} data findings wait' },
  mineAsk: { zh: '发给村修正，或改好后答复', en: 'Send to the villages, or mend and answer' },
  lateTitle: { zh: '{n} 条数据疑点已超期', en: '{n} data findings overdue' },
  lateAsk: { zh: '修正后答复，或说明原因', en: 'Mend and answer, or say why not' },
  askedTitle: { zh: '{n} 个例外申请待批准', en: '{n} exceptions asked for' },
  askedAsk: { zh: '核对原因，批准或退回', en: 'Look at the reasons and decide' },
})

/** What 工作台 shows of data quality: how many findings wait, how many are late; late ones and exceptions as one thing to do each. */
export const todayQuality: TodaySection = { key: 'quality', words: words.section, needs: 'quality.finding:read', load }

async function load(): Promise<TodayWork> {
  const counts = await read<FindingCounts>('/quality/finding-counts')
  const to = '/quality/findings'
  if (counts.total === 0) return { cards: [], items: [] }
  return {
    cards: [
      { key: 'quality-mine', words: words.mine, count: counts.mine, to, search: { view: 'mine' } },
      {
        key: 'quality-overdue',
        words: words.overdue,
        count: counts.overdue,
        to,
        search: { view: 'overdue' },
        level: counts.overdue > 0 ? 'red' : 'green',
      },
    ],
    items: [...lateOnes(counts.overdue), ...askedOnes(counts.asked), ...mineOnes(counts.mine)],
  }
}

function lateOnes(count: number): TodayItem[] {
  if (count === 0) return []
  const title = fill(words.lateTitle, getPreferences().language, { n: count })
  const search = { view: 'overdue' }
  return [{ key: 'quality-late', kind: words.kind, title, ask: words.lateAsk, isOverdue: true, to: '/quality/findings', search }]
}

/** What waits is one thing to do: the list itself is longer than a first page. */
function mineOnes(count: number): TodayItem[] {
  if (count === 0) return []
  const title = fill(words.mineTitle, getPreferences().language, { n: count })
  return [{ key: 'quality-mine', kind: words.kind, title, ask: words.mineAsk, to: '/quality/findings', search: { view: 'mine' } }]
}

function askedOnes(count: number): TodayItem[] {
  if (count === 0) return []
  const title = fill(words.askedTitle, getPreferences().language, { n: count })
  const search = { state: 'asked' }
  return [{ key: 'quality-asked', kind: words.kind, title, ask: words.askedAsk, to: '/quality/exceptions', search }]
}
