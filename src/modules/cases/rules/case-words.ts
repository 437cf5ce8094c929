import { defineWords, type Words } from '#kernel/pure/words/index.ts'
import type { CaseSource, VisitFinding, VisitMethod } from './case-records.ts'
import type { CaseAction, CaseOutcome, CaseState, CaseStep, SeatLevel } from './case-steps.ts'

/** What people call the steps of a case (环节). */
export const stepWords = defineWords({
  assessment: { zh: '登记研判', en: 'Assessment' },
  visit: { zh: '入户核查', en: 'House visit' },
  statement: { zh: '承诺授权', en: 'Statement and authorisation' },
  check: { zh: '信息比对', en: 'Department check' },
  appraisal: { zh: '民主评议', en: 'Democratic appraisal' },
  notice: { zh: '村内公示', en: 'Village notice' },
  review: { zh: '乡镇审核', en: 'Township review' },
  decision: { zh: '县级审定', en: 'County decision' },
  entry: { zh: '录入国家系统', en: 'National system entry' },
  measures: { zh: '落实帮扶', en: 'Measures' },
  tracking: { zh: '跟踪监测', en: 'Tracking' },
  'exit-visit': { zh: '消除核查', en: 'Elimination visit' },
  'exit-appraisal': { zh: '消除评议', en: 'Elimination appraisal' },
  'exit-notice': { zh: '消除公示', en: 'Elimination notice' },
  'exit-review': { zh: '消除审核', en: 'Elimination review' },
  'exit-decision': { zh: '消除审定', en: 'Elimination decision' },
  'exit-entry': { zh: '消除标注', en: 'Elimination entry' },
  'follow-up': { zh: '后续跟踪', en: 'Follow-up' },
  ended: { zh: '已结案', en: 'Ended' },
} satisfies Record<CaseStep, Words>)

/** How a case stands. */
export const stateWords = defineWords({
  open: { zh: '办理中', en: 'under way' },
  supplement: { zh: '待补正', en: 'to be supplied' },
  paused: { zh: '已暂停计时', en: 'clocks paused' },
  ended: { zh: '已结案', en: 'ended' },
} satisfies Record<CaseState, Words>)

/** What was done to a case; `open` begins it. */
export const actionWords = defineWords({
  open: { zh: '开案', en: 'Opened' },
  pass: { zh: '通过', en: 'Pass' },
  return: { zh: '退回', en: 'Return' },
  ask: { zh: '要求补正', en: 'Ask for more' },
  supply: { zh: '补正完成', en: 'Supplied' },
  pause: { zh: '暂停计时', en: 'Pause the clocks' },
  resume: { zh: '恢复计时', en: 'Resume the clocks' },
  reject: { zh: '不予纳入', en: 'Reject' },
  refer: { zh: '转介其他救助', en: 'Refer elsewhere' },
  withdraw: { zh: '农户撤回', en: 'Withdrawn by the household' },
  transfer: { zh: '转办', en: 'Transfer' },
  green: { zh: '绿色通道', en: 'Green channel' },
  'start-exit': { zh: '提请消除', en: 'Start elimination' },
  revert: { zh: '消除回退', en: 'Revert the elimination' },
  relapse: { zh: '返贫重启', en: 'Relapse: begin again' },
  settle: { zh: '稳定结案', en: 'Stable: end the case' },
  end: { zh: '销户结案', en: 'Household ended' },
} satisfies Record<CaseAction | 'open', Words>)

/** How a case ended. */
export const outcomeWords = defineWords({
  'not-identified': { zh: '不予纳入', en: 'not identified' },
  referred: { zh: '已转介', en: 'referred' },
  withdrawn: { zh: '农户撤回', en: 'withdrawn' },
  stable: { zh: '稳定消除', en: 'stable' },
  'household-ended': { zh: '户已销户', en: 'household ended' },
} satisfies Record<CaseOutcome, Words>)

/** How a case came in. */
export const sourceWords = defineWords({
  lead: { zh: '比对线索', en: 'Lead of a comparison' },
  declaration: { zh: '自主申报', en: 'Declaration' },
  hotline: { zh: '热线', en: 'Hotline' },
  petition: { zh: '信访', en: 'Petition' },
  visit: { zh: '干部排查', en: 'Visit by cadres' },
  department: { zh: '部门转办', en: 'Department' },
  register: { zh: '已纳入（导入）', en: 'Identified before' },
} satisfies Record<CaseSource, Words>)

/** Where an office sits. */
export const seatWords = defineWords({
  village: { zh: '村', en: 'Village' },
  township: { zh: '乡镇', en: 'Township' },
  county: { zh: '县', en: 'County' },
} satisfies Record<SeatLevel, Words>)

export const visitMethodWords = defineWords({
  home: { zh: '入户', en: 'at home' },
  phone: { zh: '电话', en: 'by telephone' },
  video: { zh: '视频', en: 'by video' },
} satisfies Record<VisitMethod, Words>)

export const visitFindingWords = defineWords({
  'as-before': { zh: '没有变化', en: 'as before' },
  better: { zh: '有好转', en: 'better' },
  worse: { zh: '有新情况', en: 'worse' },
} satisfies Record<VisitFinding, Words>)
