import { makeDay, type Day } from './day.ts'

/**
 * The shapes in which days stand in cells, with what each means; the test reads every one of them. A month alone is its first day.
 * What two people could read as two days (`3/4/2023`, `09/01/23`) is no day, and neither is a rest that says more (`上旬`, a second day).
 */
export const dayShapes: readonly (readonly [written: string, day: string])[] = [
  ['2023-09-01', '2023-09-01'],
  ['2023-9-1', '2023-09-01'],
  ['2023.9.1', '2023-09-01'],
  ['2023/09/01', '2023-09-01'],
  ['20230901', '2023-09-01'],
  ['2023年9月1日', '2023-09-01'],
  ['2023年9月1号', '2023-09-01'],
  ['2023 年 9 月 1 日', '2023-09-01'],
  ['２０２３年９月１日', '2023-09-01'],
  ['二〇二三年九月一日', '2023-09-01'],
  ['二零二三年十一月二十三日', '2023-11-23'],
  ['2023、9、1', '2023-09-01'],
  ['2023，9，1', '2023-09-01'],
  ['2023-9-1 0:00', '2023-09-01'],
  ['2023-09-01 10:03:05', '2023-09-01'],
  ['2023/9/1 下午 3:20', '2023-09-01'],
  ['2023-09-01T00:00:00', '2023-09-01'],
  ['2023-08-31T16:00:00.000Z', '2023-09-01'],
  ['20230901120000', '2023-09-01'],
  ['2023年9月1日 星期五', '2023-09-01'],
  ['2023-9-1（周五）', '2023-09-01'],
  ["'2023-09-01", '2023-09-01'],
  ['45170', '2023-09-01'],
  ['45170.418', '2023-09-01'],
  ['23.9.1', '2023-09-01'],
  ['98.12.31', '1998-12-31'],
  ['23年9月1日', '2023-09-01'],
  ['23/9/1', '2023-09-01'],
  ['1-Sep-2023', '2023-09-01'],
  ['1-Sep-23', '2023-09-01'],
  ['Sep 1, 2023', '2023-09-01'],
  ['September 1, 2023', '2023-09-01'],
  ['Fri Sep 01 00:00:00 CST 2023', '2023-09-01'],
  ['9/25/2023', '2023-09-25'],
  ['25/9/2023', '2023-09-25'],
  ['2023年9月', '2023-09-01'],
  ['2023.9', '2023-09-01'],
  ['2023-09', '2023-09-01'],
  ['202309', '2023-09-01'],
  ['2023年九月', '2023-09-01'],
  ['九月 2023', '2023-09-01'],
  ['9月 2023', '2023-09-01'],
]

const dayMs = 86_400_000
const excelEpochMs = Date.UTC(1899, 11, 30)
const shanghaiOffsetMs = 8 * 3_600_000
/** Years of two digits up to this are of this century: birthdays reach back, deadlines some years ahead. */
const lastShortYear = 36
const numbers = '(\\d{4})\\s*[-./年、,]\\s*(\\d{1,2})'
const rest = '(?:\\s*[T\\s(,]\\s*[\\d:.,时分秒点上下午晚早星期周礼拜一二三四五六日天AMPZamp+()\\s-]*)?'
const full = new RegExp(`^${numbers}(?:\\s*[-./月、,]\\s*(\\d{1,2})\\s*[日号]?|\\s*月?)${rest}$`)
const plain = /^\d{4}-\d{2}-\d{2}$/
/** Of the years near us: other numbers of twelve or fourteen digits are codes. */
const withTime = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?$/
const short = /^(\d{2})(?:\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)$/
const shortSlash = /^(\d{2})([-/])(\d{1,2})\2(\d)$/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Reads a day as people and programs write it in cells (`dayShapes`). `date1904` shifts serial numbers by 1,462 days. Never guesses. */
export function parseDay(cell: string, options: { date1904?: boolean } = {}): Day | undefined {
  if (cell.length === 10 && plain.test(cell)) return makeDay(Number(cell.slice(0, 4)), Number(cell.slice(5, 7)), Number(cell.slice(8)))
  const text = cell
    .normalize('NFKC')
    .trim()
    .replace(/^['‘’]/, '')
  if (text.length < 4 || text.length > 40) return undefined
  const compact = /^(\d{4})(\d{2})(\d{2})?$/.exec(text) ?? withTime.exec(text)
  if (compact !== null) return makeDay(Number(compact[1]), Number(compact[2]), Number(compact[3] ?? 1))
  const written = full.exec(text)
  if (written !== null) return fromWritten(text, written)
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromSerial(Number(text), options.date1904 === true)
  const code = text.charCodeAt(0)
  if (code >= 48 && code <= 57) return fromShort(text) ?? fromEnglish(text) ?? fromWords(text, options)
  return code < 128 ? fromEnglish(text) : fromWords(text, options)
}

function fromWritten(text: string, written: RegExpExecArray): Day | undefined {
  // A second day behind the first is a span; a moment of Greenwich is a day later in the evening here.
  if (/\d{4}\s*[-./年]/.test(text.slice(4))) return undefined
  const moment = /T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN
  const shown = Number.isNaN(moment) ? undefined : new Date(moment + shanghaiOffsetMs).toISOString().slice(0, 10).split('-')
  const [year, month, day] = shown ?? [written[1], written[2], written[3]]
  return makeDay(Number(year), Number(month), Number(day ?? 1))
}

function fromSerial(serial: number, date1904: boolean): Day | undefined {
  const days = Math.floor(serial) + (date1904 ? 1462 : 0)
  const [year, month, day] = new Date(excelEpochMs + days * dayMs).toISOString().slice(0, 10).split('-')
  return makeDay(Number(year), Number(month), Number(day))
}

function longYear(year: string | undefined): number {
  return year?.length === 2 ? Number(year) + (Number(year) <= lastShortYear ? 2000 : 1900) : Number(year)
}

/** A year of two digits in front, or four digits behind where only one of day and month can be the month. */
function fromShort(text: string): Day | undefined {
  const dotted = short.exec(text)
  if (dotted !== null) return makeDay(longYear(dotted[1]), Number(dotted[2] ?? dotted[4]), Number(dotted[3] ?? dotted[5]))
  const slashed = shortSlash.exec(text)
  // One digit behind is no year, and a number above 12 in front no month: only a year is left for it.
  if (slashed !== null) return Number(slashed[1]) > 12 ? makeDay(longYear(slashed[1]), Number(slashed[3]), Number(slashed[4])) : undefined
  const behind = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text)
  if (behind !== null) {
    const [one, other, year] = [Number(behind[1]), Number(behind[2]), Number(behind[3])]
    if (one > 12 || one === other) return makeDay(year, other, one)
    return other > 12 ? makeDay(year, one, other) : undefined
  }
  const month = /^(\d{1,2})月\s*(\d{4})年?$/.exec(text)
  return month === null ? undefined : makeDay(Number(month[2]), Number(month[1]), 1)
}

/** `1-Sep-2023`, `Sep 1, 2023` and what a Java program prints of a date. */
function fromEnglish(text: string): Day | undefined {
  const monthOf = (name: string | undefined): number => months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
  const dayFirst = /^(\d{1,2})[-\s]([A-Za-z]{3,9})[-\s,]+(\d{4}|\d{2})$/.exec(text)
  if (dayFirst !== null) return makeDay(longYear(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]))
  const monthFirst = /^([A-Za-z]{3,9})\.?\s(\d{1,2}),?\s(\d{4})$/.exec(text)
  if (monthFirst !== null) return makeDay(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]))
  const printed = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) \d{2}:\d{2}:\d{2} [A-Z]{3,4} (\d{4})$/.exec(text)
  return printed === null ? undefined : makeDay(Number(printed[3]), monthOf(printed[1]), Number(printed[2]))
}

const digits = '〇一二三四五六七八九'

/** Numbers in words: digit by digit for years, up to thirty-one for months and days. */
function fromWords(text: string, options: { date1904?: boolean }): Day | undefined {
  if (!/^[〇零○O一二三四五六七八九十廿卅\d\s年月日号元]+$/.test(text) || !/[一二三四五六七八九十]/.test(text)) return undefined
  const plain = text
    .replace(/[零○O]/g, '〇')
    .replace(/廿/g, '二十')
    .replace(/卅/g, '三十')
    .replace(/[一二三四五六七八九]?十[一二三四五六七八九]?/g, (number) => String(tensOf(number)))
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(digits.indexOf(digit)))
  return /[^\d\s年月日号]/.test(plain) ? undefined : parseDay(plain, options)
}

function tensOf(number: string): number {
  const [before = '', behind = ''] = number.split('十')
  return (before === '' ? 1 : digits.indexOf(before)) * 10 + (behind === '' ? 0 : digits.indexOf(behind))
}
