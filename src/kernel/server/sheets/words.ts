import { fill, type Catalogue, type Language } from '#kernel/pure/words/index.ts'
import type { NamedError } from '#kernel/pure/errors/index.ts'
import { sheetWords } from '#kernel/pure/words/sheet-words.ts'

export { sheetWords }

/** The sentence for a `sheets.*` error; `undefined` for an error of another room. Lists are joined, long ones cut after 20. */
export function sayError(error: NamedError, language: Language): string | undefined {
  const catalogue: Catalogue = sheetWords
  const words = catalogue[error.code]
  if (words === undefined) return undefined
  const values: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(error.details)) {
    if (Array.isArray(value))
      values[key] =
        value
          .slice(0, 20)
          .map(String)
          .join(language === 'zh' ? '、' : ', ') + (value.length > 20 ? '…' : '')
    else if (typeof value === 'string' || typeof value === 'number') values[key] = value
  }
  return fill(words, language, values)
}
