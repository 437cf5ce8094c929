import type { Language } from '#kernel/pure/words/index.ts'
import { isYear } from '../rules/field-kinds.ts'
import type { FieldValue, Linked, Place, TableRow } from '../rules/records.ts'
import type { Column, Field } from '../rules/template.ts'

type AnyField = Field | Column

/** A value as one text: choices by their names, money with two decimals, links by their names; '' for nothing. */
export function textOf(field: AnyField, value: FieldValue | undefined, language: Language): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'boolean') return value ? yesNo[language][0] : yesNo[language][1]
  if (typeof value === 'string') return plainText(field, value, language)
  if (isList(value)) return listText(field, value, language)
  if ('masked' in value) return value.masked
  if ('longitude' in value) return placeText(value)
  return value.name
}

const yesNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const

function plainText(field: AnyField, value: string, language: Language): string {
  if (field.kind === 'choice' || field.kind === 'choices')
    return field.choices?.find((choice) => choice.key === value)?.name[language] ?? value
  if (field.kind === 'money') return groupDigits(value, 2)
  if (isYear(field)) return value
  if (field.kind === 'number') return groupDigits(value) + (field.unit === undefined || field.unit === '' ? '' : ` ${field.unit}`)
  return value
}

function isList(value: Exclude<FieldValue, null | boolean | string>): value is Extract<FieldValue, readonly unknown[]> {
  return Array.isArray(value)
}

function listText(field: AnyField, value: Extract<FieldValue, readonly unknown[]>, language: Language): string {
  const comma = language === 'zh' ? '、' : ', '
  // Safe: a list is of texts, links, files or rows, told apart by what the first one holds.
  const items = value as readonly (string | Linked | TableRow | { recordFileId: string })[]
  if (field.kind === 'table') return language === 'zh' ? `${items.length} 行` : `${items.length} rows`
  if (field.kind === 'photo' || field.kind === 'file' || field.kind === 'signature')
    return language === 'zh' ? `${items.length} 份` : `${items.length}`
  return items
    .map((item) =>
      typeof item === 'string' ? plainText(field, item, language) : 'id' in item && typeof item.name === 'string' ? item.name : '',
    )
    .filter((text) => text !== '')
    .join(comma)
}

function placeText({ longitude, latitude }: Place): string {
  return `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`
}

/** A decimal text with groups of three digits; money with two places. Nothing is rounded that the text holds. */
export function groupDigits(text: string, places = 0): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return text
  const fraction = (match[3] ?? '').padEnd(places, '0')
  const whole = (match[2] ?? '').replace(/\B(?=(\d{3})+$)/g, ',')
  return `${match[1] ?? ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Sums of money stand in 万元 when they are long (ux.md §8.8). */
export function sumText(field: Field | undefined, text: string, language: Language): string {
  if (field?.kind !== 'money')
    return (
      groupDigits(text.includes('.') ? text.replace(/\.?0+$/, '') : text) +
      (field?.unit === undefined || field.unit === '' ? '' : ` ${field.unit}`)
    )
  const whole = text.split('.')[0] ?? ''
  if (whole.replace('-', '').length < 7 || language === 'en') return groupDigits(text, 2)
  return `${groupDigits((Number(text) / 10_000).toFixed(2))} 万`
}
