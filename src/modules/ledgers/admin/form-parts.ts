import type { Column, Field } from '../rules/template.ts'

/** What a control gets from its label. */
export interface Control {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}
export interface InputProps<Of extends Field | Column = Field | Column> {
  field: Of
  control: Control
  value: unknown
  change: (value: unknown) => void
}

/** `面积（亩）`: the unit stands with the name. */
export function nameOf(field: Field | Column, language: 'zh' | 'en'): string {
  const unit = field.kind === 'money' ? (language === 'zh' ? '元' : 'yuan') : field.unit
  const name = field.name[language]
  if (unit === undefined || unit === '' || field.kind === 'choice') return name
  return language === 'zh' ? `${name}（${unit}）` : `${name} (${unit})`
}

/** The id of a link that is chosen; '' while nothing is. */
export function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : ''
}

/** The name of a link that is chosen. */
export function linkName(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : ''
}
