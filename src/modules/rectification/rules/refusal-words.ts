import { defineWords } from '#kernel/pure/words/index.ts'

/** Why the rule refuses an act; keys are words of `refusals`. */
export const refusalWords = defineWords({
  'no-such-move': { zh: '问题现在的状态不能这样办', en: 'not possible in its state' },
  'not-yours': { zh: '不归您这一方办', en: 'not for your side to do' },
  'self-acceptance': { zh: '要由另一人办', en: 'another person must do it' },
  'no-reason': { zh: '要写理由', en: 'a reason is needed' },
  'no-unit': { zh: '要选责任单位', en: 'a unit is needed' },
  'no-head': { zh: '要写责任人', en: 'a responsible person is needed' },
  'no-day': { zh: '要定时限', en: 'a last day is needed' },
  'day-past': { zh: '时限已经过了，请另定', en: 'the last day is past; set another' },
  'no-leader': { zh: '要写挂牌领导和级别', en: 'leader and level are needed' },
  'no-words': { zh: '原因、措施或问题没有写', en: 'cause, measures or problem are empty' },
  incomplete: { zh: '还缺：{missing}', en: 'missing: {missing}' },
  'day-to-come': { zh: '完成日期还没有到', en: 'the day of completion has not come' },
})
