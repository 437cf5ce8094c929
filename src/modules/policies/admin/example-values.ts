import type { Language } from '#kernel/pure/words/index.ts'
import type { PolicyExample } from '../contract.ts'
import { cellWords } from './cell-words.ts'

export type Plain = string | number | boolean | null
type Expected = PolicyExample['expected'][string]

/** A value of an example as its field shows it; unknown is empty. */
export function textOfJson(value: Expected | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => textOfJson(one)).join('、')
  return typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
}

/** What was written into a field: a number, yes or no, several words with 、 between them, or a word. */
export function jsonOfText(text: string): Expected {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === '未知') return null
  if (trimmed === '是' || trimmed === 'yes' || trimmed === 'true') return true
  if (trimmed === '否' || trimmed === 'no' || trimmed === 'false') return false
  if (/[、\t]/.test(trimmed)) return trimmed.split(/[、\t]/).map((one) => singleOf(jsonOfText(one)))
  return /^-?\d{1,15}(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}

/** A fact is one value; several words stand in one text. */
export function singleOf(value: Expected): Plain {
  return Array.isArray(value) ? value.map(String).join('、') : value
}

/** A value in words. */
export function sayJson(value: Expected, language: Language): string {
  if (value === null) return cellWords.unknown[language]
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => sayJson(one, language)).join(cellWords.comma[language])
  return typeof value === 'boolean' ? cellWords[value ? 'yes' : 'no'][language] : String(value)
}
