import { defineWords } from '#kernel/pure/words/index.ts'
import type { RuleNeed, RuleOwner, Severity } from '../contract.ts'

/** How grave a finding is. */
export const severityWords = defineWords({
  error: { zh: '错误', en: 'Error' },
  high: { zh: '重点', en: 'Serious' },
  warning: { zh: '疑点', en: 'Doubt' },
  info: { zh: '提示', en: 'Notice' },
} satisfies Record<Severity, { zh: string; en: string }>)

/** Who mends a finding. */
export const ownerWords = defineWords({
  village: { zh: '村', en: 'Village' },
  township: { zh: '乡镇', en: 'Township' },
  county: { zh: '县乡村振兴部门', en: 'County office' },
  medical: { zh: '医保部门', en: 'Medical insurance office' },
  education: { zh: '教育部门', en: 'Education office' },
  disability: { zh: '残联', en: 'Disabled persons’ federation' },
  'civil-affairs': { zh: '民政部门', en: 'Civil affairs office' },
  jobs: { zh: '人社部门', en: 'Jobs office' },
  housing: { zh: '住建部门', en: 'Housing office' },
  water: { zh: '水利部门', en: 'Water office' },
} satisfies Record<RuleOwner, { zh: string; en: string }>)

/** The data that a rule waits for. */
export const needWords = defineWords({
  monitoring: { zh: '监测对象信息', en: 'the export of monitored households' },
  work: { zh: '务工信息', en: 'the export of people in work' },
  'planned-work': { zh: '计划务工信息', en: 'the export of planned work' },
  village: { zh: '行政村信息', en: 'the export of villages' },
  line: { zh: '当年监测线', en: 'the monitoring line of the year' },
} satisfies Record<RuleNeed, { zh: string; en: string }>)

/** Sentences of this module's refusals: what happened, what to do, whom to call. */
export const worklistErrorWords = defineWords({
  'quality.finding-refused': {
    zh: '这条疑点现在不能这样办（可能刚被别人办过，或已经修正），没有改动。请返回列表刷新后再看。',
    en: 'This cannot be done with the finding now (somebody may have acted, or it is mended). Nothing was changed. Go back to the list and look again.',
  },
  'quality.finding-changed': {
    zh: '您打开之后，这条疑点已有变化，刚才的内容没有保存。请重新打开核对后再办。',
    en: 'The finding changed after you opened it, and your step was not saved. Open it again and check.',
  },
  'quality.exception-refused': {
    zh: '这个例外现在不能这样办，没有改动。申请人自己不能批准；批准要有不早于今天、不超过最长期限的截止日期；不批准和提前结束要写原因（至少 4 个字）。',
    en: 'The exception cannot be decided like this; nothing was changed. Whoever asked cannot grant; a grant needs a last day from today within the longest term; a refusal or an end needs a reason of at least 4 characters.',
  },
  'quality.exception-changed': {
    zh: '您打开之后，这个例外已有变化，刚才的内容没有保存。请刷新后再办。',
    en: 'The exception changed after you opened it, and your step was not saved. Look again.',
  },
  'quality.already-asked': {
    zh: '这条疑点已经申请过例外，县里还没有答复或已经批准，不用再报。',
    en: 'An exception was asked for already; the county has not answered yet or has granted it.',
  },
  'quality.nothing-to-mend': {
    zh: '这条疑点现在推不出正确的值，没有提出纠错。请刷新后按修改办法处理。',
    en: 'No right value follows from this finding now, and nothing was proposed. Look again and mend it as the rule says.',
  },
  'quality.already-so': {
    zh: '本系统台账里已经是正确的值，只要到国家系统里改过来，下次导入后疑点会自动消除。',
    en: 'The register already has the right value. Change it in the national system; the next import clears the finding.',
  },
  'quality.check-running': {
    zh: '正在检查，请等这一次检查结束后再看结果。',
    en: 'A check is already running. Wait until it has ended.',
  },
  'quality.interrupted': {
    zh: '检查被中断，没有保留任何结果。请再检查一次；如果还是中断，请联系系统管理员。',
    en: 'The check was interrupted and kept nothing. Check again; if it stops once more, call the system administrator.',
  },
  'quality.fault': {
    zh: '检查没有完成，没有保留任何结果。请再检查一次；如果还是不行，请联系系统管理员。',
    en: 'The check did not finish and kept nothing. Check again; if it fails once more, call the system administrator.',
  },
  'quality.nothing-chosen': { zh: '还没有选疑点。请先选中要发出的疑点。', en: 'Nothing is chosen. Choose the findings to send first.' },
  'quality.too-many-findings': {
    zh: '符合条件的疑点超过 {limit} 条，没有发出。请按乡镇、村或规则缩小范围，分几次发。',
    en: 'More than {limit} findings fit, and nothing was sent. Narrow it down by township, village or rule.',
  },
})
