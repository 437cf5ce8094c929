import type { ListReader } from '../rules/list-reader.ts'
import { emptyMark } from '../rules/list-reader.ts'
import { notDigits, numberOfEight, withoutZeros } from './kernel-digits.ts'
import { cacheSlots, cacheWords, longestWord, look, type KernelPlaces, type KernelPlan } from './kernel-plan.ts'
import {
  above,
  add,
  and,
  andLong,
  atMost,
  below,
  byteAt,
  choose,
  differ,
  divide,
  equal,
  get,
  give,
  giveIf,
  int,
  leave,
  leaveIf,
  leftLong,
  long,
  longAt,
  modulo,
  mul,
  not,
  or,
  orLong,
  pairAt,
  repeat,
  right,
  rightLong,
  set,
  store,
  sub,
  when,
  widen,
  wordAt,
  xor,
  type Code,
} from './wasm-code.ts'

const put = (value: Code): Code[] => [store(get('out'), value), set('out', add(get('out'), int(4)))]

/** Adds the words of one value; a cell that is not plain is looked at. */
export function readValue(plan: KernelPlan, value: ListReader['values'][number]): Code[] {
  const column = plan.reader.values.indexOf(value)
  const filled =
    value.type === 'amount' && value.unit === '元'
      ? readAmount()
      : value.type === 'count'
        ? readDigitsOf(get('from'), get('to'), 9)
        : value.type === 'day'
          ? readDay()
          : isWordType(value.type)
            ? readWord(plan.places, column)
            : [give(int(look))]
  const number = isWordType(value.type) ? [] : put(get('value'))
  return [when(equal(get('from'), get('to')), [...put(int(emptyMark)), ...put(int(emptyMark))], [...filled, ...number])]
}

function isWordType(type: string): boolean {
  return !['amount', 'count', 'day', 'text'].includes(type)
}

/** One to `most` digits into `value`. */
function readDigitsOf(from: Code, to: Code, most: number): Code[] {
  return [
    set('at', from),
    set('end', to),
    giveIf(above(sub(sub(get('end'), get('at')), int(1)), int(most - 1)), int(look)),
    set('value', int(0)),
    repeat(
      'digits',
      below(get('at'), get('end')),
      set('digit', sub(byteAt(get('at')), int(48))),
      giveIf(above(get('digit'), int(9)), int(look)),
      set('value', add(mul(get('value'), int(10)), get('digit'))),
      set('at', add(get('at'), int(1))),
    ),
  ]
}

/** `1234`, `1234.5`, `1234.50` as fen, up to seven digits before the point. */
function readAmount(): Code[] {
  const nextDigit: Code[] = [
    set('digit', sub(byteAt(get('at')), int(48))),
    giveIf(above(get('digit'), int(9)), int(look)),
    set('value', add(mul(get('value'), int(10)), get('digit'))),
    set('at', add(get('at'), int(1))),
  ]
  const anyForm: Code[] = [
    set('at', get('from')),
    set('value', int(0)),
    repeat('whole', below(get('at'), get('to')), leaveIf('whole', equal(byteAt(get('at')), int(46))), ...nextDigit),
    giveIf(above(sub(sub(get('at'), get('from')), int(1)), int(6)), int(look)),
    set('unit', sub(get('to'), get('at'))),
    giveIf(or(equal(get('unit'), int(1)), above(get('unit'), int(3))), int(look)),
    when(get('unit'), [set('at', add(get('at'), int(1))), repeat('decimals', below(get('at'), get('to')), ...nextDigit)]),
    set('value', mul(get('value'), choose(equal(get('unit'), int(3)), int(1), choose(equal(get('unit'), int(2)), int(10), int(100))))),
  ]
  // Nearly all amounts have two decimals: their up to seven digits before the point are read at once, what stands before them blotted out.
  return [
    set('unit', sub(sub(get('to'), get('from')), int(3))),
    when(and(atMost(sub(get('unit'), int(1)), int(6)), equal(byteAt(sub(get('to'), int(3))), int(46))), readTwoDecimals(), anyForm),
  ]
}

/** An amount with two decimals whose `unit` digits before the point are one to seven. */
function readTwoDecimals(): Code[] {
  const decimal = (at: number): Code[] => [
    set('digit', sub(byteAt(sub(get('to'), int(at))), int(48))),
    giveIf(above(get('digit'), int(9)), int(look)),
    set('value', add(mul(get('value'), int(10)), get('digit'))),
  ]
  return [
    set('eights', withoutZeros(longAt(sub(get('to'), int(11))))),
    set('eights', andLong(get('eights'), leftLong(long(-1n), widen(mul(sub(int(8), get('unit')), int(8)))))),
    giveIf(notDigits(), int(look)),
    ...numberOfEight('value'),
    ...decimal(2),
    ...decimal(1),
  ]
}

/** `2023-09-05`, `2023/09/05`, `2023.09.05` or `20230905`, days 1 to 28: the eight digits are read at once. */
function readDay(): Code[] {
  const outside = (value: Code, least: number, most: number) => above(sub(value, int(least)), int(most - least))
  const withMarks: Code[] = [
    giveIf(differ(get('unit'), int(10)), int(look)),
    set('code', byteAt(get('from'), 4)),
    giveIf(or(differ(get('code'), byteAt(get('from'), 7)), above(sub(get('code'), int(45)), int(2))), int(look)),
    set('eights', longAt(get('from'))),
    set(
      'eights',
      orLong(
        orLong(andLong(get('eights'), long(0xffffffffn)), leftLong(andLong(rightLong(get('eights'), long(40n)), long(0xffffn)), long(32n))),
        leftLong(widen(pairAt(get('from'), 8)), long(48n)),
      ),
    ),
    set('eights', withoutZeros(get('eights'))),
  ]
  return [
    set('unit', sub(get('to'), get('from'))),
    when(equal(get('unit'), int(8)), [set('eights', withoutZeros(longAt(get('from'))))], withMarks),
    giveIf(notDigits(), int(look)),
    ...numberOfEight('value'),
    giveIf(outside(divide(get('value'), int(10_000)), 1900, 2199), int(look)),
    giveIf(outside(modulo(divide(get('value'), int(100)), int(100)), 1, 12), int(look)),
    giveIf(outside(modulo(get('value'), int(100)), 1, 28), int(look)),
  ]
}

/** The hash of a word that the cache knows by its bytes; at a new one it gives `missing`, so that it is looked at, which puts it there. */
export function readWord(places: KernelPlaces, column: number, missing: number = look): Code[] {
  const field = (offset: number) => wordAt(get('entry'), offset)
  return [
    giveIf(above(sub(get('to'), get('from')), int(longestWord)), int(missing)),
    set('probe', int((0x811c9dc5 ^ column) | 0)),
    set('at', get('from')),
    repeat(
      'bytes',
      below(get('at'), get('to')),
      set('probe', mul(xor(get('probe'), byteAt(get('at'))), int(0x01000193))),
      set('at', add(get('at'), int(1))),
    ),
    set('unit', xor(get('probe'), right(get('probe'), int(16)))),
    repeat(
      'cache',
      int(1),
      set('entry', add(int(places.cache), mul(and(get('unit'), int(cacheSlots - 1)), int(cacheWords * 4)))),
      giveIf(not(field(4)), int(missing)),
      set('unit', add(get('unit'), int(1))),
      when(and(and(equal(field(0), get('probe')), equal(field(4), int(column + 1))), equal(field(8), sub(get('to'), get('from')))), [
        set('code', add(int(places.cachePool), field(12))),
        set('at', get('from')),
        repeat(
          'same',
          below(get('at'), get('to')),
          leaveIf('same', differ(byteAt(get('at')), byteAt(get('code')))),
          set('at', add(get('at'), int(1))),
          set('code', add(get('code'), int(1))),
        ),
        when(equal(get('at'), get('to')), [...put(field(16)), ...put(field(20)), leave('cache')]),
      ]),
    ),
  ]
}
