/** How many households have which result of a column; `''` is undecided. Sums to the households. */
export type ClassCounts = Readonly<Record<string, number>>

/** Counts the results of a column; the counts add up to `codes.length`. */
export function countWords(words: readonly string[], codes: Int32Array): ClassCounts {
  const counts = Array.from({ length: words.length + 1 }, () => 0)
  for (let record = 0; record < codes.length; record += 1) {
    const at = (codes[record] ?? -1) + 1
    counts[at] = (counts[at] ?? 0) + 1
  }
  const named = words.map((word, code): [string, number] => [word, counts[code + 1] ?? 0])
  return Object.fromEntries([...named, ['', counts[0] ?? 0] as const].filter(([, count]) => count > 0))
}

/** What does not add up: columns whose counts are not the households. Empty when all balance. */
export function findImbalance(counts: Readonly<Record<string, ClassCounts>>, households: number): string[] {
  return Object.entries(counts).flatMap(([column, ofColumn]) => {
    const sum = Object.values(ofColumn).reduce((total, count) => total + count, 0)
    return sum === households ? [] : [`${column}: ${sum} ≠ ${households}`]
  })
}

/** Words of the shipped tables that say "none of the layers", "none of the classes". */
const outside = new Set(['两层之外', '不分类', '未定', '未启用', '不适用'])
const numerals = '一二三四五六七八九'

/** A result as the files of truth write it: 第二层 and 第三类 are 2 and 3, outside of all is empty; a county's own word stays. */
export function numberOfClass(word: string): string {
  if (outside.has(word)) return ''
  const found = /^第(.)[层类]$/.exec(word)
  const at = found?.[1] === undefined ? -1 : numerals.indexOf(found[1])
  return at < 0 ? word : String(at + 1)
}
