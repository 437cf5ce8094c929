/** Money is integer fen (1 yuan = 100 fen); rules use numbers below 2^53, the database bigint. */
export type Fen = number

const unitFactor: Readonly<Record<string, number>> = { '': 100, 元: 100, 圆: 100, 万元: 1_000_000, 万: 1_000_000 }

/**
 * Reads an amount as it stands in a cell: `1,234.50`, `2万元`, `6,000元`, `(120.00)`, full-width digits.
 * `defaultUnit` is the unit that the column's label names. Returns fen rounded half up, or `undefined` when it is no amount.
 */
export function parseFen(cell: string, defaultUnit: '元' | '万元' = '元'): Fen | undefined {
  const text = cell
    .normalize('NFKC')
    .replace(/[\s,，¥￥]/g, '')
    .replace(/人民币/, '')
  const match = /^(\(|-)?(\d+)(?:\.(\d+))?(元|圆|万元|万)?\)?$/.exec(text)
  if (match === null) return undefined
  const factor = unitFactor[match[4] ?? defaultUnit] ?? 100
  const whole = match[2] ?? '0'
  const decimals = (match[3] ?? '').padEnd(10, '0').slice(0, 10)
  if (whole.length > 12) return undefined
  const scaled = BigInt(whole) * BigInt(factor) * 10_000_000_000n + BigInt(decimals) * BigInt(factor)
  const fen = Number((scaled + 5_000_000_000n) / 10_000_000_000n)
  return match[1] === undefined ? fen : -fen
}

/** Writes fen as yuan with two decimals: 123450 → `1234.50`. */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0 ? '-' : ''
  const absolute = Math.abs(fen)
  return `${sign}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
}
