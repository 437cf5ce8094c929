import { createHash } from 'node:crypto'

const salts = new Map<string, number>()

/** A number of a ledger, so that its signs are not those of another one. */
function saltOf(templateKey: string): number {
  const known = salts.get(templateKey)
  if (known !== undefined) return known
  const salt = Number.parseInt(createHash('sha256').update(templateKey).digest('hex').slice(0, 7), 16)
  if (salts.size > 1000) salts.clear()
  salts.set(templateKey, salt)
  return salt
}

/** Signs by code point; letters of ASCII as small ones, as PostgreSQL does in collation "C". */
function signsOf(text: string): number[] {
  const signs: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    signs.push(code >= 65 && code <= 90 ? code + 32 : code)
  }
  return signs
}

/** The longest row of signs that is kept. */
const longest = 3

/** One sign more; products stay below 2^53. */
const next = (gram: number, sign: number): number => (gram * 65_599 + sign) % 2_147_483_648

/** One, two and three neighbouring signs of a title, as numbers: a word inside of it is found by those of the word. The same as `ledgers.grams_of`. */
export function gramsOfTitle(templateKey: string, title: string): ReadonlySet<number> {
  const salt = saltOf(templateKey)
  const signs = signsOf(title)
  const grams = new Set<number>()
  for (let start = 0; start < signs.length; start += 1) {
    let gram = 0
    for (const sign of signs.slice(start, start + longest)) {
      gram = next(gram, sign)
      grams.add(gram ^ salt)
    }
  }
  return grams
}

/** What a title must have to hold these words in a row: threes of signs, or all of them where they are fewer. */
export function gramsOfWords(templateKey: string, words: string): number[] {
  const salt = saltOf(templateKey)
  const signs = signsOf(words)
  if (signs.length === 0) return []
  const starts = signs.slice(0, Math.max(1, signs.length - longest + 1))
  return [...new Set(starts.map((_, start) => signs.slice(start, start + longest).reduce(next, 0) ^ salt))]
}
