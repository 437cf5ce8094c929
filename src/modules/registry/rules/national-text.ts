import { fill, type Language } from '#kernel/pure/words/index.ts'
import { findField } from '../policy/policy.ts'
import type { NationalSource } from './national-records.ts'
import { nationalWords } from './national-words.ts'

/** The cell of a statement as a value that screens write: amounts in fen as numbers, what nobody could read as it was written. */
export function nationalValue(field: string, text: string): string | number | boolean | undefined {
  if (text === '') return undefined
  if (text.startsWith('?')) return text.slice(1)
  const type = findField(field)?.type
  const isNumber = type === 'money' || type === 'decimal' || type === 'integer'
  if (isNumber && Number.isFinite(Number(text))) return Number(text)
  if (type === 'boolean') return text === '是'
  return text
}

/** Where our value comes from, in words; `''` where nothing is known. */
export function saySource(source: NationalSource | undefined, language: Language): string {
  if (source === undefined) return ''
  if (source.from === 'file') return fill(nationalWords['source.file'], language, { kind: sayKind(source.kind, language), on: source.on })
  const { on = '', said = '', by = nationalWords.somebody[language] } = source
  return fill(nationalWords[source.isEvent === true ? 'source.event' : 'source.correction'], language, { said, by, on })
}

const kindWords: ReadonlyMap<string, Record<Language, string>> = new Map(Object.entries(nationalWords))

/** The name of a kind of file. */
export function sayKind(kind: string, language: Language): string {
  return kindWords.get(`kind.${kind}`)?.[language] ?? kind
}
