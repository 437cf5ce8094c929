import { defineWords } from '#kernel/pure/words/index.ts'

/** The words in which cells of a table are shown and read. */
export const cellWords = defineWords({
  any: { zh: '任意', en: 'any' },
  unknown: { zh: '未知', en: 'unknown' },
  known: { zh: '已知', en: 'known' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  not: { zh: '不是', en: 'not' },
  and: { zh: ' 且 ', en: ' and ' },
  or: { zh: ' 或 ', en: ' or ' },
  comma: { zh: '、', en: ', ' },
})

/** A condition said at length, below the cell. */
export const readingWords = defineWords({
  any: { zh: '{input}：任意，不看这一项', en: '{input}: anything; it is not looked at' },
  'op.=': { zh: '等于 {value}', en: 'is {value}' },
  'op.!=': { zh: '不等于 {value}', en: 'is not {value}' },
  'op.<': { zh: '小于 {value}', en: 'below {value}' },
  'op.<=': { zh: '小于等于 {value}（含）', en: 'at most {value} (included)' },
  'op.>': { zh: '大于 {value}', en: 'above {value}' },
  'op.>=': { zh: '大于等于 {value}（含）', en: 'at least {value} (included)' },
  between: { zh: '介于 {low}（{lowKind}）和 {high}（{highKind}）之间', en: 'between {low} ({lowKind}) and {high} ({highKind})' },
  included: { zh: '含', en: 'included' },
  excluded: { zh: '不含', en: 'not included' },
  unknown: { zh: '还不知道（缺材料）', en: 'is not known (a paper is missing)' },
  known: { zh: '已经知道', en: 'is known' },
  not: { zh: '不是：{value}', en: 'is none of: {value}' },
  whole: { zh: '{input} {tests}', en: '{input} {tests}' },
  or: { zh: '，或者 ', en: ', or ' },
  formula: { zh: '按算式：{text}', en: 'by the formula {text}' },
  output: { zh: '结果“{output}”＝ {value}', en: 'Result {output} = {value}' },
  outputEmpty: {
    zh: '结果“{output}”空着，符合这一行时就没有结果',
    en: 'Result {output} is empty: where this row holds there is no result',
  },
})
