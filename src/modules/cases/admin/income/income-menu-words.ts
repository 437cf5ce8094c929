import { defineWords } from '#kernel/pure/words/index.ts'

/** The words that stand outside of the pages: the panel's title and the menu. */
export const incomeMenuWords = defineWords({
  household: { zh: '收入核算表', en: 'Income sheet' },
  unstable: { zh: '消除后不稳定', en: 'Unstable eliminations' },
})
