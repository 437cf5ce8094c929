const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
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
const placeValues = [1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1, 11e7, 11e6, 11e5, 11e4, 11e3, 11e2, 11e1, 11] as const

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

const tried = new Uint8Array(18)

/**
 * Visits every number with a right check character that differs from `digits` (whose check is wrong) in one place, or by two exchanged
 * neighbours. At each place at most one digit makes the check right again, so some twenty numbers are visited, not two hundred.
 */
export function visitNear(digits: Uint8Array, visit: (high: number, low: number, how: 'digit' | 'exchanged') => void): void {
  const remainder = remainderOf(digits)
  const stated = checkOf.findIndex((check) => check === digits[17])
  tried.set(digits)
  tried[17] = checkOf[remainder] ?? 0
  visit(highOf(tried), lowOf(tried), 'digit')
  tried[17] = digits[17] ?? 0
  const [high, low] = [highOf(digits), lowOf(digits)]
  const missing = (((stated - remainder) % 11) + 11) % 11
  for (let at = 0; at < 17; at += 1) {
    const old = digits[at] ?? 0
    for (let digit = 0; digit < 10; digit += 1) {
      if (digit === old || ((digit - old) * (weights[at] ?? 0) - missing) % 11 !== 0) continue
      const shift = (digit - old) * (placeValues[at] ?? 0)
      visit(at < 9 ? high + shift : high, at < 9 ? low : low + shift, 'digit')
    }
  }
  for (let at = 0; at < 17; at += 1) {
    const [left, right] = [digits[at] ?? 0, digits[at + 1] ?? 0]
    if (left === right || (right === 10 && at < 16) || (at === 16 && right === 10)) continue
    tried[at] = right
    tried[at + 1] = left
    if (isChecked(tried)) visit(highOf(tried), lowOf(tried), 'exchanged')
    tried[at] = left
    tried[at + 1] = right
  }
}
