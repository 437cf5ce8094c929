import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of why a row was tied to a person. */
export const matchWaterfallWords = defineWords({
  title: { zh: '修正后对上和按相似程度对上的', en: 'Repaired rows and rows matched by likeness' },
  note: {
    zh: '最没有把握的排在最前面。每一行都写明理由；入户时先核对前面这些。',
    en: 'The least certain come first, each with its reasons; check these first at the visit.',
  },
  none: { zh: '没有这样的行。', en: 'None.' },
  row: { zh: '{list} {file}{sheet} 第 {row} 行', en: '{list} {file}{sheet} row {row}' },
  'class.repaired': { zh: '修正', en: 'repaired' },
  'class.fuzzy': { zh: '相似', en: 'by likeness' },
  class: { zh: '对上方式', en: 'How' },
  all: { zh: '全部', en: 'All' },
  score: { zh: '{score} 分', en: '{score} points' },
  why: { zh: '为什么是这个人', en: 'Why this person' },
  whyLike: { zh: '像在哪里', en: 'How alike' },
  more: { zh: '再看 20 行', en: '20 more' },
})
