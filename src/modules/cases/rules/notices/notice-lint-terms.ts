import { lettersOf, readSigns, type Letters } from './notice-signs.ts'

/** Somebody of a household that the notice is about. */
export interface PersonNamed {
  readonly name: string
  readonly isHead: boolean
  /** `YYYY-MM-DD`. */
  readonly bornOn?: string | undefined
}

/** What a text is scanned against. */
export interface LintTerms {
  /** Telephones of the office that may stand there. */
  readonly phones: readonly string[]
  readonly healthWords: readonly string[]
  /** Phrases in which a health word is none. */
  readonly harmless: readonly string[]
  readonly otherWords: readonly string[]
  /** Everybody of the households concerned. */
  readonly people: readonly PersonNamed[]
  /** Whether the notice shows names of heads in full. */
  readonly showsNames: boolean
  /** Names of places, in which a person's name is none. */
  readonly places: readonly string[]
  readonly today: string
}

/** First and last sign of a stretch of letters. */
export function placeOf(letters: Letters, at: number, length: number): { first: number; last: number } {
  return { first: letters.at[at] ?? 0, last: letters.at[at + length - 1] ?? 0 }
}

/** The text with phrases blanked; positions stay. */
export function without(text: string, phrases: readonly string[]): string {
  let blanked = text
  for (const phrase of phrases) {
    const word = lettersOf(readSigns(phrase)).text
    if (word !== '') blanked = blanked.split(word).join('\u0000'.repeat(word.length))
  }
  return blanked
}
