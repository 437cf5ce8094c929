import { defineWords } from '#kernel/pure/words/index.ts'

/** What states are called. */
export const stateWords = defineWords({
  found: { zh: '待交办', en: 'To be assigned' },
  assigned: { zh: '已交办', en: 'Assigned' },
  accepted: { zh: '已认领', en: 'Taken up' },
  rectifying: { zh: '整改中', en: 'Being mended' },
  completed: { zh: '待验收', en: 'To be accepted' },
  verified: { zh: '待销号', en: 'To be struck off' },
  closed: { zh: '已销号', en: 'Struck off' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
})
/** Where problems come from (R14). */
export const sourceWords = defineWords({
  correction: { zh: '信息纠错', en: 'Correction of information' },
  policy: { zh: '政策落实', en: 'Delivery of policy' },
  satisfaction: { zh: '满意度', en: 'Satisfaction' },
  inspection: { zh: '督查检查', en: 'Inspection' },
  unannounced: { zh: '明察暗访', en: 'Unannounced check' },
  patrol: { zh: '巡察', en: 'Patrol' },
  'look-back': { zh: '回头看', en: 'Look-back' },
  'cross-check': { zh: '交叉检查', en: 'Cross-check' },
  'self-check': { zh: '自查自纠', en: 'Self-check' },
  audit: { zh: '审计', en: 'Audit' },
  petition: { zh: '信访举报', en: 'Petition' },
  discipline: { zh: '纪检监察', en: 'Discipline' },
  data: { zh: '数据质量', en: 'Data quality' },
  other: { zh: '其他', en: 'Other' },
})
/** What is done to a problem; as buttons and in its history. */
export const actionWords = defineWords({
  find: { zh: '登记', en: 'Written down' },
  assign: { zh: '交办', en: 'Assign' },
  accept: { zh: '认领', en: 'Take up' },
  decline: { zh: '退回（不属本单位）', en: 'Decline' },
  plan: { zh: '填原因和措施', en: 'Cause and measures' },
  complete: { zh: '报整改完成', en: 'Report as done' },
  recall: { zh: '撤回上报', en: 'Take back' },
  return: { zh: '退回整改', en: 'Send back' },
  verify: { zh: '验收通过', en: 'Accept' },
  strike: { zh: '销号', en: 'Strike off' },
  sample: { zh: '抽查合格', en: 'Sampled: mended' },
  reopen: { zh: '重新打开', en: 'Open again' },
  transfer: { zh: '转办', en: 'Hand to another unit' },
  withdraw: { zh: '撤回问题', en: 'Withdraw' },
  remind: { zh: '催办', en: 'Remind' },
  supervise: { zh: '挂牌督战', en: 'List for a leader' },
  release: { zh: '摘牌', en: 'Unlist' },
  extend: { zh: '延期', en: 'More time' },
  edit: { zh: '改写问题', en: 'Edit' },
})
/** How a problem stands to its last day. */
export const standingWords = defineWords({
  none: { zh: '未定时限', en: 'No day set' },
  later: { zh: '未到期', en: 'Not due' },
  soon: { zh: '临期', en: 'Due soon' },
  overdue: { zh: '已超期', en: 'Overdue' },
  'in-time': { zh: '按期销号', en: 'Struck off in time' },
  late: { zh: '超期销号', en: 'Struck off late' },
})
/** What is missing before the end (R15). */
export const missingWords = defineWords({
  description: { zh: '问题描述', en: 'what the problem is' },
  cause: { zh: '原因剖析', en: 'the cause' },
  unit: { zh: '责任单位', en: 'the responsible unit' },
  head: { zh: '责任人', en: 'the responsible person' },
  measures: { zh: '整改措施', en: 'the measures' },
  effect: { zh: '整改成效', en: 'the effect' },
  'completed-on': { zh: '完成日期', en: 'the day of completion' },
  evidence: { zh: '佐证', en: 'evidence' },
})
export const letterStateWords = defineWords({
  issued: { zh: '已发出', en: 'Issued' },
  received: { zh: '已签收', en: 'Received' },
  answered: { zh: '已回复', en: 'Answered' },
  closed: { zh: '已办结', en: 'Closed' },
})
export const levelWords = defineWords({
  county: { zh: '县级', en: 'County' },
  township: { zh: '乡镇', en: 'Township' },
  village: { zh: '村', en: 'Village' },
  department: { zh: '部门', en: 'Department' },
})
