import { defineWords } from '#kernel/pure/words/index.ts'

/** Names of the lists, as title of the sheet and in the records. */
export const exportListWords = defineWords({
  'registry.households': { zh: '农户台账', en: 'Ledger of households' },
  'registry.persons': { zh: '家庭成员名单', en: 'Members of households' },
  'registry.villages': { zh: '行政村名单', en: 'Villages' },
  'registry.corrections': { zh: '信息纠错清单', en: 'Corrections' },
  'registry.duplicates': { zh: '重复人员清单', en: 'Duplicates' },
  'registry.merges': { zh: '人员合并记录', en: 'Merged persons' },
  'registry.household-events': { zh: '家庭变更清单', en: 'Household changes' },
  'registry.imports': { zh: '导入批次', en: 'Imports' },
  'registry.import-differences': { zh: '导入前后对照', en: 'Differences of an import' },
  'registry.totals': { zh: '总数核对表', en: 'Totals' },
  'registry.exports': { zh: '导出记录', en: 'Exports' },
  'identity.users': { zh: '账号名单', en: 'Accounts' },
  'screening.leads': { zh: '风险线索清单', en: 'Risk leads' },
  'screening.visit-list': { zh: '入户走访清单', en: 'Visit list' },
  'screening.runs': { zh: '比对记录', en: 'Comparisons' },
  'screening.receipts': { zh: '清单回执', en: 'Receipts of lists' },
  'screening.repairs': { zh: '底册修正建议', en: 'Mistakes of the register' },
  'screening.rested': { zh: '暂不再核实的线索', en: 'Reasons that rest' },
  'screening.authorisations': { zh: '授权书登记表', en: 'Authorisations' },
  'screening.rule-precision': { zh: '各条规则的核实准确率', en: 'Precision of the rules' },
  'screening.sender-precision': { zh: '各报送单位的核实准确率', en: 'Precision of the senders' },
  'quality.findings': { zh: '数据疑点清单', en: 'Findings' },
  'quality.exceptions': { zh: '数据例外清单', en: 'Exceptions' },
  'quality.places': { zh: '各地数据疑点统计', en: 'Findings by place' },
  'quality.rules': { zh: '各条规则的疑点统计', en: 'Findings by rule' },
  'cases.classification': { zh: '分层分类名单', en: 'Layers and classes' },
  'cases.clock': { zh: '时限清单', en: 'Clocks' },
  'cases.meetings': { zh: '民主评议会清单', en: 'Appraisal meetings' },
  'cases.income-sheet': { zh: '收入核算表', en: 'Income sheet' },
  'cases.unstable-eliminations': { zh: '消除后不稳定户名单', en: 'Unstable eliminations' },
  'cases.notices': { zh: '公示清单', en: 'Notices' },
  'cases.objections': { zh: '公示异议清单', en: 'Objections to notices' },
  'cases.case': { zh: '个案清单', en: 'Cases' },
  'cases.intake': { zh: '来件清单', en: 'What came in' },
  'indicators.figures': { zh: '指标表', en: 'Figures' },
  'indicators.rows': { zh: '指标名单', en: 'Names behind a figure' },
  'rectification.problems': { zh: '问题整改台账', en: 'Ledger of problems' },
  'rectification.letters': { zh: '交办函清单', en: 'Letters of assignment' },
  'rectification.same-checks': { zh: '同类问题排查清单', en: 'Checks of the same problem elsewhere' },
  'quality.worklist': { zh: '数据质量核改清单', en: 'Data quality worklist' },
})

/** Sentences for refusals of exports; the keys are codes of `registryErrors`. */
export const exportErrorWords = defineWords({
  'registry.approval-needed': {
    zh: '这份名单有 {rows} 人，超过 {limit} 人的完整号码须经另一人批准；请改为申请',
    en: 'The list has {rows} people. More than {limit} with whole numbers need the approval of a second person: ask for it',
  },
  'registry.own-request': { zh: '自己的申请须由另一人审批', en: 'Somebody else must decide on your own request' },
  'registry.export-expired': {
    zh: '批准后 24 小时内没有下载，已失效；请重新申请',
    en: 'It was not fetched within 24 hours after the approval; ask again',
  },
  'registry.export-grown': {
    zh: '批准时是 {approved} 人，现在是 {rows} 人；请重新申请',
    en: '{approved} people were approved, now there are {rows}; ask again',
  },
})
