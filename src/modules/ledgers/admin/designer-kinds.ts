import { isFiles, isLink, keyColumns, keyGroupOf, type KeyGroup } from '../rules/field-kinds.ts'
import type { Field } from '../rules/template.ts'

/** How many fields of a group can be offered to sort and filter by. */
export function mostOffered(group: KeyGroup): number {
  return keyColumns[group].length
}

/** The group of keys a field takes when it is offered to sort or filter by; nothing for what is never offered. */
export function offeredGroup(field: Pick<Field, 'kind' | 'sensitive'>): KeyGroup | undefined {
  return field.sensitive === true ? undefined : keyGroupOf(field.kind)
}

/** Kinds that stand in a cell of a list. */
export function fitsList({ kind }: Pick<Field, 'kind'>): boolean {
  return kind !== 'table' && kind !== 'place' && kind !== 'long-text' && !isFiles(kind)
}

/** Kinds whose answer is written over the whole width. */
export function isWide({ kind }: Pick<Field, 'kind'>): boolean {
  return kind === 'long-text' || kind === 'table' || isFiles(kind)
}

/** Fields that can name a record. */
export function fitsTitle({ kind, sensitive }: Pick<Field, 'kind' | 'sensitive'>): boolean {
  return sensitive !== true && (kind === 'text' || kind === 'choice' || isLink(kind))
}

export function hasChoices({ kind }: Pick<Field, 'kind'>): boolean {
  return kind === 'choice' || kind === 'choices'
}

/** Kinds that can be computed or have a default. */
export function mayCompute({ kind }: Pick<Field, 'kind'>): boolean {
  return !isFiles(kind) && !isLink(kind) && kind !== 'table' && kind !== 'place'
}

/** Kinds that can be gathered from other records. */
export function mayGather({ kind, sensitive }: Pick<Field, 'kind' | 'sensitive'>): boolean {
  return sensitive !== true && (kind === 'number' || kind === 'money' || kind === 'date')
}

/** Kinds that a decision table can give. */
export function mayBeDecided({ kind, sensitive }: Pick<Field, 'kind' | 'sensitive'>): boolean {
  return sensitive !== true && ['number', 'money', 'text', 'long-text', 'choice', 'yes-no', 'date'].includes(kind)
}

/** Kinds of which one of the same can be refused. */
export function mayBeUnique({ kind, sensitive }: Pick<Field, 'kind' | 'sensitive'>): boolean {
  return sensitive !== true && (isLink(kind) || ['text', 'number', 'money', 'date', 'month', 'choice', 'yes-no'].includes(kind))
}
