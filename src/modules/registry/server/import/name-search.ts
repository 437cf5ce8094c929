import { soundOfName } from '#kernel/pure/text/pinyin.ts'
import { givenNameOf } from '../../rules/given-name.ts'

/** What a name is searched by. */
export interface NameSearch {
  givenName: string
  pinyin: string
  givenPinyin: string
  initials: string
}

const cachedNames = 50_000

/** Computes search columns with a cache per name: in a county most names occur more than once. */
export function makeNameSearch(): (name: string) => NameSearch {
  const known = new Map<string, NameSearch>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const made = searchOf(name)
    if (known.size >= cachedNames) known.clear()
    known.set(name, made)
    return made
  }
}

/** The search columns of one name; the given name's reading is the rest of the full one, so that surname readings stay right. */
export function searchOf(name: string): NameSearch {
  const givenName = givenNameOf(name)
  const { full, initials } = soundOfName(name)
  const surname = name.startsWith(givenName) ? '' : soundOfName(name.slice(0, name.length - givenName.length)).full
  const givenPinyin = surname !== '' && full.startsWith(surname) ? full.slice(surname.length) : soundOfName(givenName).full
  return { givenName, pinyin: full, givenPinyin, initials }
}
