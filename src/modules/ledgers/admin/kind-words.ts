import { defineWords } from '#kernel/pure/words/index.ts'

/** Kinds of field as a clerk calls them. */
export const kindWords = defineWords({
  text: { zh: '文字', en: 'Text' },
  'long-text': { zh: '长文字', en: 'Long text' },
  number: { zh: '数字', en: 'Number' },
  money: { zh: '金额（元）', en: 'Money (yuan)' },
  date: { zh: '日期', en: 'Date' },
  month: { zh: '月份', en: 'Month' },
  choice: { zh: '单选', en: 'One choice' },
  choices: { zh: '多选', en: 'Several choices' },
  'yes-no': { zh: '是 / 否', en: 'Yes / no' },
  person: { zh: '人员', en: 'Person' },
  household: { zh: '农户', en: 'Household' },
  organisation: { zh: '单位', en: 'Organisation' },
  area: { zh: '乡镇 / 村', en: 'Place' },
  record: { zh: '关联台账', en: 'Other ledger' },
  photo: { zh: '照片', en: 'Photos' },
  file: { zh: '附件', en: 'Files' },
  signature: { zh: '签名', en: 'Signature' },
  place: { zh: '位置', en: 'Position' },
  table: { zh: '明细表', en: 'Table' },
})
