import {
  addNumbers,
  digitsOf,
  integerOf,
  maxDigits,
  multiplyNumbers,
  negated,
  numberFrom,
  one,
  powerOfTen,
  signOf,
  trimmed,
  zero,
  type FeelNumber,
} from './numbers.ts'

/** Fixed point with which the series below are summed: so many more than 34 digits that also the logarithm of 1.000…001 has them all. */
const places = 100
const unit = powerOfTen(places)
const ln2 = 2n * areaTangent(unit / 3n)
/** 10 = 2³ × 1.25 */
const ln10 = 3n * ln2 + 2n * areaTangent(unit / 9n)

/** artanh y = y + y³/3 + y⁵/5 + … */
function areaTangent(y: bigint): bigint {
  const square = (y * y) / unit
  let term = y
  let sum = 0n
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n
    term = (term * square) / unit
  }
  return sum
}

/** Integer square root, rounded down (Newton). */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (guess + value / guess) >> 1n
    if (next >= guess) return guess
    guess = next
  }
}

/** Null for a negative number. */
export function squareRoot(value: FeelNumber): FeelNumber | null {
  if (signOf(value) < 0) return null
  if (signOf(value) === 0) return zero
  let digits = BigInt(value.digits)
  let scale = value.scale
  let more = Math.max(0, 2 * (maxDigits + 4) - digitsOf(digits))
  if ((scale + more) % 2 !== 0) more += 1
  digits *= powerOfTen(more)
  scale += more
  const root = integerRoot(digits)
  const rough = numberFrom(root * 10n + (root * root === digits ? 0n : 1n), scale / 2 + 1)
  return rough === null ? null : trimmed(rough)
}

/** e to a power; null beyond the range. */
export function exponential(value: FeelNumber): FeelNumber | null {
  const x = fixed(value)
  if (x === null) return signOf(value) > 0 ? null : zero
  // e^x = 10^k × e^r with r = x − k·ln 10 in [0, ln 10)
  let power = x / ln10
  if (x < 0n) power -= 1n
  const rest = x - power * ln10
  // e^r = (e^(r/256))^256: a short series, then eight squarings.
  let result = series(rest / 256n)
  for (let step = 0; step < 8; step += 1) result = (result * result) / unit
  const found = numberFrom(result, places - Number(power))
  return found === null ? null : trimmed(found)
}

function series(x: bigint): bigint {
  let sum = unit
  let term = unit
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * x) / (unit * n)
    sum += term
  }
  return sum
}

/** As fixed point; null where e to it is out of range anyway. */
function fixed(value: FeelNumber): bigint | null {
  const length = digitsOf(BigInt(value.digits)) - value.scale
  if (length > 6) return null
  return value.scale <= places
    ? BigInt(value.digits) * powerOfTen(places - value.scale)
    : BigInt(value.digits) / powerOfTen(value.scale - places)
}

/** The natural logarithm; null for zero and below. */
export function logarithm(value: FeelNumber): FeelNumber | null {
  if (signOf(value) <= 0) return null
  const digits = BigInt(value.digits)
  const length = digitsOf(digits)
  // value = m × 10^k with m in [0.1, 1), then m × 2^j in [0.75, 1.5); near 1 nothing is taken apart, or small results would lose digits.
  const nearOne = length - value.scale === 1 && digits < 2n * powerOfTen(length - 1)
  const shift = nearOne ? value.scale : length
  let mantissa = digits * powerOfTen(places - shift)
  const power = BigInt(nearOne ? 0 : length - value.scale)
  let halvings = 0n
  while (mantissa * 4n < unit * 3n) {
    mantissa *= 2n
    halvings += 1n
  }
  // ln m = 2 artanh((m − 1) / (m + 1))
  const sum = areaTangent(((mantissa - unit) * unit) / (mantissa + unit))
  const found = numberFrom(2n * sum - halvings * ln2 + power * ln10, places)
  return found === null ? null : trimmed(found)
}

/** `base ** exponent`; null where it is not a real number or out of range. */
export function powerOf(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  const whole = integerOf(exponent)
  if (whole === null) return generalPower(base, exponent)
  if (Math.abs(whole) > 999_999) return signOf(base) === 0 || isOne(base) ? (signOf(base) === 0 ? zero : one) : null
  return wholePower(base, whole)
}

function isOne(value: FeelNumber): boolean {
  return integerOf(value) === 1
}

/** Digits kept between the steps of a power: small powers stay exact, great ones have more than enough. */
const powerDigits = 200

/** By squaring; a negative power is inverted before it is rounded. */
function wholePower(base: FeelNumber, exponent: number): FeelNumber | null {
  let digits = 1n
  let scale = 0
  let factor = BigInt(base.digits)
  let factorScale = base.scale
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) [digits, scale] = shortened(digits * factor, scale + factorScale)
    if (left > 1) [factor, factorScale] = shortened(factor * factor, factorScale * 2)
  }
  if (exponent < 0) {
    if (digits === 0n) return null
    const more = digitsOf(digits) + maxDigits + 8
    // One digit more that says whether anything is left, so that half-even is exact.
    digits = (powerOfTen(more) / digits) * 10n + (powerOfTen(more) % digits === 0n ? 0n : digits < 0n ? -1n : 1n)
    scale = more - scale + 1
  }
  const found = numberFrom(digits, scale)
  return found === null ? null : trimmed(found)
}

function shortened(digits: bigint, scale: number): [digits: bigint, scale: number] {
  const extra = digitsOf(digits) - powerDigits
  return extra > 0 ? [digits / powerOfTen(extra), scale - extra] : [digits, scale]
}

function generalPower(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  if (signOf(base) < 0) return null
  if (signOf(base) === 0) return signOf(exponent) > 0 ? zero : null
  const half = numberFrom(5n, 1)
  if (half !== null && addNumbers(exponent, negated(half))?.digits === 0) return squareRoot(base)
  const log = logarithm(base)
  const product = log === null ? null : multiplyNumbers(log, exponent)
  return product === null ? null : exponential(product)
}
