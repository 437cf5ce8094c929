import { defineWords } from '#kernel/pure/words/index.ts'

/** The entry of the menu; apart from the page's texts, which come with the page. */
export const paperMenuWords = defineWords({
  templates: { zh: '文书模板', en: 'Paper templates' },
})
