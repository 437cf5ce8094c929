import { defineWords } from '#kernel/pure/words/index.ts'

/** Texts of what is due in all ledgers. */
export const dueWords = defineWords({
  title: { zh: '台账到期与逾期', en: 'Due in ledgers' },
  note: { zh: '您能看的台账里，已经逾期和一周内到期的都在这里。', en: 'What is late or due within a week in the ledgers you may see.' },
  soonCard: { zh: '台账一周内到期', en: 'Ledgers: due within a week' },
  others: { zh: '其他台账逾期', en: 'Other ledgers: overdue' },
  byLedger: { zh: '按台账', en: 'By ledger' },
  byRecord: { zh: '按期限', en: 'By day' },
  ledger: { zh: '台账', en: 'Ledger' },
  overdue: { zh: '已逾期', en: 'Overdue' },
  soon: { zh: '一周内到期', en: 'Within a week' },
  record: { zh: '名称', en: 'Title' },
  place: { zh: '所属', en: 'Place' },
  state: { zh: '状态', en: 'State' },
  dueOn: { zh: '期限', en: 'Due on' },
  nothing: { zh: '没有逾期的，一周内也没有到期的。', en: 'Nothing is late, and nothing is due within a week.' },
  cut: { zh: '只列出最早的 200 条；点上面的数字看全部。', en: 'Only the earliest 200 are listed; the figures above lead to all.' },
  exportNote: { zh: '导出全部，不止屏幕上的 200 条。', en: 'Exports all of them, not only the 200 on the screen.' },
})
