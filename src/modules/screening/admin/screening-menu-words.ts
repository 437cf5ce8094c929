import { defineWords } from '#kernel/pure/words/index.ts'

/** Entries of the menu. */
export const screeningMenuWords = defineWords({
  leads: { zh: '线索收件箱', en: 'Lead inbox' },
  visitLists: { zh: '走访清单', en: 'Visit lists' },
  precision: { zh: '线索准确率', en: 'Precision' },
  householdLeads: { zh: '风险线索', en: 'Risk leads' },
  said: { zh: '部门清单里的情况', en: 'What lists said' },
  authorisations: { zh: '授权书', en: 'Authorisations' },
  compare: { zh: '部门比对', en: 'Compare lists' },
})
