import { fill, type Catalogue, type Language, type Words } from '#kernel/pure/words/index.ts'
import { sheetWords } from '#kernel/pure/words/sheet-words.ts'
import { isApiError } from './api-error.ts'
import { httpWords } from './http-words.ts'

const catalogues: Catalogue[] = [httpWords, sheetWords]

/** Adds a module's sentences, keyed by error code (`identity.locked`). A sentence says what happened, what to do and whom to call. */
export function registerErrorWords(catalogue: Catalogue): void {
  if (!catalogues.includes(catalogue)) catalogues.push(catalogue)
}

/** The sentence for people: what happened, what to do, whom to call. A code without a sentence is named in a sentence that asks for help. */
export function sayError(error: unknown, language: Language): string {
  if (!isApiError(error)) return httpWords['page.fault'][language]
  const words = find(error.code)
  if (words !== undefined) return fill(words, language, readable(error.details))
  const fallback = error.status >= 500 ? httpWords['http.fault'] : httpWords['page.unknown-refusal']
  return fill(fallback, language, { code: error.code, ...readable(error.details) })
}

function find(code: string): Words | undefined {
  for (const catalogue of catalogues) {
    const words = catalogue[code]
    if (words !== undefined) return words
  }
  return undefined
}

/** Details as they stand in a sentence: lists joined, objects by their own values, nothing left out silently. */
function readable(details: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, readValue(value)]))
}

/** A moment as the server writes it, as the clock on the wall shows it; a day or any other text is left as it is. */
function readMoment(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return undefined
  const atMs = Date.parse(text) + 8 * 3_600_000 // Asia/Shanghai, no daylight saving
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}

function readValue(value: unknown): string | number {
  if (typeof value === 'string') return readMoment(value) ?? value
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.map(readValue).join('、')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(readValue).join(' ')
  return String(value)
}
