import { getPreferences } from '#kernel/browser/session/index.ts'
import type { TodayItem, TodayWork } from '#ui/plug/today.ts'
import type { HouseholdEventRecord } from '../rules/household-event-records.ts'
import { loadEvents, readEventCounts } from './household-event-calls.ts'
import { householdEventInboxWords as words } from './household-event-inbox-words.ts'
import { householdEventWords } from './household-event-screen-words.ts'

const to = '/registry/household-events'
const listed = 20

/** Who decides sees the reports that wait; who reports sees what still waits and what was sent back. */
export async function readEventWork(): Promise<TodayWork> {
  const counts = await readEventCounts()
  const waiting = counts.can['decide'] === true && counts.waiting > 0 ? (await loadEvents('waiting', '')).items.slice(0, listed) : []
  const cards = [
    { key: 'events-waiting', words: words.todayWaiting, count: counts.can['decide'] === true ? counts.waiting : 0, view: 'waiting' },
    { key: 'events-mine', words: words.todayMine, count: counts.mineWaiting, view: 'mine' },
  ]
  return {
    cards: cards.filter(({ count }) => count > 0).map(({ view, ...card }) => ({ ...card, to, search: { view } })),
    items: [...counts.returned.map((event) => itemOf(event, 'mine')), ...waiting.map((event) => itemOf(event, 'waiting'))],
  }
}

function itemOf(event: HouseholdEventRecord, view: 'waiting' | 'mine'): TodayItem {
  const { language } = getPreferences()
  const kind = householdEventWords[`kind.${event.kind}`]
  const { endReason = '' } = event
  const title = words.whatOf[language].replace('{kind}', kind[language]).replace('{names}', event.names.join('、'))
  return {
    key: event.eventId,
    kind: words.todayKind,
    title,
    place: [event.headName, event.place].filter((part) => part !== undefined).join(' · '),
    ask:
      view === 'mine'
        ? { zh: `被退回：${endReason}`, en: `sent back: ${endReason}` }
        : { zh: `${event.reportedName}上报，看过后办理或退回`, en: `reported by ${event.reportedName}: do it or send it back` },
    to,
    search: { view, event: event.eventId },
  }
}
