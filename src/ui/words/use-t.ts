import { useCallback, useSyncExternalStore } from 'react'
import { getPreferences, onPreferences, type Preferences } from '#kernel/browser/session/index.ts'
import { sayError } from '#kernel/browser/api/index.ts'
import { fill, type Catalogue, type Language, type Words } from '#kernel/pure/words/index.ts'

export type Values = Readonly<Record<string, string | number>>

/** The preferences of this browser; the component is drawn again when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, getPreferences)
}

/** The language the screen is read in. */
export function useLanguage(): Language {
  return usePreferences().language
}

/** Texts of one catalogue: `const t = useT(words)`, then `t('title')` or `t('count', { n: 12 })`. Unknown keys do not compile. */
export function useT<Texts extends Catalogue>(texts: Texts): (key: keyof Texts & string, values?: Values) => string {
  const language = useLanguage()
  return useCallback((key, values) => pick(texts, key, { language, values }), [texts, language])
}

/** Turns single `Words` (a menu entry's, a slot's) into text. */
export function useSay(): (words: Words, values?: Values) => string {
  const language = useLanguage()
  return useCallback((words, values) => fill(words, language, values), [language])
}

/** Turns a caught error into its sentence. */
export function useSayError(): (error: unknown) => string {
  const language = useLanguage()
  return useCallback((error) => sayError(error, language), [language])
}

function pick(texts: Catalogue, key: string, how: { language: Language; values: Values | undefined }): string {
  const words = texts[key]
  return words === undefined ? key : fill(words, how.language, how.values)
}
