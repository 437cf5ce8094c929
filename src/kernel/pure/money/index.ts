/** Money is integer fen (1 yuan = 100 fen); rules use numbers below 2^53, the database bigint. */
export type Fen = number

/** Units in which amounts are written, in fen. */
const unitFactor = { '': 100, 元: 100, 圆: 100, 百元: 10_000, 千元: 100_000, 万元: 1_000_000, 万: 1_000_000, 亿元: 10_000_000_000 } as const
export type MoneyUnit = Exclude<keyof typeof unitFactor, ''>

/**
 * Reads an amount as it stands in a cell: `1,234.50`, `2万元`, `6,000元整`, `(120.00)` and `120.00-` below zero, full-width digits.
 * `defaultUnit` is the unit that the column's label names (`unitOfLabel`). Returns fen rounded half up, or `undefined` when it is no amount.
 */
export function parseFen(cell: string, defaultUnit: MoneyUnit = '元'): Fen | undefined {
  const normal = cell.normalize('NFKC')
  const text = normal
    .replace(/[\s,，¥￥]/g, '')
    .replace(/^(人民币|RMB|CNY)/i, '')
    .replace(/^\((.*)\)(元|万元)?$/, '-$1$2')
    .replace(/^([\d.]+)-$/, '-$1')
  const match = /^([-−+])?(\d+)(?:\.(\d+))?(元|圆|万元|万|千元|百元|亿元)?整?$/.exec(text)
  if (match === null) return undefined
  // `¥100` in a column of 万元: nobody can know which of the two is meant.
  if (defaultUnit !== '元' && match[4] === undefined && /[¥￥]/.test(normal)) return undefined
  // Safe: the pattern allows only units that are known.
  const factor = unitFactor[(match[4] ?? defaultUnit) as MoneyUnit]
  const whole = match[2] ?? '0'
  const decimals = (match[3] ?? '').padEnd(10, '0').slice(0, 10)
  if (whole.length > 12) return undefined
  const scaled = BigInt(whole) * BigInt(factor) * 10_000_000_000n + BigInt(decimals) * BigInt(factor)
  const fen = Number((scaled + 5_000_000_000n) / 10_000_000_000n)
  if (!Number.isSafeInteger(fen)) return undefined
  return match[1] === undefined || match[1] === '+' ? fen : -fen
}

/** The unit that a column's label names: `注册资本（万元）` → 万元; 元 when it names none. */
export function unitOfLabel(label: string): MoneyUnit {
  // Safe: the pattern allows only units that are known.
  return (/(万元|千元|百元|亿元)/.exec(label.normalize('NFKC').replace(/\s/g, ''))?.[1] ?? '元') as MoneyUnit
}

/** Writes fen as yuan with two decimals: 123450 → `1234.50`. */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0 ? '-' : ''
  const absolute = Math.abs(fen)
  return `${sign}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
}
