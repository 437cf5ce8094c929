// Server only: the table weighs 143 KB in a browser (ux.md §1); a wall keeps it out of browser code.
import { pinyin } from 'pinyin-pro'

/** The sound of a name: `full` for search by pinyin, `initials` for search by first letters; surname readings first (单 shan, 曾 zeng, 区 ou). */
export interface NameSound {
  full: string
  initials: string
}

/** The sound of a personal name, lower case, without tones and spaces; letters that are not Chinese stay. */
export function soundOfName(name: string): NameSound {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' })
  const clean = syllables.map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
  return { full: clean.join(''), initials: clean.map((syllable) => syllable.slice(0, 1)).join('') }
}

/** The syllables of a name, for comparing one syllable at a time. */
export function syllablesOfName(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' })
}
