import type { Field, FieldKind } from '../rules/template.ts'

/** Which of the record's sort keys a kind takes (decision 0032); the others are shown but not sorted or filtered by. */
export type KeyGroup = 'text' | 'number' | 'day'
export const mostKeys: Readonly<Record<KeyGroup, number>> = { text: 8, number: 6, day: 4 }

const groups: Readonly<Partial<Record<FieldKind, KeyGroup>>> = {
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

/** The key a field would take when it is offered to sort or filter by; nothing for kinds and fields that are never offered. */
export function keyGroupOf(field: Pick<Field, 'kind' | 'sensitive'>): KeyGroup | undefined {
  return field.sensitive === true ? undefined : groups[field.kind]
}

/** Kinds that stand in a cell of a list. */
export function fitsList({ kind }: Pick<Field, 'kind'>): boolean {
  return kind !== 'table' && kind !== 'photo' && kind !== 'file' && kind !== 'signature' && kind !== 'place' && kind !== 'long-text'
}

/** Kinds whose answer is written over the whole width. */
export function isWide({ kind }: Pick<Field, 'kind'>): boolean {
  return kind === 'long-text' || kind === 'table' || kind === 'photo' || kind === 'file' || kind === 'signature'
}

/** Kinds that a column of a repeating table may have. */
export const columnKinds = ['text', 'number', 'money', 'date', 'month', 'choice', 'yes-no'] as const satisfies readonly FieldKind[]

export function hasChoices({ kind }: Pick<Field, 'kind'>): boolean {
  return kind === 'choice' || kind === 'choices'
}
