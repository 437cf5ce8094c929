import { defineWords, fill, type Language } from '../words/index.ts'
import type { ColumnReason, MappedColumn } from './column-types.ts'

/** Why a column was taken for a field, and what makes it less sure. */
export const tableWords = defineWords({
  hand: { zh: '人工指定', en: 'set by hand' },
  remembered: { zh: '与该单位上次的对应相同', en: 'as in this sender’s last file' },
  label: { zh: '列名相同', en: 'same label' },
  alias: { zh: '列名是已知别名', en: 'known other label' },
  pattern: { zh: '按内容推断', en: 'judged by its values' },
  looks: { zh: '内容像{pattern} {percent}%', en: 'looks like {pattern} {percent} %' },
  idNumber: { zh: '身份证号', en: 'ID numbers' },
  phone: { zh: '电话号码', en: 'telephone numbers' },
  day: { zh: '日期', en: 'dates' },
  money: { zh: '金额', en: 'amounts' },
  count: { zh: '数量', en: 'counts' },
  name: { zh: '姓名', en: 'names' },
  yesNo: { zh: '是/否', en: 'yes or no' },
  codes: { zh: '规定选项', en: 'the allowed values' },
  'values-differ': { zh: '内容与该字段不符', en: 'the values are of another form' },
  'two-alike': { zh: '有两列同样符合', en: 'two columns fit alike' },
  'label-alike': { zh: '列名不同', en: 'another label' },
  'unit-differs': { zh: '单位不同', en: 'another unit' },
  'other-person': { zh: '可能是他人的信息', en: 'perhaps of somebody else' },
  empty: { zh: '这一列没有内容', en: 'the column is empty' },
  beside: { zh: '内容在相邻的一列', en: 'its values stand in the next column' },
  'no-label': { zh: '没有列名', en: 'no label' },
  'place-only': { zh: '只按位置认出', en: 'known by its place only' },
})

/** The reason of a mapped column as a phrase: `列名相同，内容像身份证号 98%`. */
export function sayReason({ reason, how }: Pick<MappedColumn, 'reason' | 'how'>, language: Language): string {
  const said: ColumnReason = reason ?? { by: how }
  const parts: string[] = [tableWords[said.by][language]]
  if (said.pattern !== undefined && said.share !== undefined) {
    const pattern = tableWords[said.pattern][language]
    parts.push(fill(tableWords.looks, language, { pattern, percent: Math.round(said.share * 100) }))
  }
  for (const doubt of said.doubts ?? []) parts.push(tableWords[doubt][language])
  return parts.join(language === 'zh' ? '，' : ', ')
}
