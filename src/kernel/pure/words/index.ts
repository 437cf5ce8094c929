/** The languages of the screens; Chinese is the one every text must have. */
export type Language = 'zh' | 'en'

/** A text in both languages; `{name}` places are filled from the values given to `t`. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A catalogue: keys are code words, values the texts in both languages. */
export type Catalogue = Readonly<Record<string, Words>>

/** Declares a catalogue so that its keys are known to the compiler. */
export function defineWords<const Texts extends Catalogue>(texts: Texts): Texts {
  return texts
}

/** Fills one text: `fill({ zh: '共 {n} 户', en: '{n} households' }, 'zh', { n: 12 })` → `共 12 户`. */
export function fill(words: Words, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
  return words[language].replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place))
}
