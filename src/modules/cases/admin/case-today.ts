import { read } from '#kernel/browser/api/index.ts'
import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { TodayItem, TodaySection, TodayWork } from '#ui/plug/today.ts'
import type { CaseStep } from '../rules/case-steps.ts'
import type { CaseCard } from '../rules/case-records.ts'
import { sourceWords, stateWords, stepWords } from '../rules/case-words.ts'
import type { CasePage } from './case-queries.ts'

const words = defineWords({
  section: { zh: '个案', en: 'Cases' },
  mine: { zh: '等我办的个案', en: 'Cases for my office' },
  overdue: { zh: '超期个案', en: 'Overdue cases' },
  papers: { zh: '缺文书的个案', en: 'Cases that lack papers' },
})

/** What each step asks of the office that holds it, in a few words. */
const asks = defineWords({
  assessment: { zh: '研判是否入户', en: 'Decide whether to visit' },
  visit: { zh: '两人以上入户，填采集表', en: 'Visit with two or more, fill in the form' },
  statement: { zh: '农户签申请及授权书', en: 'The household signs its statement' },
  check: { zh: '各部门信息比对', en: 'Check with the departments' },
  appraisal: { zh: '开评议会，表决，记录', en: 'Hold the meeting, vote, minutes' },
  notice: { zh: '村内公示，收异议', en: 'Post the notice, take objections' },
  review: { zh: '审核并写意见', en: 'Review and give an opinion' },
  decision: { zh: '审定类别和风险', en: 'Decide kind and risks' },
  entry: { zh: '录入国家系统，回填编号', en: 'Enter it, write down the number' },
  measures: { zh: '落实第一项帮扶措施', en: 'Begin the first measure' },
  tracking: { zh: '定期走访，看能否消除', en: 'Visit, see whether it may end' },
  'exit-visit': { zh: '消除前入户核查', en: 'Visit before the elimination' },
  'exit-appraisal': { zh: '消除评议会', en: 'Meeting about the elimination' },
  'exit-notice': { zh: '消除公示', en: 'Notice of the elimination' },
  'exit-review': { zh: '审核消除', en: 'Review the elimination' },
  'exit-decision': { zh: '审定消除', en: 'Decide the elimination' },
  'exit-entry': { zh: '在国家系统标注', en: 'Mark it in the national system' },
  'follow-up': { zh: '消除后回访', en: 'Visit after the elimination' },
  ended: { zh: '已结案', en: 'ended' },
} satisfies Record<CaseStep, Words>)

/** What 工作台 shows of cases: those that the caller's office must act on, the soonest due first; opening one begins the queue. */
export const todayCases: TodaySection = { key: 'cases', words: words.section, needs: 'cases.case:act', load }

async function load(): Promise<TodayWork> {
  const [page, late, unfiled] = await Promise.all([
    read<CasePage>('/cases/files', { mine: 'true', limit: 50 }),
    read<CasePage>('/cases/files', { overdue: 'true', open: 'true', limit: 1 }),
    read<CasePage>('/cases/files', { mine: 'true', unfiled: 'true', open: 'true', limit: 1 }),
  ])
  const overdue = late.total
  const to = '/cases/files'
  return {
    cards: [
      { key: 'cases-mine', words: words.mine, count: page.total, to, search: { view: 'mine' } },
      { key: 'cases-overdue', words: words.overdue, count: overdue, to, search: { view: 'overdue' }, level: overdue > 0 ? 'red' : 'green' },
      ...(unfiled.total === 0
        ? []
        : [{ key: 'cases-papers', words: words.papers, count: unfiled.total, to, search: { view: 'papers' }, level: 'amber' as const }]),
    ],
    items: page.items.map(toItem),
  }
}

function toItem(file: CaseCard): TodayItem {
  const step = stepWords[file.step]
  const state = file.state === 'open' ? undefined : stateWords[file.state]
  return {
    key: file.caseId,
    kind: { zh: `个案 · ${step.zh}`, en: `Case · ${step.en}` },
    title: file.headName ?? file.householdNo,
    place: `${file.township} ${file.village}`,
    ask: state ?? asks[file.step],
    from: sourceWords[file.source],
    ...(file.dueOn === null ? {} : { dueOn: file.dueOn }),
    ...(file.daysLeft === null ? {} : { isOverdue: file.daysLeft < 0 }),
    ...(file.daysLeft === null || file.daysIn !== 'working' ? {} : { daysLeft: file.daysLeft }),
    to: `/cases/files/${file.caseId}`,
    search: { view: 'mine' },
  }
}
