import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of why a gathered or decided value is what it is. */
export const whyWords = defineWords({
  gathered: { zh: '从哪些记录来', en: 'From which records' },
  decided: { zh: '为什么', en: 'Why' },
  from: { zh: '汇总自《{ledger}》，共 {count} 条', en: 'Gathered from {ledger}: {count} records' },
  conditions: { zh: '条件：{conditions}', en: 'Conditions: {conditions}' },
  others: { zh: '另有 {n} 条不在您能看的范围内或未列出。', en: '{n} more are outside of what you may see, or are not listed.' },
  none: { zh: '目前没有符合条件的记录。', en: 'No record meets the conditions now.' },
  said: { zh: '按 {day} 生效的《{policy}》判定', en: 'Decided by {policy} as in force on {day}' },
  notThen: {
    zh: '当时的规则文本已不能原样重读（指纹 {hash}），只能说明用的是哪张表。',
    en: 'The text of then can no longer be read as it was (fingerprint {hash}).',
  },
  unknown: {
    zh: '还没有判定：要用的内容没有填，或当天没有生效的规则。',
    en: 'Not decided yet: something it needs is empty, or no rule was in force.',
  },
})
