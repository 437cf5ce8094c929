import type { FeelType } from '#kernel/pure/expressions/index.ts'
import type { Column, Field, FieldKind } from './template.ts'

/** Columns of a record in which a field can be sorted and filtered by, by group. */
export const keyColumns = {
  text: ['text_1', 'text_2', 'text_3', 'text_4', 'text_5', 'text_6', 'text_7', 'text_8'],
  number: ['number_1', 'number_2', 'number_3', 'number_4', 'number_5', 'number_6'],
  day: ['day_1', 'day_2', 'day_3', 'day_4'],
} as const
export type KeyGroup = keyof typeof keyColumns
export type KeyColumn = (typeof keyColumns)[KeyGroup][number]

const groupOf: Readonly<Partial<Record<FieldKind, KeyGroup>>> = {
  text: 'text',
  choice: 'text',
  'yes-no': 'text',
  person: 'text',
  household: 'text',
  organisation: 'text',
  area: 'text',
  record: 'text',
  number: 'number',
  money: 'number',
  date: 'day',
  month: 'day',
}

/** In which group of key columns a kind stands; undefined for what cannot be sorted or filtered by. */
export function keyGroupOf(kind: FieldKind): KeyGroup | undefined {
  return groupOf[kind]
}

export const linkKinds = ['person', 'household', 'organisation', 'area', 'record'] as const
export type LinkKind = (typeof linkKinds)[number]
/** Whether a field names somebody or something that has a page of its own. */
export function isLink(kind: FieldKind): kind is LinkKind {
  return linkKinds.some((one) => one === kind)
}
export const fileKinds: readonly FieldKind[] = ['photo', 'file', 'signature']
/** Whether a field holds files. */
export const isFiles = (kind: FieldKind): boolean => fileKinds.includes(kind)

/** Kinds that a column of a table may have. */
export const columnKinds: readonly FieldKind[] = ['text', 'long-text', 'number', 'money', 'date', 'month', 'choice', 'choices', 'yes-no']

/** What a field is in formulas. Choices and links are texts (their Chinese names), files their number. */
export function feelTypeOf(field: Field | Column): FeelType {
  switch (field.kind) {
    case 'number':
    case 'money':
    case 'photo':
    case 'file':
    case 'signature':
      return 'number'
    case 'date':
      return 'date'
    case 'yes-no':
      return 'boolean'
    case 'choices':
      return { list: 'string' }
    case 'table': {
      const columns = 'columns' in field ? (field.columns ?? []) : []
      return { list: { context: Object.fromEntries(columns.map((column) => [column.name.zh, feelTypeOf(column)])) } }
    }
    case 'text':
    case 'long-text':
    case 'month':
    case 'choice':
    case 'person':
    case 'household':
    case 'organisation':
    case 'area':
    case 'record':
    case 'place':
      return 'string'
  }
}

/** Decimal places that a number or an amount may have. */
export const placesOf = (field: Field | Column): number => (field.kind === 'money' ? 2 : (field.places ?? 0))

/** Whether a number is a year, by its bounds or its name: 2024 and not 2,024. */
export function isYear({ kind, places = 0, min, max, name }: Field | Column): boolean {
  if (kind !== 'number' || places > 0) return false
  const isBound = min !== undefined && max !== undefined && Number(min) >= 1800 && Number(max) <= 2300
  return isBound || /(年度|年份|年)$/.test(name.zh)
}
