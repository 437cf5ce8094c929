import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for refusals; the keys are codes of `indicatorsErrors`. */
export const indicatorsErrorWords = defineWords({
  'indicators.unknown-indicator': {
    zh: '没有指标「{key}」；请从指标表中选择',
    en: 'There is no indicator “{key}”; choose one of the table',
  },
  'indicators.no-period': {
    zh: '「{period}」不是时段；请写成 2023、2023H1、2023Q2、2023-06、2023-06-30 或 2023-01-01..2023-06-30',
    en: '“{period}” is no period; write 2023, 2023H1, 2023Q2, 2023-06, 2023-06-30 or 2023-01-01..2023-06-30',
  },
  'indicators.no-area': { zh: '这个地方不在您的范围内', en: 'This place is not within your reach' },
  'indicators.no-dimension': { zh: '这个指标不能这样分组', en: 'This indicator is not split that way' },
  'indicators.rows-closed': {
    zh: '这类台账只对主管单位公开名单，其他人只看数字',
    en: 'Only its office sees the names of this register; others see the number',
  },
  'indicators.rows-of-ratio': {
    zh: '比率没有自己的名单；请看分子和分母的名单',
    en: 'A ratio has no names of its own; look at those of its part and base',
  },
  'indicators.broken-definition': {
    zh: '指标「{key}」的定义有误（{what}）；请告诉系统管理员',
    en: 'The definition of “{key}” is wrong ({what}); tell the system administrator',
  },
})
