import { defineWords } from '#kernel/pure/words/index.ts'

/** What stands in the menu, on the household's page and in 工作台 before a page of the module is loaded. */
export const rectificationMenuWords = defineWords({
  ledger: { zh: '整改台账', en: 'Problems' },
  letters: { zh: '交办函', en: 'Letters' },
  inspections: { zh: '督查检查', en: 'Inspections' },
  checks: { zh: '同类排查', en: 'Same elsewhere' },
  household: { zh: '整改问题', en: 'Problems' },
})
