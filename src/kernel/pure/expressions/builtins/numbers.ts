import { exponential, logarithm, squareRoot } from '../number-functions.ts'
import { moduloNumbers, negated, roundNumber, signOf, trimmed, type FeelNumber, type Rounding } from '../numbers.ts'
import { dayTimeDuration, yearMonthDuration } from '../temporal-text.ts'
import { dayTime, define, months, num, optional, truncated, type Signature } from './signature.ts'

/** Decimals that may be asked for (DMN 1.5 table 75). */
const isScale = (scale: number): boolean => scale >= -6111 && scale <= 6176

const rounding = (name: string, how: Rounding): Signature[] => [
  define(name, [num('n'), truncated('scale')], 'number', ([n, scale]) => (isScale(scale) ? roundNumber(n, scale, how) : null)),
]

const toWhole = (name: string, how: Rounding): Signature[] => [
  define(name, [num('n'), optional(truncated('scale'))], 'number', ([n, scale]) =>
    isScale(scale ?? 0) ? roundNumber(n, scale ?? 0, how) : null,
  ),
]

const absolute = (n: FeelNumber): FeelNumber => (signOf(n) < 0 ? negated(n) : n)

/** Odd or even; null for a number that is not whole. */
function remainderOfTwo(n: FeelNumber): number | null {
  const short = trimmed(n)
  if (short.scale > 0) return null
  if (short.scale < 0) return 0
  return Math.abs(Number(BigInt(short.digits) % 2n))
}

export const numberFunctions: readonly Signature[] = [
  define('decimal', [num('n'), truncated('scale')], 'number', ([n, scale]) => (isScale(scale) ? roundNumber(n, scale, 'half-even') : null)),
  ...toWhole('floor', 'floor'),
  ...toWhole('ceiling', 'ceiling'),
  ...rounding('round up', 'up'),
  ...rounding('round down', 'down'),
  ...rounding('round half up', 'half-up'),
  ...rounding('round half down', 'half-down'),
  define('abs', [num('n')], 'number', ([n]) => absolute(n)),
  define('abs', [months('n')], 'years and months duration', ([n]) => yearMonthDuration(Math.abs(n.months))),
  define('abs', [dayTime('n')], 'days and time duration', ([n]) => dayTimeDuration(n.nanos < 0n ? -n.nanos : n.nanos)),
  define('modulo', [num('dividend'), num('divisor')], 'number', ([a, b]) => moduloNumbers(a, b)),
  define('sqrt', [num('number')], 'number', ([n]) => squareRoot(n)),
  define('log', [num('number')], 'number', ([n]) => logarithm(n)),
  define('exp', [num('number')], 'number', ([n]) => exponential(n)),
  define('odd', [num('number')], 'boolean', ([n]) => isRemainder(n, 1)),
  define('even', [num('number')], 'boolean', ([n]) => isRemainder(n, 0)),
]

function isRemainder(n: FeelNumber, wanted: number): boolean | null {
  const rest = remainderOfTwo(n)
  return rest === null ? false : rest === wanted
}
