export const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
/** The check value (0 to 10) of each remainder of the weighted sum. */
const checkOf = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2] as const

/** Reads 18 characters into values 0 to 10 (X last only). */
export function digitsOf(number: string, into: Uint8Array): void {
  for (let at = 0; at < 18; at += 1) {
    const code = number.charCodeAt(at)
    into[at] = code === 88 ? 10 : code - 48
  }
}

/** Weighted sum of the first 17 digits, modulo 11. */
export function remainderOf(digits: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < 17; at += 1) sum += (digits[at] ?? 0) * (weights[at] ?? 0)
  return sum % 11
}

/** True when the 18th character is the check character of the first 17. */
export function isChecked(digits: Uint8Array): boolean {
  return checkOf[remainderOf(digits)] === digits[17]
}

/** True for a number of 18 characters whose check character is right. */
export function hasRightCheck(number: string): boolean {
  digitsOf(number, one)
  return isChecked(one)
}
const one = new Uint8Array(18)

/** Visits the hundred numbers with a right check character that begin with the same 15 digits. */
export function visitTails(high: number, low: number, visit: (low: number) => void): void {
  const first = Math.floor(low / 1100)
  let sum = 0
  let rest = high
  for (let at = 8; at >= 0; at -= 1, rest = Math.floor(rest / 10)) sum += (rest % 10) * (weights[at] ?? 0)
  rest = first
  for (let at = 14; at >= 9; at -= 1, rest = Math.floor(rest / 10)) sum += (rest % 10) * (weights[at] ?? 0)
  for (let tail = 0; tail < 100; tail += 1) {
    const check = checkOf[(sum + Math.floor(tail / 10) * weights[15] + (tail % 10) * weights[16]) % 11] ?? 0
    visit((first * 100 + tail) * 11 + check)
  }
}

/** What one more at each place adds to the half of the number in which it stands. */
export const placeValues = [1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1, 11e7, 11e6, 11e5, 11e4, 11e3, 11e2, 11e1, 11] as const

function highOf(digits: Uint8Array): number {
  let high = 0
  for (let at = 0; at < 9; at += 1) high = high * 10 + (digits[at] ?? 0)
  return high
}

function lowOf(digits: Uint8Array): number {
  let low = 0
  for (let at = 9; at < 17; at += 1) low = low * 10 + (digits[at] ?? 0)
  return low * 11 + (digits[17] ?? 0)
}

/** The remainder whose check value each value is. */
const remainderOfCheck = checkOf.map((_, value) => checkOf.findIndex((check) => check === value))
const mod11 = (value: number): number => ((value % 11) + 11) % 11
/** By place and by what the weighted sum lacks (mod 11): by how much, modulo 11, the digit there must rise. */
export const riseAt = weights.map((weight) => Array.from({ length: 11 }, (_, lack) => (lack * inverseOf(weight)) % 11))

function inverseOf(weight: number): number {
  for (let other = 1; other < 11; other += 1) if ((weight * other) % 11 === 1) return other
  return 0
}

/**
 * Visits every number with a right check character that differs from `digits` (whose check is wrong) in one place, or by two exchanged
 * neighbours. At each place at most one digit makes the check right again, so some twenty numbers are visited, not two hundred.
 */
export function visitNear(digits: Uint8Array, visit: (high: number, low: number, how: 'digit' | 'exchanged') => void): void {
  const remainder = remainderOf(digits)
  const check = digits[17] ?? 0
  const [high, low] = [highOf(digits), lowOf(digits)]
  visit(high, low - check + (checkOf[remainder] ?? 0), 'digit')
  const lack = mod11((remainderOfCheck[check] ?? 0) - remainder)
  for (let at = 0; at < 17; at += 1) {
    const rise = riseAt[at]?.[lack] ?? 0
    if (rise === 0) continue
    const old = digits[at] ?? 0
    // A digit rises by that, or falls by what is left to eleven; one of the two leaves the digits, or both do.
    const change = old + rise < 10 ? rise : old + rise > 10 ? rise - 11 : 0
    if (change === 0) continue
    const shift = change * (placeValues[at] ?? 0)
    visit(at < 9 ? high + shift : high, at < 9 ? low : low + shift, 'digit')
  }
  for (let at = 0; at < 16; at += 1) {
    const change = (digits[at + 1] ?? 0) - (digits[at] ?? 0)
    if (change === 0 || mod11(change * ((weights[at] ?? 0) - (weights[at + 1] ?? 0)) - lack) !== 0) continue
    const here = change * (placeValues[at] ?? 0)
    const next = change * (placeValues[at + 1] ?? 0)
    visit(high + (at < 9 ? here : 0) - (at < 8 ? next : 0), low + (at < 9 ? 0 : here) - (at < 8 ? 0 : next), 'exchanged')
  }
  const last = digits[16] ?? 0
  const isRight = mod11(remainder + (check - last) * weights[16] - (remainderOfCheck[last] ?? 0)) === 0
  if (check !== 10 && check !== last && isRight) visit(high, low + (check - last) * 10, 'exchanged')
}
