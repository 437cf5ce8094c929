import { defineWords } from '#kernel/pure/words/index.ts'

/** Words of cases that the app needs before a page of theirs is opened. */
export const caseMenuWords = defineWords({
  menu: { zh: '个案', en: 'Cases' },
  household: { zh: '下一步', en: 'Next step' },
  ofHousehold: { zh: '本户个案', en: 'Case of the household' },
})
