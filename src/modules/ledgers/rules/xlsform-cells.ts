import type { Column, Field } from './template.ts'
import { valueOf } from './xlsform-from-feel.ts'
import { readFeel } from './xlsform-meaning.ts'
import { formChoices, writeTokens } from './xlsform-names.ts'
import { yesNo, type Scope } from './xlsform-scope.ts'
import { printXPath, XPathFault } from './xlsform-xpath.ts'

/** Languages of a form, as its heads name them. */
export const zh = '中文 (zh)'
export const en = 'English (en)'
export const surveyHead = [
  'type',
  'name',
  `label::${zh}`,
  `label::${en}`,
  `hint::${zh}`,
  `hint::${en}`,
  'required',
  'relevant',
  'constraint',
  `constraint_message::${zh}`,
  `constraint_message::${en}`,
  'calculation',
  'appearance',
  'default',
  'bangfu',
] as const
export type Cells = Readonly<Partial<Record<string, string>>>

export const cellsOf = (cells: Cells): string[] => surveyHead.map((head) => cells[head] ?? '')
export const labels = (name: { zh: string; en: string }): Cells => ({ [`label::${zh}`]: name.zh, [`label::${en}`]: name.en })
export const hints = (help: { zh: string; en: string } | undefined): Cells =>
  help === undefined ? {} : { [`hint::${zh}`]: help.zh, [`hint::${en}`]: help.en }
export const appearances: Readonly<Partial<Record<Field['kind'], string>>> = {
  'long-text': 'multiline',
  month: 'month-year',
  signature: 'signature',
}

/** An expression that no spreadsheet takes for a formula. */
export const safe = (text: string): string => (/^[-+=@]/.test(text) ? `(${text})` : text)

/** The text of a field that only shows one: a note. */
export function noteOf({ kind, computed }: Field | Column): string | undefined {
  if (kind !== 'long-text' || computed === undefined || !/^"(?:[^"\\]|\\.)*"$/.test(computed)) return undefined
  const text: unknown = JSON.parse(computed)
  return typeof text === 'string' ? text : undefined
}

export function boundsText({ min, max }: { min?: string; max?: string }): string {
  return [...(min === undefined ? [] : [`. >= ${min}`]), ...(max === undefined ? [] : [`. <= ${max}`])].join(' and ')
}

const plainTypes: Readonly<Partial<Record<Field['kind'], string>>> = {
  'yes-no': `select_one ${yesNo.list}`,
  money: 'decimal',
  date: 'date',
  month: 'date',
  place: 'geopoint',
  photo: 'image',
  signature: 'image',
  file: 'file',
}

/** The type of a question. */
export function typeOf(field: Field | Column, { isNote, list }: { isNote: boolean; list: string }): string {
  if (isNote) return 'note'
  if (field.computed !== undefined) return 'calculate'
  if (field.kind === 'choice') return `select_one ${list}`
  if (field.kind === 'choices') return `select_multiple ${list}`
  if (field.kind === 'number') return (field.places ?? 0) === 0 ? 'integer' : 'decimal'
  return plainTypes[field.kind] ?? 'text'
}

export function tokensOf(
  field: Field | Column,
  given: { key: string | undefined; isTitle: boolean; isNote: boolean; unit: { zh: string; en: string } | undefined },
): string {
  const { key, isTitle, isNote, unit } = given
  const isComputed = field.computed !== undefined && !isNote
  const hasPlaces = field.kind === 'number' && (isComputed || ((field.places ?? 0) > 0 && field.places !== 6))
  return writeTokens({
    key,
    kind: isComputed || field.kind === 'money' ? field.kind : undefined,
    places: hasPlaces ? String(field.places ?? 0) : undefined,
    unit: field.unit,
    'label-unit': unit?.zh,
    'label-unit-en': unit !== undefined && unit.en !== unit.zh ? unit.en : undefined,
    format: field.format,
    title: isTitle ? 'yes' : undefined,
    name: isNote ? `${field.name.zh}|${field.name.en}` : undefined,
  })
}

/** A default as a form writes it: fixed, or an expression. */
export function defaultOf(field: Field | Column, text: string, scope: Scope): string {
  const node = readFeel(text, scope)
  if (field.kind === 'yes-no') {
    if (node.kind === 'literal' && typeof node.value === 'boolean') return node.value ? yesNo.yes : yesNo.no
    throw new XPathFault('feel-part', text)
  }
  if (field.kind === 'choice' || field.kind === 'choices') return chosen(field, node.kind === 'list' ? node.items : [node], text)
  if (node.kind === 'literal' && typeof node.value === 'string') {
    // A fixed text that looks like an expression would be taken for one.
    if (/\$\{|[A-Za-z-]+\(.*\)/.test(node.value)) throw new XPathFault('feel-part', text)
    return node.value
  }
  const written = printXPath(valueOf(node, scope))
  const day = /^date\('(\d{4}-\d{2}-\d{2})'\)$/.exec(written)?.[1]
  if (day !== undefined || /^-?\d+(\.\d+)?$/.test(written)) return day ?? written
  if (!/\$\{|[A-Za-z-]+\(.*\)/.test(written)) throw new XPathFault('feel-part', text)
  return safe(written)
}

function chosen(field: Field | Column, nodes: readonly { readonly kind: string; readonly value?: unknown }[], text: string): string {
  const names = formChoices(field)
  const keys = nodes.map((node) => field.choices?.find((choice) => node.kind === 'literal' && choice.name.zh === node.value)?.key)
  if (keys.includes(undefined)) throw new XPathFault('feel-part', text)
  return keys.map((key) => names.get(key ?? '') ?? '').join(' ')
}
