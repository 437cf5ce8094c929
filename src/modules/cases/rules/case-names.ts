import type { CaseStep } from './case-steps.ts'

/** What each step is called in policy and on paper; the parameters of a step begin with it (`入户核实天数`). */
export const stepNamesOfPolicy = {
  assessment: '线索研判',
  visit: '入户核实',
  statement: '承诺授权',
  check: '信息比对',
  appraisal: '民主评议',
  notice: '村内公示',
  review: '乡镇审核',
  decision: '县级审定',
  entry: '录入系统',
  measures: '落实帮扶',
  tracking: '跟踪监测',
  'exit-visit': '消除核实',
  'exit-appraisal': '消除评议',
  'exit-notice': '消除公示',
  'exit-review': '消除审核',
  'exit-decision': '消除审定',
  'exit-entry': '消除标注',
  'follow-up': '后续跟踪',
  ended: '已办结',
} as const satisfies Record<CaseStep, string>
