import type { Language } from '#kernel/pure/words/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import type { FieldFilter } from '../contract.ts'
import type { Book } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { groupDigits } from './value-text.ts'

/** Fields of a ledger by which it can be filtered on the screen; names and free texts are searched instead. */
export function filterFields(book: Book): Field[] {
  return book.template.fields.filter(
    (field) => book.keys[field.key] !== undefined && !['text', 'person', 'household', 'record', 'organisation'].includes(field.kind),
  )
}

/** What a ledger can be sorted by besides its fields. */
export const ownSorts = ['made', 'changed', 'no', 'state', 'area', 'due', 'title'] as const

/** Fields by which a ledger can be sorted. */
export function sortFields(book: Book): Field[] {
  return book.template.fields.filter((field) => book.keys[field.key] !== undefined)
}

const words = defineWords({
  filled: { zh: '填了', en: 'filled' },
  empty: { zh: '没填', en: 'empty' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
})

/** A filter in words: `类型：甲、乙`, `金额：100 ~ 500`. */
export function filterText(book: Book, filter: FieldFilter, language: Language): string {
  const field = book.template.fields.find((one) => one.key === filter.field)
  const name = field?.name[language] ?? filter.field
  const colon = language === 'zh' ? '：' : ': '
  const { is, from, to, empty } = filter
  if (is !== undefined) return name + colon + is.map((value) => valueText(field, value, language)).join(language === 'zh' ? '、' : ', ')
  if (empty !== undefined) return name + colon + words[empty ? 'empty' : 'filled'][language]
  return `${name}${colon}${from === undefined ? '' : groupDigits(from)} ~ ${to === undefined ? '' : groupDigits(to)}`
}

function valueText(field: Field | undefined, value: string, language: Language): string {
  if (field?.kind === 'yes-no') return words[value === 'true' ? 'yes' : 'no'][language]
  return field?.choices?.find((choice) => choice.key === value)?.name[language] ?? value
}

/** Groups that the statistics of a ledger can be made by: its own first, then all that can be. */
export function groupChoices(book: Book): string[] {
  const { fields } = book.template
  const offered = (kinds: readonly string[]) =>
    fields.filter((field) => book.keys[field.key] !== undefined && kinds.includes(field.kind)).map((field) => field.key)
  const days = offered(['date', 'month'])
  const all = [
    'state',
    'township',
    'village',
    ...offered(['choice', 'yes-no']),
    ...days.map((key) => `month:${key}`),
    'month:made',
    ...days.map((key) => `year:${key}`),
  ]
  return [...new Set([...(book.template.list.groups ?? []), ...all])]
}
