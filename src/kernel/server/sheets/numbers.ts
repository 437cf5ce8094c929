const dayMs = 86_400_000
const epochMs = Date.UTC(1899, 11, 30)

/** True for a number that has lost its tail: 16 digits or more before the point, plain or as `4.3E+17`. */
export function hasLostTail(raw: string): boolean {
  if (raw.length < 5) return false
  const at = raw.search(/[eE]/)
  if (at < 0) return /^-?\d{16,}(?:\.0*)?$/.test(raw)
  return /^-?\d(?:\.\d+)?[eE]\+?\d{2,3}$/.test(raw) && Math.abs(Number(raw)) >= 1e15
}

/** True for a text cell such as `4.30595E+17`: an identity number that a program has already spoilt. Cheap for all other cells. */
export function looksScientific(text: string): boolean {
  const second = text.charCodeAt(1) | 32
  if (text.length < 5 || text.length > 24 || (second !== 46 && second !== 101)) return false
  return /[eE]\+?\d{2}$/.test(text) && hasLostTail(text)
}

/** A number as Excel shows it: `1.1000000000000001` → `1.1`, `4.30595E+17` → `430595000000000000`. Text that is no number stays. */
export function showNumber(raw: string): string {
  if (isPlain(raw, 0, raw.length)) return raw
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (/^-?\d+$/.test(raw)) return raw
  const rounded = Number(value.toPrecision(15))
  const size = Math.abs(rounded)
  if (size >= 1e15 && size < 1e40) return expand(value)
  return rounded !== 0 && size < 1e-6 ? rounded.toFixed(20).replace(/0+$/, '') : String(rounded)
}

/** True for fewer than 16 characters from `from` to before `to` that are digits with at most one point between them, perhaps a minus. By codes: this runs for every number of a sheet. */
export function isPlain(text: string, from: number, to: number): boolean {
  if (to - from >= 16) return false
  const first = text.charCodeAt(from) === 45 ? from + 1 : from
  let points = 0
  for (let at = first; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 46 && at > first && at + 1 < to) points += 1
    else if (code < 48 || code > 57) return false
  }
  return to > first && points < 2
}

/** `4.30595197908113e+17` → `430595197908113000`: by its decimal digits, since the binary value ends in others. */
function expand(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(14).split('e')
  return digits.replace('.', '').padEnd(Number(exponent) + (value < 0 ? 2 : 1), '0')
}

/** An Excel serial as a day `2023-09-05`, with the time when there is one; a fraction alone is a time. Outside the calendar: the number itself. */
export function showSerial(raw: string, date1904: boolean): string {
  const serial = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return showNumber(raw)
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400)
  const time = new Date(seconds * 1000).toISOString().slice(11, 19)
  const whole = Math.floor(serial) + (seconds === 86_400 ? 1 : 0)
  if (whole === 0 && !date1904) return time
  // Excel believes in 29 February 1900: days before it stand one later.
  const days = date1904 ? whole + 1462 : whole < 60 ? whole + 1 : whole
  const day = new Date(epochMs + days * dayMs).toISOString().slice(0, 10)
  return seconds % 86_400 === 0 ? day : `${day} ${time}`
}

/** The built-in formats of Excel that are dates or times, the Chinese ones (27–36, 50–58) included. */
export function isDateFormatId(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** True when a number format written by hand shows a date or a time: `yyyy"年"m"月"`, `[$-804]aaaa`, `h:mm`. */
export function isDateFormat(code: string): boolean {
  if (code.length > 255 || /general/i.test(code)) return false
  const bare = code.replace(/\[[hms]+\]/gi, 'h').replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '')
  return /[ymdhs]|aaa/i.test(bare.split(';')[0]?.replace(/am\/pm|a\/p/gi, 'h') ?? '')
}
