import { defineWords } from '#kernel/pure/words/index.ts'

/** Words of ledgers that the app needs before a page of theirs is opened. */
export const ledgerMenuWords = defineWords({
  menu: { zh: '台账', en: 'Ledgers' },
  linked: { zh: '台账记录', en: 'In ledgers' },
  section: { zh: '台账', en: 'Ledgers' },
  overdue: { zh: '台账逾期', en: 'Overdue in ledgers' },
})
