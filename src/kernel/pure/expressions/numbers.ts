/**
 * A decimal number: `digits × 10^-scale`. `digits` is a plain number while it is a safe integer (all money and counts are), else a bigint;
 * the same value can stand in several scales. Results are rounded half-even to 34 significant digits (IEEE 754 decimal128, DMN 1.5 §10.3.2.3.1).
 */
export interface FeelNumber {
  readonly kind: 'number'
  readonly digits: number | bigint
  readonly scale: number
}

/** How digits that fall away are rounded. */
export type Rounding = 'half-even' | 'half-up' | 'half-down' | 'up' | 'down' | 'floor' | 'ceiling'

/** Significant digits of a result. */
export const maxDigits = 34
const maxExponent = 6144
const minExponent = -6143
const maxSafe = 9007199254740991n
const shortPowers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)
const longPowers = Array.from({ length: 80 }, (_, exponent) => 10n ** BigInt(exponent))

export const zero: FeelNumber = make(0, 0)
export const one: FeelNumber = make(1, 0)

function make(digits: number | bigint, scale: number): FeelNumber {
  return { kind: 'number', digits, scale }
}

export function powerOfTen(exponent: number): bigint {
  return longPowers[exponent] ?? 10n ** BigInt(exponent)
}

/** A number of JavaScript by its shortest decimal text (0.1 is 0.1). Throws for NaN and infinity, which no fact may be. */
export function numberOf(value: number): FeelNumber {
  if (Number.isSafeInteger(value)) return make(value === 0 ? 0 : value, 0)
  const read = readNumber(String(value))
  if (read === null) throw new RangeError('not a finite number')
  return read
}

/** `numberFrom(1250n, 2)` is 12.50. Rounds to 34 digits; null where the exponent is out of range. */
export function numberFrom(digits: bigint, scale: number): FeelNumber | null {
  if (digits === 0n) return zero
  let value = digits
  let places = scale
  const length = digitsOf(value)
  if (length > maxDigits) {
    value = dropDigits(value, length - maxDigits, 'half-even')
    places -= length - maxDigits
  }
  const exponent = digitsOf(value) - 1 - places
  if (exponent > maxExponent) return null
  if (exponent < minExponent) return zero
  // Whole numbers are kept as such: 1E+20 is 100000000000000000000.
  if (places < 0 && exponent < maxDigits) {
    value *= powerOfTen(-places)
    places = 0
  }
  return make(value >= -maxSafe && value <= maxSafe ? Number(value) : value, places)
}

export function digitsOf(value: bigint): number {
  return String(value < 0n ? -value : value).length
}

/** Reads `12`, `-1.50`, `.5`, `1e3`; null for anything else or a number too large. */
export function readNumber(text: string): FeelNumber | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text)
  const whole = match?.[2] ?? ''
  const fraction = (match?.[3] ?? '').replace(/0+$/, '')
  if (match === null || (whole === '' && (match[3] ?? '') === '') || text.length > 10_000) return null
  const exponent = Number(match[4] ?? 0)
  const scale = fraction.length - exponent
  const digits = whole + fraction
  if (digits.length <= 15 && scale >= 0 && scale < 6000) {
    const value = Number(digits)
    return make(match[1] === '-' && value !== 0 ? -value : value, scale)
  }
  const long = BigInt(digits)
  return numberFrom(match[1] === '-' ? -long : long, scale)
}

/** `12.5`, never `12.50` and never with an exponent up to 40 places. */
export function printNumber(value: FeelNumber): string {
  const negative = value.digits < 0
  let digits = String(value.digits).replace('-', '')
  let scale = value.scale
  if (digits === '0') return '0'
  while (scale > 0 && digits.endsWith('0')) {
    digits = digits.slice(0, -1)
    scale -= 1
  }
  const exponent = digits.length - 1 - scale
  const sign = negative ? '-' : ''
  if (exponent > 40 || exponent < -40) {
    const short = digits.replace(/0+$/, '')
    return `${sign}${short.slice(0, 1)}${short.length > 1 ? '.' : ''}${short.slice(1)}E${exponent < 0 ? '' : '+'}${exponent}`
  }
  if (scale <= 0) return sign + digits + '0'.repeat(-scale)
  if (digits.length <= scale) return `${sign}0.${'0'.repeat(scale - digits.length)}${digits}`
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Negative, zero or positive, like the comparing function of a sort. */
export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (a.scale === b.scale) return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0
  const signs = signOf(a) - signOf(b)
  if (signs !== 0) return signs
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export function signOf(value: FeelNumber): number {
  return value.digits > 0 ? 1 : value.digits < 0 ? -1 : 0
}

export function negated(value: FeelNumber): FeelNumber {
  return value.digits === 0 ? value : make(-value.digits, value.scale)
}

export function addNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (a.scale === b.scale && a.scale >= 0 && typeof a.digits === 'number' && typeof b.digits === 'number') {
    const sum = a.digits + b.digits
    if (Number.isSafeInteger(sum)) return make(sum, a.scale)
  }
  if (a.digits === 0) return b
  if (b.digits === 0) return a
  const short = shortAligned(a, b)
  if (short !== null) return make(short, Math.max(a.scale, b.scale))
  const [left, right, scale] = aligned(a, b)
  return numberFrom(left + right, scale)
}

/** The sum in plain numbers when both, brought to one scale, stay safe integers. */
function shortAligned(a: FeelNumber, b: FeelNumber): number | null {
  if (typeof a.digits !== 'number' || typeof b.digits !== 'number' || a.scale < 0 || b.scale < 0) return null
  const power = shortPowers[Math.abs(a.scale - b.scale)]
  if (power === undefined) return null
  const left = a.scale < b.scale ? a.digits * power : a.digits
  const right = b.scale < a.scale ? b.digits * power : b.digits
  return Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(left + right) ? left + right : null
}

export function subtractNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  return addNumbers(a, negated(b))
}

export function multiplyNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a.digits === 'number' && typeof b.digits === 'number') {
    const product = a.digits * b.digits
    if (Number.isSafeInteger(product) && a.scale >= 0 && b.scale >= 0 && a.scale + b.scale < maxDigits)
      return make(product === 0 ? 0 : product, a.scale + b.scale)
  }
  return numberFrom(BigInt(a.digits) * BigInt(b.digits), a.scale + b.scale)
}

/** Null for a division by zero. */
export function divideNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (b.digits === 0) return null
  if (typeof a.digits === 'number' && typeof b.digits === 'number' && a.scale === b.scale && a.digits % b.digits === 0)
    return make(a.digits / b.digits + 0, 0)
  if (a.digits === 0) return zero
  const short = shortQuotient(a, b)
  if (short !== null) return short
  const left = BigInt(a.digits)
  const right = BigInt(b.digits)
  // Two digits more than are kept, and one more that says whether anything came after them: so that half-even is exact.
  const more = Math.max(0, maxDigits + 3 - digitsOf(left) + digitsOf(right))
  const scaled = left * powerOfTen(more)
  const quotient = scaled / right
  const rest = scaled % right
  const exact = rest === 0n ? quotient * 10n : quotient * 10n + (left < 0n === right < 0n ? 1n : -1n)
  const result = numberFrom(exact, a.scale - b.scale + more + 1)
  return result === null ? null : trimmed(result)
}

/** A quotient with few decimals, in plain numbers: shares and means of money mostly are. */
function shortQuotient(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (typeof a.digits !== 'number' || typeof b.digits !== 'number' || a.scale < b.scale || b.scale < 0) return null
  for (let more = 0; more <= 6; more += 1) {
    const scaled = a.digits * (shortPowers[more] ?? 1)
    if (!Number.isSafeInteger(scaled)) return null
    if (scaled % b.digits === 0) return make(scaled / b.digits, a.scale - b.scale + more)
  }
  return null
}

/** Without zeros at the end of its decimals. */
export function trimmed(value: FeelNumber): FeelNumber {
  if (value.scale <= 0) return value
  const text = String(value.digits)
  let zeros = 0
  while (zeros < value.scale && text.endsWith('0', text.length - zeros)) zeros += 1
  if (zeros === 0 || text === '0') return text === '0' ? zero : value
  return numberFrom(BigInt(text.slice(0, -zeros)), value.scale - zeros) ?? value
}

/** Keeps `scale` decimals (negative: rounds tens, hundreds). Null when the result has more than 34 digits. */
export function roundNumber(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber | null {
  if (value.scale <= scale) return value
  const away = value.scale - scale
  if (typeof value.digits === 'number' && away > 17) return numberFrom(dropAll(value.digits < 0, value.digits === 0, rounding), scale)
  return numberFrom(dropDigits(BigInt(value.digits), away, rounding), scale)
}

/** What is left of a number of which every digit falls away and which is less than half: 0 or one unit. */
function dropAll(negative: boolean, none: boolean, rounding: Rounding): bigint {
  if (none) return 0n
  if (rounding === 'up') return negative ? -1n : 1n
  if (rounding === 'floor') return negative ? -1n : 0n
  if (rounding === 'ceiling') return negative ? 0n : 1n
  return 0n
}

function dropDigits(value: bigint, count: number, rounding: Rounding): bigint {
  if (count > digitsOf(value) + 1) return dropAll(value < 0n, value === 0n, rounding)
  const power = powerOfTen(count)
  const quotient = value / power
  const rest = value % power
  if (rest === 0n) return quotient
  const negative = value < 0n
  const twice = (negative ? -rest : rest) * 2n
  const half = twice === power
  const over = twice > power
  const away =
    rounding === 'up' ||
    (rounding === 'floor' && negative) ||
    (rounding === 'ceiling' && !negative) ||
    (rounding === 'half-up' && (over || half)) ||
    (rounding === 'half-down' && over) ||
    (rounding === 'half-even' && (over || (half && quotient % 2n !== 0n)))
  return away ? quotient + (negative ? -1n : 1n) : quotient
}

/** The JavaScript integer that equals it; null for a fraction or beyond 2^53. */
export function integerOf(value: FeelNumber): number | null {
  if (value.scale === 0) return typeof value.digits === 'number' ? value.digits : null
  const short = value.scale > 0 ? trimmed(value) : value
  if (short.scale > 0 || short.scale < -16) return null
  const whole = short.scale === 0 ? short.digits : BigInt(short.digits) * powerOfTen(-short.scale)
  const result = Number(whole)
  return Number.isSafeInteger(result) ? result : null
}

/** The nearest double, for charts and columns; never for a decision about money. */
export function doubleOf(value: FeelNumber): number {
  return value.scale === 0 && typeof value.digits === 'number' ? value.digits : Number(`${value.digits}e${-value.scale}`)
}

/** The remainder with the sign of the divisor: `modulo(-12, 5)` is 3 (DMN 1.5: dividend − divisor × floor(dividend / divisor)). */
export function moduloNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (b.digits === 0) return null
  if (Math.abs(a.scale - b.scale) > 2 * maxDigits + 6000) return null
  const [left, right, scale] = aligned(a, b)
  const rest = left % right
  return numberFrom(rest !== 0n && rest < 0n !== right < 0n ? rest + right : rest, scale)
}

/** Both in one scale. A number that is so small beside the other that it only decides the rounding is replaced by a hint of its sign. */
function aligned(a: FeelNumber, b: FeelNumber): [left: bigint, right: bigint, scale: number] {
  const left = BigInt(a.digits)
  const right = BigInt(b.digits)
  const gap = a.scale - b.scale
  if (gap < 0) return alignedLonger(left, a.scale, right, b.scale)
  const [second, first, scale] = alignedLonger(right, b.scale, left, a.scale)
  return [first, second, scale]
}

function alignedLonger(
  coarse: bigint,
  coarseScale: number,
  fine: bigint,
  fineScale: number,
): [coarse: bigint, fine: bigint, scale: number] {
  const gap = fineScale - coarseScale
  if (gap <= 2 * maxDigits + 4 || coarse === 0n) return [coarse * powerOfTen(Math.min(gap, 12_400)), fine, fineScale]
  const shift = 2 * maxDigits + 4
  return [coarse * powerOfTen(shift), fine === 0n ? 0n : fine < 0n ? -1n : 1n, coarseScale + shift]
}
