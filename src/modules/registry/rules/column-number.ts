/** The number, from 0, of the column that Excel calls by letters: `A` → 0, `AB` → 27. */
export function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64
  return number - 1
}
