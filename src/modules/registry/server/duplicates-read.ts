import { syllablesOfName } from '#kernel/pure/text/pinyin.ts'
import type { SyllableOf } from '../rules/linkage-sounds.ts'

/** Reads characters one at a time, so that namesakes in other characters sound the same; each is asked of the library once. */
export function makeSyllableOf(): SyllableOf {
  const known = new Map<string, string>()
  return (character, as) => {
    const key = as === 'surname' ? character : `一${character}`
    const syllable = known.get(key)
    if (syllable !== undefined) return syllable
    const read = syllablesOfName(key)[as === 'surname' ? 0 : 1]?.toLowerCase() ?? character
    known.set(key, read)
    return read
  }
}
