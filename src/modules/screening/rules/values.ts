import { parseFen } from '#kernel/pure/money/index.ts'
import { tidy, tidyPhone } from '#kernel/pure/text/index.ts'
import { parseDay } from '#kernel/pure/time/index.ts'
import type { FieldType } from '../policy/policy.ts'

/** A value read from a cell: numbers are fen, days as yyyymmdd, or a count; texts are as they are compared. `undefined` for an empty cell. */
export type CellValue = number | string | undefined

/** Types whose values are numbers. A cell of such a field that cannot be read stays as text, so that its change is still seen. */
export function isNumeric(type: FieldType): boolean {
  return type === 'amount' || type === 'day' || type === 'count'
}

/** Reads a cell as a value of a field; `unit` is the one that the column's label names. */
export function readValue(type: FieldType, cell: string, unit: '元' | '万元' = '元'): CellValue {
  const text = tidy(cell)
  if (text === '') return undefined
  switch (type) {
    case 'amount':
      return parseFen(text, unit) ?? text
    case 'day': {
      const day = parseDay(cell.trim())
      return day === undefined ? text : Number(day.replaceAll('-', ''))
    }
    case 'count':
      return readCount(text) ?? text
    case 'grade':
      return gradeKey(text)
    case 'houseGrade':
      return text.toUpperCase().replace(/级$/, '')
    case 'yesNo':
      return yesNoKey(text)
    case 'phone':
      return tidyPhone(text)
    case 'code':
      return text.toUpperCase()
    case 'name':
    case 'idNumber':
    case 'place':
    case 'address':
    case 'word':
    case 'text':
      return text
  }
}

/** A whole number with a unit behind it: `45天`, `45.0`, `1,200 户`. */
export function readCount(text: string): number | undefined {
  const match = /^(\d{1,9})(?:\.0+)?(?:天|日|户|人|个|月|次)?$/.exec(text.replace(/[,，]/g, ''))
  return match === null ? undefined : Number(match[1])
}

const gradeDigits: Readonly<Record<string, string>> = {
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  '1': '一',
  '2': '二',
  '3': '三',
  '4': '四',
  I: '一',
  II: '二',
  III: '三',
  IV: '四',
}

/** A grade of disability as it is compared: `一级`, `1级`, `壹级`, `1` → `一`. */
export function gradeKey(grade: string): string {
  const bare = tidy(grade).replace(/级$/, '').toUpperCase()
  return gradeDigits[bare] ?? bare
}

/** `是`, `有`, `√`, `居住` → `是`; `否`, `无`, `×`, `空置` → `否`. */
export function yesNoKey(text: string): string {
  const bare = tidy(text).toUpperCase()
  if (/^(是|有|√|Y|YES|1|在住|居住|有人居住|常住|已居住|长期居住)$/.test(bare)) return '是'
  if (/^(否|无|×|X|N|NO|0|空置|未居住|不居住|无人居住|闲置|未住)$/.test(bare)) return '否'
  return bare
}

/** The unit that a label of money names: `注册资本（万元）` → 万元. */
export function unitOfLabel(label: string): '元' | '万元' {
  return label.includes('万元') ? '万元' : '元'
}

const longestShown = 200

/** A value as it is shown and kept: money in yuan, days as they are read, long texts cut. */
export function showValue(type: FieldType, value: number | string): string {
  if (typeof value === 'string') return value.slice(0, longestShown)
  if (type === 'amount') return (value / 100).toFixed(2)
  const text = String(value)
  return type === 'day' ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text
}
