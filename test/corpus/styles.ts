import type { Cell } from './book.ts'

/** What was written and what a careful reader can know from it. */
export interface Written {
  cell: Cell
  truth: string | number | undefined
}

type DayWriter = (year: number, month: number, day: number) => Cell
const pad = (value: number): string => String(value).padStart(2, '0')
const wide = (text: string): string => text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const digitsInWords = '〇一二三四五六七八九'
const inWords = (value: number): string =>
  value < 11
    ? value === 10
      ? '十'
      : digitsInWords.charAt(value)
    : `${value < 20 ? '' : digitsInWords.charAt(Math.floor(value / 10))}十${value % 10 === 0 ? '' : digitsInWords.charAt(value % 10)}`
const yearInWords = (year: number): string => Array.from(String(year), (digit) => digitsInWords.charAt(Number(digit))).join('')
/** The number of a day in a workbook that counts from 1900. */
const serialOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 86_400_000 + 25_569
const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The ways in which county offices write a day. */
export const dayStyles = {
  '2026-03-05': (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
  '2026/3/5': (y, m, d) => `${y}/${m}/${d}`,
  '2026.3.5': (y, m, d) => `${y}.${m}.${d}`,
  '2026.03.05': (y, m, d) => `${y}.${pad(m)}.${pad(d)}`,
  '20260305': (y, m, d) => `${y}${pad(m)}${pad(d)}`,
  '20260305 number': (y, m, d) => y * 10_000 + m * 100 + d,
  '2026年3月5日': (y, m, d) => `${y}年${m}月${d}日`,
  '2026年03月05日': (y, m, d) => `${y}年${pad(m)}月${pad(d)}日`,
  '2026年3月5号': (y, m, d) => `${y}年${m}月${d}号`,
  '2026 年 3 月 5 日': (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  '2026-3-5 ': (y, m, d) => `${y}-${m}-${d} `,
  '2026-03-05 10:23:45': (y, m, d) => `${y}-${pad(m)}-${pad(d)} 10:23:45`,
  '2026/3/5 10:23': (y, m, d) => `${y}/${m}/${d} 10:23`,
  '2026-03-05T00:00:00': (y, m, d) => `${y}-${pad(m)}-${pad(d)}T00:00:00`,
  wide: (y, m, d) => wide(`${y}-${pad(m)}-${pad(d)}`),
  '2026、3、5': (y, m, d) => `${y}、${m}、${d}`,
  words: (y, m, d) => `${yearInWords(y)}年${inWords(m)}月${inWords(d)}日`,
  '5-Mar-26': (y, m, d) => `${d}-${englishMonths[m - 1] ?? ''}-${y}`,
  serial: (y, m, d) => ({ number: serialOf(y, m, d), look: 'day' }),
  'serial in words': (y, m, d) => ({ number: serialOf(y, m, d), look: 'dayWords' }),
  'serial without a look': (y, m, d) => serialOf(y, m, d),
  'serial as text': (y, m, d) => String(serialOf(y, m, d)),
  '2026年3月': (y, m) => `${y}年${m}月`,
  '2026.3': (y, m) => `${y}.${m}`,
  '2026-03': (y, m) => `${y}-${pad(m)}`,
  '202603': (y, m) => `${y}${pad(m)}`,
  unsure: (y, m) => `${y}年${m}月上旬`,
} as const satisfies Record<string, DayWriter>
export type DayStyle = keyof typeof dayStyles
const monthOnly: readonly DayStyle[] = ['2026年3月', '2026.3', '2026-03', '202603']

/** Writes a day given as YYYY-MM-DD. */
export function writeDay(day: string, style: DayStyle): Written {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const cell = dayStyles[style](year, month, date)
  return { cell, truth: style === 'unsure' ? undefined : monthOnly.includes(style) ? day.slice(0, 7) : day }
}

type MoneyWriter = (yuan: number, inColumn: number) => Cell
const commas = (text: string): string => text.replaceAll(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
const plain = (value: number): string => String(Math.round(value * 1_000_000) / 1_000_000)

/** The ways in which amounts are written; the second number is the value in the unit of the column's label. */
export const moneyStyles = {
  number: (_, value) => Number(plain(value)),
  'number with a look': (_, value) => ({ number: Number(plain(value)), look: 'money' }),
  text: (_, value) => plain(value),
  '12345.60': (_, value) => value.toFixed(2),
  '12,345.60': (_, value) => commas(value.toFixed(2)),
  '12，345.60': (_, value) => commas(value.toFixed(2)).replaceAll(',', '，'),
  '12345.6元': (yuan) => `${plain(yuan)}元`,
  '1.23456万元': (yuan) => `${plain(yuan / 10_000)}万元`,
  '1.23456万': (yuan) => `${plain(yuan / 10_000)}万`,
  '￥12,345.60': (yuan) => `￥${commas(yuan.toFixed(2))}`,
  '¥ 12345.60': (yuan) => `¥ ${yuan.toFixed(2)}`,
  wide: (_, value) => wide(value.toFixed(2)),
  'space behind': (_, value) => `${plain(value)} `,
  formula: (_, value) => ({ formula: 'ROUND(SUM(1,2),2)', value: Number(plain(value)) }),
} as const satisfies Record<string, MoneyWriter>
export type MoneyStyle = keyof typeof moneyStyles

/** Writes an amount of yuan into a column that counts in units of `unit` yuan (1, or 10,000). Below zero: in brackets. */
export function writeMoney(yuan: number, style: MoneyStyle, unit: number): Written {
  if (yuan < 0) return { cell: `(${commas((-yuan / unit).toFixed(2))})`, truth: yuan }
  return { cell: moneyStyles[style](yuan, yuan / unit), truth: yuan }
}

type IdWriter = (id: string) => Written
const kept =
  (write: (id: string) => Cell): IdWriter =>
  (id) => ({ cell: write(id), truth: id })
/** Excel keeps 15 digits of a number; one that ends in X can only be text. */
const lost =
  (write: (id: string) => Cell): IdWriter =>
  (id) =>
    id.endsWith('X') ? { cell: id, truth: id } : { cell: write(id), truth: undefined }

/** The ways in which numbers of identity arrive. */
export const idStyles = {
  text: kept((id) => id),
  apostrophe: kept((id) => `'${id}`),
  'lower x': kept((id) => id.toLowerCase()),
  wide: kept((id) => wide(id)),
  groups: kept((id) => `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`),
  'no-break space': kept((id) => `\u00a0${id}\u00a0`),
  'tab behind': kept((id) => `${id}\t`),
  'zero-width space': kept((id) => `\u200b${id}`),
  'formula of text': kept((id) => ({ formula: `"${id}"`, value: id })),
  number: lost((id) => ({ number: Number(id.slice(0, 15).padEnd(id.length, '0')), look: 'whole' })),
  'scientific text': lost((id) => `${id.slice(0, 1)}.${id.slice(1, 6)}E+${id.length - 1}`),
  '15 digits': (id) => ({ cell: id.slice(0, 6) + id.slice(8, 17), truth: id }),
  missing: () => ({ cell: '', truth: undefined }),
} as const satisfies Record<string, IdWriter>
export type IdStyle = keyof typeof idStyles

/** Writes a number of identity. */
export function writeId(id: string, style: IdStyle): Written {
  // Fifteen digits belong to people born before 2000, and never to a certificate.
  return style === '15 digits' && (id.length !== 18 || Number(id.slice(6, 10)) > 1999) ? idStyles.text(id) : idStyles[style](id)
}
