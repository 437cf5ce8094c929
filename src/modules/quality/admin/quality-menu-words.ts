import { defineWords } from '#kernel/pure/words/index.ts'

/** Entries of the menu, and the panel of the household page. */
export const qualityMenuWords = defineWords({
  quality: { zh: '数据质量', en: 'Data quality' },
  household: { zh: '数据质量', en: 'Data quality' },
})
