import { foldSyllable, type SyllableOf } from '#modules/registry/rules/index.ts'
import type { SoundOf } from './build-index.ts'

/** Sounds of characters as letters, beside the numbers by which names are found. */
export interface Readings {
  syllableOf: SyllableOf
  /** The number of a name that is given by its syllables. */
  soundOfSyllables(syllables: readonly string[]): number
}
/** A sound that can also say how characters are read; without it only names that sound the same are found. */
export type SoundWithReadings = SoundOf & { readonly readings?: Readings }

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

function likeOf(syllable: string): readonly string[] {
  const alike = (mistaken.get(foldSyllable(syllable)) ?? []).filter((one) => one === syllable || spoken.test(one))
  return alike.length === 0 ? [syllable] : alike
}

const mostSounds = 1_200

/**
 * The sounds under which somebody may stand in the register whose name was misheard, written in another order, or with one character too
 * many; with `withMissing` also where the row left one out. The sound of the name itself is not among them.
 */
export function soundsLike(readings: Readings, name: string, withMissing: boolean): ReadonlySet<number> {
  const characters = Array.from(name)
  const found = new Set<number>()
  if (characters.length < 2 || characters.length > 3 || name.includes('·')) return found
  const read = characters.map((character, at) => readings.syllableOf(character, at === 0 ? 'surname' : 'given'))
  const add = (parts: readonly string[]): void => void (found.size < mostSounds && found.add(readings.soundOfSyllables(parts)))
  const [surname = '', ...given] = read
  for (const parts of combine(read.map(likeOf))) add(parts)
  if (given.length === 2) add([surname, ...given.toReversed()])
  if (given.length > 1) given.forEach((_, out) => add([surname, ...given.filter((_part, at) => at !== out)]))
  if (withMissing && given.length === 1)
    for (const one of syllables) {
      if (!spoken.test(one)) continue
      add([surname, one, ...given])
      add([surname, ...given, one])
    }
  found.delete(readings.soundOfSyllables(read))
  return found
}

function combine(choices: readonly (readonly string[])[]): string[][] {
  return choices.reduce<string[][]>((lists, next) => lists.flatMap((list) => next.map((one) => [...list, one])), [[]])
}
