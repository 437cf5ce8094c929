import { tidyIdNumber, tidyName, tidyPhone, widenIdNumber } from '#kernel/pure/text/index.ts'
import type { HouseholdMatch } from './register-records.ts'

/** One way to read what stands in the search box: a whole number to be found by its blind index, or the beginning of a text. */
export interface SearchWay {
  way: HouseholdMatch['way']
  words: string
}

/** The first text after all texts that begin with `words`, in code point order. */
export function endOfWords(words: string): string {
  return `${words}\u{10FFFF}`
}

/**
 * How a search is read: whole ID numbers (15 digits are widened) and telephones first, then household and person numbers from their
 * beginning; Chinese as a name or given name; letters as pinyin of the name, of the given name, or first letters.
 */
export function readSearch(written: string): SearchWay[] {
  const name = tidyName(written)
  if (name === '') return []
  if (/[^\x21-\x7e]/.test(name.replaceAll(/[üÜ·]/g, ''))) {
    return [
      { way: 'name', words: name },
      { way: 'given-name', words: name },
    ]
  }
  return /\d/.test(name) ? readNumber(name) : readLetters(name)
}

function readNumber(written: string): SearchWay[] {
  const ways: SearchWay[] = []
  const idNumber = tidyIdNumber(written)
  const widened = widenIdNumber(idNumber)
  if (widened !== undefined) ways.push({ way: 'id-number', words: widened })
  if (/^\d{17}[\dX]/.test(idNumber)) ways.push({ way: 'id-number', words: idNumber.slice(0, 18) })
  const phone = tidyPhone(written)
  if (/^\d{7,12}$/.test(phone) && /^[\d+()-]+$/.test(written)) ways.push({ way: 'phone', words: phone })
  if (/^[0-9A-Za-z]{4,32}$/.test(idNumber)) {
    const asWritten = written.replaceAll(/[-—–]/g, '')
    ways.push({ way: 'household-no', words: asWritten }, { way: 'person-no', words: asWritten })
  }
  return ways
}

function readLetters(written: string): SearchWay[] {
  const letters = written
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replaceAll(/[^a-z]/g, '')
  if (letters === '') return []
  return [
    { way: 'pinyin', words: letters },
    { way: 'given-pinyin', words: letters },
    { way: 'initials', words: letters },
  ]
}
