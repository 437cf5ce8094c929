import { defineWords } from '#kernel/pure/words/index.ts'

export const menuWords = defineWords({
  households: { zh: '全部农户', en: 'All households' },
  villages: { zh: '行政村', en: 'Villages' },
  corrections: { zh: '信息纠错', en: 'Corrections' },
  householdEvents: { zh: '家庭变更', en: 'Household changes' },
  duplicates: { zh: '重复人员', en: 'Duplicates' },
  exports: { zh: '导出记录', en: 'Exports' },
  exportsWaiting: { zh: '待审批的导出', en: 'Exports to approve' },
  totals: { zh: '总数核对', en: 'Totals' },
})
