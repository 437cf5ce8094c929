/** Replaces a name in a formula where it stands alone; names within longer names and within texts stay. */
export function renameIn(formula: string, from: string, to: string): string {
  if (from === '') return formula
  return formula
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, at) => (at % 2 === 1 ? part : renamePart(part, from, to)))
    .join('')
}

function renamePart(text: string, from: string, to: string): string {
  const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter)
  let out = ''
  let at = 0
  for (;;) {
    const found = text.indexOf(from, at)
    if (found < 0) return out + text.slice(at)
    const isAlone = !isLetter(text[found - 1]) && !isLetter(text[found + from.length])
    out += text.slice(at, found) + (isAlone ? to : from)
    at = found + from.length
  }
}
