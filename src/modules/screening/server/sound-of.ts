import { syllablesOfName } from '#kernel/pure/text/pinyin.ts'
import { fillSoundTables, makeSoundOf, makeSoundTables, type ReadCharacter, type SoundTables } from '../rules/sounds.ts'

const read: ReadCharacter = (character, as) =>
  // Behind another character the library reads it as a word, alone as a surname.
  (as === 'surname' ? syllablesOfName(character)[0] : syllablesOfName(`一${character}`)[1])?.toLowerCase() ?? character

const tables = makeSoundTables()
let isFull = false

/** The sound of a name; asks the pinyin library for each character once. Processes that only compare take the tables of the index file. */
export const soundOf = makeSoundOf(tables, read)

/** The tables with every character, to be kept beside an index. Takes about a second the first time. */
export function fullSoundTables(): SoundTables {
  if (!isFull) fillSoundTables(tables, read)
  isFull = true
  return tables
}
