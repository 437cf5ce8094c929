import { defineWords } from '#kernel/pure/words/index.ts'

/** What the steps of a case ask of the case itself. */
export const caseMissingWords = defineWords({
  'missing.visit.none': { zh: '还没有这个环节的入户记录', en: 'No visit of this step is on file' },
  'missing.visit.visitors': {
    zh: '入户须 {needed} 人以上，记录的只有 {found} 人',
    en: 'A visit takes {needed} people; {found} are on file',
  },
  'missing.measure.none': { zh: '还没有登记帮扶措施', en: 'No measure is on file' },
  'missing.settle.not-eliminated': { zh: '还没有消除日期', en: 'There is no day of elimination' },
  'missing.settle.months': {
    zh: '消除后须满 {needed} 个月，现满 {found} 个月',
    en: '{needed} months must have passed since the elimination; {found} have',
  },
})
