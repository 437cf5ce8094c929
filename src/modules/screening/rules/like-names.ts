import { foldSyllable, type SyllableOf } from '#modules/registry/rules/index.ts'
import type { SoundOf } from './build-index.ts'

/** Sounds of characters as letters, beside the numbers by which names are found. */
export interface Readings {
  syllableOf: SyllableOf
  /** The number of a name that is given by its syllables. */
  soundOfSyllables(syllables: readonly string[]): number
}
/** A sound that can also say how characters are read; without it only names that sound the same are found. */
export type SoundWithReadings = SoundOf & { readonly readings?: Readings; readonly tables?: { given: Int32Array; surname: Int32Array } }

const initials = ['', 'b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r', 'z', 'c', 's', 'y', 'w']
const finals =
  'a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ueng ue v ve van vn io'.split(' ')

/** Every way in which a syllable may be written; more than exist, which does no harm. */
export const syllables: readonly string[] = [...initials.flatMap((initial) => finals.map((final) => initial + final)), 'er']

const mistaken = new Map<string, string[]>()
for (const syllable of syllables) {
  const key = foldSyllable(syllable)
  const alike = mistaken.get(key)
  if (alike === undefined) mistaken.set(key, [syllable])
  else alike.push(syllable)
}
/** Syllables of Chinese as they are pronounced; of those above that sound alike only these are asked for. */
const spoken =
  /^(?:[bpm](?:a|o|ai|ei|ao|an|en|ang|eng|i|ie|iao|ian|in|ing|u)|m(?:e|ou|iu)|pou|f(?:a|o|ei|ou|an|en|ang|eng|u)|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|uan|un|v|ve|ue)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:[zcs]h?|r)(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|y(?:a|e|i|ao|ou|an|in|ang|ing|ong|u|ue|uan|un|o)|w(?:a|o|ai|ei|an|en|ang|eng|u)|a|o|e|ai|ei|ao|ou|an|en|ang|er)$/

const likeSounds = new Map<string, readonly string[]>()

/** The syllables for which this one may be taken, itself among them. */
export function likeOf(syllable: string): readonly string[] {
  const known = likeSounds.get(syllable)
  if (known !== undefined) return known
  const alike = (mistaken.get(foldSyllable(syllable)) ?? []).filter((one) => one === syllable || spoken.test(one))
  const sounds = alike.length === 0 ? [syllable] : alike
  likeSounds.set(syllable, sounds)
  return sounds
}

/**
 * The sounds under which somebody may stand in the register whose name was misheard in one syllable, written in another order, or with one
 * character too many: a dozen look-ups. The sound of the name itself is not among them.
 */
export function soundsLike(readings: Readings, name: string): readonly number[] {
  const found: number[] = []
  const characters = Array.from(name)
  if (characters.length < 2 || characters.length > 3 || name.includes('·')) return found
  const read = characters.map((character, at) => readings.syllableOf(character, at === 0 ? 'surname' : 'given'))
  const own = readings.soundOfSyllables(read)
  const add = (parts: readonly string[]): void => {
    const sound = readings.soundOfSyllables(parts)
    if (sound !== own && !found.includes(sound)) found.push(sound)
  }
  const tried = read.slice()
  read.forEach((syllable, at) => {
    for (const other of likeOf(syllable)) {
      tried[at] = other
      add(tried)
    }
    tried[at] = syllable
  })
  const [surname = '', first = '', second] = read
  if (second !== undefined) {
    add([surname, second, first])
    add([surname, first])
    add([surname, second])
  }
  return found
}
