import { read } from '#kernel/browser/api/index.ts'
import type { Words } from '#kernel/pure/words/index.ts'
import type { Level } from '#ui/data/status-tag.tsx'
import type { TodayCard, TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { NoticeCard, ObjectionCard } from '../../rules/notices/notice-records.ts'
import type { NoticeTask } from '../../rules/notices/notice-requests.ts'
import type { NoticePage, ObjectionPage } from './notice-queries.ts'
import { noticeScreenWords as words } from './notice-screen-words.ts'

const to = '/cases/notices'
const most = 20

/** How a task is said on 工作台: on its number and on each of its lines. */
const said: Readonly<Record<NoticeTask, { readonly card: Words; readonly ask: Words; readonly level?: Level }>> = {
  release: { card: words.todayRelease, ask: words.todayAskRelease },
  post: { card: words.todayPost, ask: words.todayAskPost },
  objected: { card: words.todayObjected, ask: words.todayAskObjected, level: 'red' },
  ending: { card: words.todayEnding, ask: words.todayAskEnding },
  photo: { card: words.todayPhoto, ask: words.todayAskPhoto, level: 'amber' },
}

/** What an office that releases has to do with notices: those that others handed in. */
export const todayReleases: TodaySection = {
  key: 'notices-release',
  words: words.todaySection,
  needs: 'cases.notice:release',
  load: () => loadTasks(['release', 'objected']),
}

/** What a village has to do with its notices: post, photograph, take down. */
export const todayPostings: TodaySection = {
  key: 'notices-post',
  words: words.todaySection,
  needs: 'cases.notice:post',
  load: () => loadTasks(['post', 'photo', 'ending']),
}

async function loadTasks(tasks: readonly NoticeTask[]): Promise<TodayWork> {
  const pages = await Promise.all(tasks.map(async (task) => ({ task, page: await read<NoticePage>(to, { task, limit: most }) })))
  return {
    cards: pages.flatMap(({ task, page }) => {
      const count = page.tasks[task]
      const { card, level } = said[task]
      const found: TodayCard = {
        key: `notices-${task}`,
        words: card,
        count,
        to,
        search: { task },
        ...(level === undefined ? {} : { level }),
      }
      return count === 0 ? [] : [found]
    }),
    // A notice that is held stands among the objections, with the days that are left for the answer.
    items: pages.flatMap(({ task, page }) => (task === 'objected' ? [] : page.items.map((card) => toItem(task, card)))),
  }
}

function toItem(task: NoticeTask, { noticeId, title, township, village, endsOn }: NoticeCard): TodayItem {
  return {
    key: `notice-${task}-${noticeId}`,
    kind: words.todaySection,
    title,
    place: `${township} ${village}`,
    ask: said[task].ask,
    ...(endsOn === null ? {} : { dueOn: endsOn }),
    to: `${to}/${noticeId}`,
  }
}

/** Objections that wait for an answer, the soonest due first, with the office's own days that are left. */
export const todayObjections: TodaySection = {
  key: 'objections',
  words: words.todayObjections,
  needs: 'cases.objection:answer',
  load: loadObjections,
}

async function loadObjections(): Promise<TodayWork> {
  const list = '/cases/objections'
  const page = await read<ObjectionPage>(list, { open: 'true', limit: most })
  const search = { open: 'true' }
  return {
    cards: [
      { key: 'objections-late', words: words.todayObjectionsLate, count: page.overdue, to: list, search, level: 'red' as const },
      {
        key: 'objections-recheck',
        words: words.todayRechecks,
        count: page.rechecks,
        to: list,
        search: { open: 'recheck' },
        level: 'amber' as const,
      },
      { key: 'objections-open', words: words.todayObjections, count: page.open, to: list, search, level: 'amber' as const },
    ].filter(({ count }) => count > 0),
    items: page.items.map(toObjection),
  }
}

function toObjection(one: ObjectionCard): TodayItem {
  return {
    key: `objection-${one.objectionId}`,
    kind: words.todayObjectionKind,
    title: one.headName ?? one.noticeNo,
    place: `${one.township} ${one.village}`,
    ask: one.state === 'checking' ? words.todayAskAnswer : words.todayAskCheck,
    dueOn: one.dueOn,
    ...(one.daysLeft === null ? {} : { daysLeft: one.daysLeft }),
    isOverdue: one.isOverdue,
    to: `/cases/objections/${one.objectionId}`,
  }
}
