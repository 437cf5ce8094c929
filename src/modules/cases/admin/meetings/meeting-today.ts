import { read } from '#kernel/browser/api/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { MeetingCard } from '../../rules/meetings/meeting-records.ts'
import type { MeetingPage } from './meeting-queries.ts'
import { meetingWords as words } from './meeting-screen-words.ts'

const to = '/cases/meetings'

/** What 工作台 shows of meetings: those that were called and are not closed, by their day, and how many still lack the signed sheet. */
export const todayMeetings: TodaySection = { key: 'meetings', words: words.todaySection, needs: 'cases.meeting:hold', load }

async function load(): Promise<TodayWork> {
  const [open, unsigned] = await Promise.all([
    read<MeetingPage>(to, { task: 'close', limit: 20 }),
    read<MeetingPage>(to, { task: 'sheet', limit: 1 }),
  ])
  return {
    cards: [
      { key: 'meetings-close', words: words.todayClose, count: open.total, to, search: { task: 'close' } },
      { key: 'meetings-sheet', words: words.todaySheet, count: unsigned.total, to, search: { task: 'sheet' }, level: 'amber' as const },
    ].filter(({ count }) => count > 0),
    items: open.items.map(toItem),
  }
}

function toItem({ meetingId, village, state, heldOn, place }: MeetingCard): TodayItem {
  return {
    key: `meeting-${meetingId}`,
    kind: words.todayKind,
    title: village,
    place,
    ask: state === 'held' ? words.todayFinish : words.todayEnter,
    dueOn: heldOn,
    to: `${to}/${meetingId}`,
  }
}
