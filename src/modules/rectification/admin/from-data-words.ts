import { defineWords } from '#kernel/pure/words/index.ts'

export const fromDataWords = defineWords({
  button: { zh: '列为整改问题', en: 'Make it a problem' },
  findings: { zh: '把 {n} 条疑点列为整改问题', en: 'Make problems of {n} findings' },
  leads: { zh: '把 {n} 户线索列为整改问题', en: 'Make problems of {n} leads' },
  note: {
    zh: '来源记为“数据质量”，一条疑点（一户一个原因）只列一次；已销号的会重新打开，并告诉责任单位。',
    en: 'The source is “data quality”; each finding (each household and reason) is listed once. What was struck off is opened again, and its unit is told.',
  },
  campaign: { zh: '列入哪个整改专项', en: 'Campaign' },
  newCampaign: { zh: '新专项名称', en: 'Name of a new campaign' },
  another: { zh: '＋ 新建专项', en: '+ New campaign' },
  submit: { zh: '列入台账', en: 'List' },
  done: {
    zh: '新列 {added} 个，重新打开 {reopened} 个，原来就有 {known} 个',
    en: '{added} listed, {reopened} opened again, {known} were there',
  },
  open: { zh: '去整改台账', en: 'Open the ledger' },
  close: { zh: '关闭', en: 'Close' },
})
