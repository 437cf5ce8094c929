/**
 * A cell as an example of its column, told apart but not readable: of numbers the ends, of names the surname, of other texts the
 * beginning. `431234199001011234` → `431***34`, `王小明` → `王＊＊`, `2023-09-01` and amounts stay.
 */
export function hideMiddle(cell: string): string {
  const text = cell.trim()
  const digits = text.replace(/[\s'’-]/g, '')
  if (/^\d{4}([-./年])\d{1,2}\1?/.test(text)) return text.slice(0, 10)
  if (/[\dXx]{7,}/.test(digits)) return `${digits.slice(0, 3)}***${digits.slice(-2)}`
  if (/^\p{Script=Han}{2,4}$/u.test(text)) return `${text.slice(0, 1)}${'＊'.repeat(text.length - 1)}`
  return text.length > 12 ? `${text.slice(0, 4)}…` : text
}
