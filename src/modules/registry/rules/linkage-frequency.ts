import type { NameParts } from './linkage-name.ts'

/** How often names and their parts occur in the register: 张 is weak evidence, 䶮 strong. */
export interface NameFrequencies {
  /** Persons counted. */
  readonly persons: number
  add(name: NameParts, times?: number): void
  /** Share of the persons whose part of the name reads so; at least that of one person more than were counted. */
  shareOf(part: 'surname' | 'given', as: 'plain' | 'sound' | 'fold' | 'character', key: string): number
}

/** Counts names; a sample of the register will do, rare names then weigh no more than the sample can show. */
export function countNames(): NameFrequencies {
  const counts = new Map<string, number>()
  let persons = 0
  const count = (key: string, times: number): void => void counts.set(key, (counts.get(key) ?? 0) + times)
  return {
    get persons() {
      return persons
    },
    add(name, times = 1) {
      persons += times
      for (const part of ['surname', 'given'] as const) {
        const { keys, sounds } = name[part]
        count(`${part}plain${keys.plain}`, times)
        count(`${part}sound${keys.sound}`, times)
        count(`${part}fold${keys.fold}`, times)
        if (part === 'given') for (const sound of new Set(sounds)) count(`givencharacter${sound}`, times)
      }
    },
    shareOf: (part, as, key) => ((counts.get(`${part}${as}${key}`) ?? 0) + 1) / (persons + 1),
  }
}
