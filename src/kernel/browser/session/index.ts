import type { Language } from '#kernel/pure/words/index.ts'

/** Row heights and type sizes of ux.md §7: 紧凑 14/36, 标准 15/44, 大字 18/56. */
export type Density = 'compact' | 'standard' | 'large'

/** What this browser remembers for whoever sits here: nothing about persons, no token. */
export interface Preferences {
  readonly language: Language
  readonly density: Density
  /** J/K/Enter without a modifier move in lists; people who type with assistive tools may switch them off. */
  readonly singleKeys: boolean
}

const storageKey = 'bangfu.preferences'
const listeners = new Set<() => void>()
let current: Preferences = load()

/** The preferences of this browser; the same object until one of them changes. */
export function getPreferences(): Preferences {
  return current
}

/** Changes some preferences, keeps them in localStorage and tells the listeners. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // a private window may refuse to store: the choice then lasts until the page is closed
  }
  for (const listener of listeners) listener()
}

/** Calls back when preferences change. Returns how to stop. */
export function onPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function load(): Preferences {
  const standard: Preferences = { language: 'zh', density: 'standard', singleKeys: true }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return standard
    const language = 'language' in stored && stored.language === 'en' ? 'en' : 'zh'
    const density = 'density' in stored && (stored.density === 'compact' || stored.density === 'large') ? stored.density : 'standard'
    const singleKeys = !('singleKeys' in stored && stored.singleKeys === false)
    return { language, density, singleKeys }
  } catch {
    return standard
  }
}
