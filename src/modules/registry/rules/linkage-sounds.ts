/**
 * What people confuse when they write a syllable by ear, as found in practice: n/l, z/zh, c/ch, s/sh, f/h before u, in/ing, en/eng, an/ang.
 * Two syllables with one key may be one name heard twice.
 */
export function foldSyllable(syllable: string): string {
  const known = folded.get(syllable)
  if (known !== undefined) return known
  const [, initial = '', final = ''] = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.*)$/.exec(syllable) ?? []
  const key = foldBreath(foldInitial(initial), final.replace(/^([a-z]*[aei])ng$/, '$1n'))
  folded.set(syllable, key)
  return key
}

const folded = new Map<string, string>()

function foldInitial(initial: string): string {
  if (initial === 'n') return 'l'
  return initial.length === 2 ? initial.slice(0, 1) : initial
}

/** hu- and f-: 黄 huang and 方 fang, 胡 hu and 付 fu, 惠 hui and 费 fei are one in much of the south. */
function foldBreath(initial: string, final: string): string {
  if (initial !== 'h' || !final.startsWith('u')) return initial + final
  const rest = final.slice(1)
  if (rest === '') return 'fu'
  return `f${rest === 'i' ? 'ei' : rest === 'n' ? 'en' : rest}`
}

/** Reads one character in letters without tones, as part of a given name or as a surname; the character itself where it has no reading. */
export type SyllableOf = (character: string, as: 'surname' | 'given') => string

/** Double surnames whose characters are read otherwise than alone. */
export const doubleReadings: Readonly<Record<string, string>> = {
  单于: 'chan yu',
  万俟: 'mo qi',
  尉迟: 'yu chi',
  澹台: 'tan tai',
  长孙: 'zhang sun',
}
