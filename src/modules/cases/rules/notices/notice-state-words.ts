import { defineWords } from '#kernel/pure/words/index.ts'

/** Names of kinds and states of notices and objections, for screens and lists. */
export const noticeStateWords = defineWords({
  identification: { zh: '纳入公示', en: 'Identification' },
  elimination: { zh: '消除公示', en: 'Elimination' },
  draft: { zh: '草稿', en: 'Draft' },
  submitted: { zh: '待审核发布', en: 'To be released' },
  released: { zh: '待张贴', en: 'To be posted' },
  posted: { zh: '公示中', en: 'Hanging' },
  paused: { zh: '有异议，暂停', en: 'Paused by an objection' },
  ended: { zh: '期满撤下', en: 'Over' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  open: { zh: '待核查', en: 'To be checked' },
  checking: { zh: '核查中', en: 'Being checked' },
  upheld: { zh: '异议成立', en: 'Upheld' },
  rejected: { zh: '异议不成立', en: 'Not upheld' },
  page: { zh: '扫码', en: 'QR page' },
  'walk-in': { zh: '当面', en: 'In person' },
  phone: { zh: '电话', en: 'By telephone' },
  letter: { zh: '来信', en: 'By letter' },
})
