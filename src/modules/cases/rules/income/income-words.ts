import { defineWords } from '#kernel/pure/words/index.ts'

/** Words of the income sheet that screens, papers and files use alike. */
export const incomeWords = defineWords({
  'source.said': { zh: '户主自述', en: "Household's word" },
  'source.wage-slip': { zh: '工资单', en: 'Wage slip' },
  'source.bank-flow': { zh: '银行流水', en: 'Bank flow' },
  'source.list': { zh: '部门清单', en: "Department's list" },
  'source.subsidy-list': { zh: '补贴发放表', en: 'Subsidy list' },
  'source.register': { zh: '底册', en: 'Register' },
  'source.receipt': { zh: '票据', en: 'Receipt' },
  'source.valued': { zh: '折价估算', en: 'Valued' },
  'purpose.identification': { zh: '识别', en: 'Identification' },
  'purpose.elimination': { zh: '风险消除', en: 'Elimination' },
  'purpose.yearly': { zh: '年度', en: 'Yearly' },
})

/** Sentences of refusals; the keys are codes of `incomeErrors`. */
export const incomeErrorWords = defineWords({
  'cases.unknown-item': { zh: '“{item}”不是收支项目表里的项目', en: '“{item}” is no item of the table in force' },
  'cases.not-a-member': { zh: '第 {row} 行的成员不在这一户', en: 'Row {row}: nobody of this household' },
  'cases.month-ahead': { zh: '第 {row} 行：{month} 还没有到', en: 'Row {row}: {month} has not come yet' },
  'cases.too-many-lines': { zh: '一户最多登记 {most} 行', en: 'A household holds {most} lines at most' },
  'cases.unknown-department': { zh: '“{department}”不在本县要比对的部门之列', en: 'Policy does not ask “{department}”' },
  'cases.unknown-flag': { zh: '“{word}”不是负面清单里的情形', en: '“{word}” is no situation of the negative list' },
  'cases.check-incomplete': {
    zh: '第 {row} 行：有结果的要填反馈日期，查到情况的要写明查到什么',
    en: 'Row {row}: a result needs its day, and what was found',
  },
  'cases.check-day': { zh: '第 {row} 行：日期还没有到，或者反馈早于发出', en: 'Row {row}: a day to come, or an answer before the request' },
  'cases.check-rows-bad': {
    zh: '有几行读不出来，一行也没有登记。请按提示改好再登记。',
    en: 'Some rows cannot be read, and none was noted. Mend them and try again.',
  },
  'cases.check-closed': { zh: '个案已过信息比对环节，不能再改比对结果', en: 'The case is past its department check' },
  'cases.nothing-to-answer': { zh: '没有需要说明的情况，或者已经说明', en: 'There is nothing to answer, or it is answered' },
})
