import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponential, logarithm, powerOf, squareRoot } from './number-functions.ts'
import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  integerOf,
  moduloNumbers,
  multiplyNumbers,
  numberOf,
  printNumber,
  readNumber,
  roundNumber,
  subtractNumbers,
  type FeelNumber,
} from './numbers.ts'

// The oracle: decimal.js with the precision and rounding of decimal128.
const Exact = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -9e15, toExpPos: 9e15 })
// Its powers can be one off in the last digit: they are taken with more digits and then rounded.
const Wide = Exact.clone({ precision: 150 })
const number = (text: string): FeelNumber => {
  const read = readNumber(text)
  if (read === null) throw new Error(`no number: ${text}`)
  return read
}

/** Money, counts, shares, and now and then digits up to the edge. */
const anyNumber = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map(String),
  fc
    .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, scale]) => `${digits}e-${scale}`),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }), fc.integer({ min: -60, max: 60 }))
    .map(([digits, scale]) => `${digits}e${scale}`),
)
const same = (found: FeelNumber | null, wanted: Decimal): void => {
  expect(found === null ? 'null' : new Exact(printNumber(found)).toString()).toBe(wanted.toString())
}

describe('decimals', () => {
  it('add, subtract, multiply, divide and compare as decimal128 does', () => {
    const check = fc.property(anyNumber, anyNumber, (a, b) => {
      const [left, right, x, y] = [number(a), number(b), new Exact(a), new Exact(b)]
      same(addNumbers(left, right), x.add(y))
      same(subtractNumbers(left, right), x.sub(y))
      same(multiplyNumbers(left, right), x.mul(y))
      if (!y.isZero()) same(divideNumbers(left, right), x.div(y))
      expect(Math.sign(compareNumbers(left, right))).toBe(x.cmp(y))
    })
    fc.assert(check, { numRuns: 3000, seed: 34 })
  })

  it('take roots, powers, exponentials and logarithms to the last of 34 digits', () => {
    const check = fc.property(anyNumber, fc.integer({ min: -12, max: 12 }), (text, exponent) => {
      const size = new Exact(text).abs()
      const value = number(size.toString())
      same(squareRoot(value), size.sqrt())
      if (!size.isZero()) {
        same(logarithm(value), size.ln())
        same(powerOf(value, numberOf(exponent)), new Exact(new Wide(size).pow(exponent)).toSignificantDigits(34))
      }
      if (size.lt(200)) same(exponential(value), size.exp())
    })
    fc.assert(check, { numRuns: 400, seed: 34 })
    for (const text of ['1', '1.000000000000000000000000000000001', '0.999999999999999999999999999999999', '1.99', '0.9', '10'])
      same(logarithm(number(text)), new Exact(new Wide(text).ln()).toSignificantDigits(34))
  })

  it('round as each rounding says', () => {
    const check = fc.property(anyNumber, fc.integer({ min: -4, max: 8 }), (text, places) => {
      const exact = new Exact(text)
      if (exact.abs().gt('1e20')) return
      const power = new Exact(10).pow(places)
      const rounded = (mode: Decimal.Rounding) => Exact.clone({ precision: 80 }).div(exact.mul(power).toDecimalPlaces(0, mode), power)
      same(roundNumber(number(text), places, 'half-even'), rounded(Decimal.ROUND_HALF_EVEN))
      same(roundNumber(number(text), places, 'half-up'), rounded(Decimal.ROUND_HALF_UP))
      same(roundNumber(number(text), places, 'half-down'), rounded(Decimal.ROUND_HALF_DOWN))
      same(roundNumber(number(text), places, 'up'), rounded(Decimal.ROUND_UP))
      same(roundNumber(number(text), places, 'down'), rounded(Decimal.ROUND_DOWN))
      same(roundNumber(number(text), places, 'floor'), rounded(Decimal.ROUND_FLOOR))
      same(roundNumber(number(text), places, 'ceiling'), rounded(Decimal.ROUND_CEIL))
    })
    fc.assert(check, { numRuns: 1000, seed: 34 })
  })

  it.each([
    ['0.1', '0.2', '0.3'],
    ['9999999999999999', '1', '10000000000000000'],
    ['1e6144', '9e6144', 'null'],
    ['1', '1e-6000', '1'],
  ])('%s + %s is %s', (a, b, sum) => {
    const found = addNumbers(number(a), number(b))
    expect(found === null ? 'null' : printNumber(found)).toBe(sum)
  })

  it('have a remainder with the sign of the divisor', () => {
    const modulo = (a: number, b: number) => moduloNumbers(numberOf(a), numberOf(b))
    expect([modulo(12, 5), modulo(-12, 5), modulo(12, -5), modulo(-12, -5)].map((one) => one && integerOf(one))).toEqual([2, 3, -3, -2])
    expect(modulo(1, 0)).toBeNull()
  })

  it('are not read from anything else', () => {
    expect(['', '.', '-', '1.2.3', '1e', 'NaN', 'Infinity', '0x10', '1,000', ' 1', '1e99999'].map(readNumber)).toEqual(Array(11).fill(null))
  })
})
