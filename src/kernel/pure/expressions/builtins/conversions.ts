import { instantOf, isLocal } from '../calendar.ts'
import { compareNumbers, readNumber } from '../numbers.ts'
import { printValue } from '../print.ts'
import { equals } from '../compare.ts'
import { readTemporal } from '../temporal-text.ts'
import { isContext, isList } from '../types.ts'
import type { Run, Value } from '../values.ts'
import { rangeFromText } from './range-from-text.ts'
import { any, define, flag, num, omittable, optional, text, type Signature } from './signature.ts'

/** `number`, `string`, `not`, `is`, `range` and the moment of the run. */
export const conversionFunctions: readonly Signature[] = [
  define('number', [num('from')], 'number', ([from]) => from),
  define('number', [text('from')], 'number', ([from]) => plainNumber(from)),
  define(
    'number',
    [text('from'), omittable(text('grouping separator')), omittable(text('decimal separator'))],
    'number',
    ([from, grouping, decimal]) => separatedNumber(from, grouping ?? undefined, decimal ?? undefined),
  ),
  define('string', [any('from')], 'string', ([from], run) => (from === null ? null : printValue(from, run))),
  define('not', [flag('negand')], 'boolean', ([negand]) => (negand === null ? null : !negand)),
  define('is', [optional(any('value1')), optional(any('value2'))], 'boolean', ([a, b], run) => isSame(a ?? null, b ?? null, run)),
  define('range', [text('from')], { range: 'Any' }, ([from]) => rangeFromText(from)),
  define('now', [], 'date and time', (_none, run) => run.now),
  define('today', [], 'date', (_none, run) => run.today),
  define('@', [text('from')], 'Any', ([from]) => readTemporal(from)),
]

/** As FEEL writes numbers; the minus may stand before. */
function plainNumber(from: string): Value {
  return /^-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/.test(from) ? readNumber(from) : null
}

/** With separators as DMN allows them: grouping by blank, comma or period, decimals by comma or period, not the same. */
function separatedNumber(from: string, grouping: string | undefined, decimal: string | undefined): Value {
  if (grouping !== undefined && grouping !== ' ' && grouping !== ',' && grouping !== '.') return null
  if (decimal !== undefined && decimal !== ',' && decimal !== '.') return null
  if (grouping !== undefined && grouping === decimal) return null
  const ungrouped = grouping === undefined ? from : from.split(grouping).join('')
  return plainNumber(decimal === undefined ? ungrouped : ungrouped.split(decimal).join('.'))
}

/** The same kind and the same value, times with the same zone (DMN 1.5 §10.3.2.2 and table 73). */
function isSame(a: Value, b: Value, run: Run): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (isList(a) || isContext(a) || isList(b) || isContext(b)) return equals(a, b, run) === true
  if (a.kind === 'number') return b.kind === 'number' && compareNumbers(a, b) === 0
  if (a.kind === 'time') return b.kind === 'time' && a.nanos === b.nanos && a.offset === b.offset && a.zone === b.zone
  if (a.kind === 'date and time') {
    const same = b.kind === 'date and time' && isLocal(a.time) === isLocal(b.time) && instantOf(a) === instantOf(b)
    return same && isSame(a.time, b.time, run)
  }
  return equals(a, b, run) === true
}
