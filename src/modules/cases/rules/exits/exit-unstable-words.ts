import { defineWords } from '#kernel/pure/words/index.ts'

/** Why an elimination no longer stands. */
export const unstableWords = defineWords({
  'unstable.income': {
    zh: '人均纯收入 {found} 元，没有高于收入线 {needed} 元（{on}）',
    en: 'Net income per person {found} yuan, not above the line of {needed} ({on})',
  },
  'unstable.safeguard': { zh: '{safeguard}没有保障', en: '{safeguard} is not secure' },
  'unstable.lead': { zh: '{on} 有新的风险线索', en: 'A new lead of {on}' },
  'unstable.intake': { zh: '{on} 有新的申报', en: 'A new report of {on}' },
  'unstable.visit': { zh: '{on} 回访看到情况变差', en: 'The visit of {on} found it worse' },
})
