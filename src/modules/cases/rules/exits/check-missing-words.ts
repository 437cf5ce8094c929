import { defineWords } from '#kernel/pure/words/index.ts'

/** What the income sheet, the authorisation and the department check still miss. */
export const checkMissingWords = defineWords({
  'missing.income.none': {
    zh: '收入核算表还没有按识别期（{from} 至 {to}）计算',
    en: 'The income sheet has not been computed for {from} to {to}',
  },
  'missing.income.stale': {
    zh: '{at} 计算以后，收入核算表又改过，请重新计算',
    en: 'The income sheet has changed since {at}: compute it again',
  },
  'missing.income.unclassified': { zh: '收入核算表里有没归类的项目，算不出人均纯收入', en: 'An item of the income sheet has no class' },
  'missing.authorisation': {
    zh: '授权书还没有登记（数据比对 · 授权书），查询部门数据没有依据',
    en: 'No authorisation is on file; departments may not be asked',
  },
  'missing.check.department': {
    zh: '{department}：还有 {people} 人没有核对结果（{names}）',
    en: '{department}: no result for {people} people ({names})',
  },
  'missing.check.flag': {
    zh: '{name}（{department}：{what}）：查到的情况还没有写明理由',
    en: '{name} ({department}: {what}): what was found has no written reason',
  },
})
