const dangerous = new Set('=+-@\t\r\n\0＝＋－＠')
/** What XML cannot hold, or what means something in it; and what Excel takes for an escape. */
const special = /[&<>"\p{Cc}\p{Cs}\ufffe\uffff]|_x[0-9a-fA-F]{4}_/u
const mostCharacters = 32_767

/** A value that no spreadsheet program takes for a formula: a leading `= + - @`, TAB, CR, LF, NUL or full-width sign gets `'` (trust.md §3.4). */
export function neutralise(value: string): string {
  return dangerous.has(value.charAt(0)) && value !== '' ? `'${value}` : value
}

/** The text of a cell as XML: neutralised, at most 32,767 characters, without control characters and lone surrogates. */
export function cellXml(value: string): string {
  const safe = neutralise(value)
  return safe.length <= mostCharacters && !special.test(safe)
    ? safe
    : escapeXml(safe.toWellFormed().slice(0, mostCharacters).toWellFormed())
}

/** Text that may stand in an element or an attribute. */
export function escapeXml(value: string): string {
  return value
    .toWellFormed()
    .replace(/_x(?=[0-9a-fA-F]{4}_)/g, '_x005F_x')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) => (character === '\t' || character === '\n' ? character : ''))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
