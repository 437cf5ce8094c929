import type { Language } from '#kernel/pure/words/index.ts'
import { isFiles } from './field-kinds.ts'
import type { FieldValue, TableRow } from './records.ts'
import type { Column, Field } from './template.ts'

const yesNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const

/** A value as people read it: in lists, exports, prints and histories. Money with two places, months as 2024年3月, tables row by row. */
export function textOf(field: Field | Column, value: FieldValue | undefined, language: Language = 'zh'): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return yesNo[language][value ? 0 : 1]
  if (typeof value === 'string') return textOfString(field, value, language)
  if (Array.isArray(value)) return textOfList(field, value, language)
  if ('masked' in value) return value.masked
  if ('longitude' in value) return `${value.longitude}, ${value.latitude}`
  return 'name' in value ? value.name : ''
}

function textOfString(field: Field | Column, value: string, language: Language): string {
  if (field.kind === 'choice') return choiceName(field, value, language)
  if (field.kind === 'month' && language === 'zh') return `${value.slice(0, 4)}年${Number(value.slice(5))}月`
  return value
}

function choiceName(field: Field | Column, key: string, language: Language): string {
  return field.choices?.find((choice) => choice.key === key)?.name[language] ?? key
}

function textOfList(field: Field | Column, list: readonly unknown[], language: Language): string {
  if (isFiles(field.kind)) return list.length === 0 ? '' : language === 'zh' ? `${list.length} 份` : String(list.length)
  if (field.kind === 'choices') return list.map((key) => choiceName(field, String(key), language)).join(language === 'zh' ? '、' : ', ')
  const columns = 'columns' in field ? (field.columns ?? []) : []
  return list
    .map((row) =>
      columns
        // Safe: rows of a table are kept as `TableRow`s.
        .map((column) => textOf(column, (row as TableRow)[column.key], language))
        .filter((text) => text !== '')
        .join(' '),
    )
    .join(language === 'zh' ? '；' : '; ')
}
