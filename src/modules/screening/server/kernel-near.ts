import { weights, placeValues, riseAt } from '../rules/near-numbers.ts'
import { bitsOfNumber, lineOfFilter, mixNumber, mixPrefix, spreadHigh, wordOfFilter } from './kernel-find.ts'
import { lookKind, unsure, type KernelPlaces } from './kernel-plan.ts'
import { stateAt } from './kernel-state.ts'
import {
  add,
  and,
  above,
  below,
  byteAt,
  call,
  choose,
  differ,
  divide,
  drop,
  equal,
  get,
  giveIf,
  int,
  left,
  modulo,
  mul,
  not,
  or,
  repeat,
  right,
  set,
  store,
  sub,
  when,
  wordAt,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** What `near` reads of the rules, word by word: the worth of each place, its weight, and the rises by place and lack. */
export const slipWords: readonly number[] = [...placeValues, ...[...placeValues].map((_, at) => weights[at] ?? 0), ...riseAt.flat()]
const weightsFrom = placeValues.length * 4
const risesFrom = placeValues.length * 8

/** The functions that find persons by numbers near a wrong one. */
export function nearFunctions(places: KernelPlaces): WasmFunction[] {
  return [visitFunction(places), nearFunction(places), tailsFunction(places)]
}

/** visit(high, low, kind): notes in the state who has the number; `unsure` where another was found before, or where two have it. */
function visitFunction(places: KernelPlaces): WasmFunction {
  const isShared = and(byteAt(add(int(places.personFlags - 1), get('person'))), int(4))
  return {
    name: 'visit',
    params: ['high', 'low', 'kind'],
    locals: ['person'],
    body: [
      set('person', call('find', get('high'), get('low'))),
      when(get('person'), [
        store(stateAt(places, 'nearKind'), get('kind')),
        store(stateAt(places, 'near'), choose(or(wordAt(stateAt(places, 'near')), isShared), int(unsure), get('person'))),
      ]),
      int(0),
    ],
  }
}

const visit = (high: Code, low: Code, kind: number): Code => drop(call('visit', high, low, int(kind)))
const modulo11 = (value: Code): Code => modulo(add(value, int(110)), int(11))
/** The check value of a remainder, and the remainder of a check value. */
const otherCheck = (value: Code): Code => modulo(sub(int(12), value), int(11))

const slipTable = (places: KernelPlaces, offset: number, at: Code): Code => wordAt(add(int(places.slips), left(at, int(2))), offset)
/** A digit of the number, from the one at `at`. */
const digitFrom = (offset: number): Code => sub(byteAt(add(get('from'), get('at')), offset), int(48))
const nextDigit = add(get('at'), int(1))

/** The one other digit at `at` with which the check character would be right. */
function slipAtDigit(places: KernelPlaces): Code[] {
  return [
    set('rise', slipTable(places, risesFrom, add(mul(get('at'), int(11)), get('lack')))),
    set('change', add(digitFrom(0), get('rise'))),
    set(
      'change',
      choose(below(get('change'), int(10)), get('rise'), choose(above(get('change'), int(10)), sub(get('rise'), int(11)), int(0))),
    ),
    when(get('change'), [
      set('change', mul(get('change'), slipTable(places, 0, get('at')))),
      when(
        below(get('at'), int(9)),
        [visit(add(get('high'), get('change')), get('low'), lookKind.slip)],
        [visit(get('high'), add(get('low'), get('change')), lookKind.slip)],
      ),
    ]),
  ]
}

/** The digit at `at` exchanged with the next one, where the check character would then be right. The tenth and its neighbour lie in both halves. */
function exchangeAtDigit(places: KernelPlaces): Code[] {
  const moved = (at: Code): Code => mul(get('change'), slipTable(places, 0, at))
  const shift = sub(moved(get('at')), moved(nextDigit))
  const weightOf = (at: Code): Code => slipTable(places, weightsFrom, at)
  const lost = sub(mul(get('change'), sub(weightOf(get('at')), weightOf(nextDigit))), get('lack'))
  const across = visit(add(get('high'), moved(get('at'))), sub(get('low'), moved(nextDigit)), lookKind.exchanged)
  return [
    set('change', sub(digitFrom(1), digitFrom(0))),
    when(and(differ(get('change'), int(0)), not(modulo11(lost))), [
      when(
        below(get('at'), int(8)),
        [visit(add(get('high'), shift), get('low'), lookKind.exchanged)],
        [when(equal(get('at'), int(8)), [across], [visit(get('high'), add(get('low'), shift), lookKind.exchanged)])],
      ),
    ]),
  ]
}

/**
 * near(from, high, low, remainder, check) → person + 1 when exactly one person has a number one slip away, 0 for nobody, else `unsure`. As
 * `visitNear` of the rules; the 18 characters stand at `from`.
 */
function nearFunction(places: KernelPlaces): WasmFunction {
  const last = sub(byteAt(get('from'), 16), int(48))
  const over = sub(mul(sub(get('check'), last), int(weights[16])), otherCheck(last))
  return {
    name: 'near',
    params: ['from', 'high', 'low', 'remainder', 'check'],
    locals: ['at', 'lack', 'rise', 'change'],
    body: [
      store(stateAt(places, 'near'), int(0)),
      visit(get('high'), add(sub(get('low'), get('check')), otherCheck(get('remainder'))), lookKind.slip),
      set('lack', modulo11(sub(otherCheck(get('check')), get('remainder')))),
      repeat('digits', below(get('at'), int(17)), ...slipAtDigit(places), set('at', nextDigit)),
      set('at', int(0)),
      repeat('exchanged', below(get('at'), int(16)), ...exchangeAtDigit(places), set('at', nextDigit)),
      when(and(and(differ(get('check'), int(10)), differ(get('check'), last)), not(modulo11(add(get('remainder'), over)))), [
        visit(get('high'), add(get('low'), mul(sub(get('check'), last), int(10))), lookKind.exchanged),
      ]),
      wordAt(stateAt(places, 'near')),
    ],
  }
}

/** Bits of the first 15 digits of numbers in the register whose check character is wrong. */
export const spoiltBytes = 8192
/** The bit of a spread prefix (`mixPrefix`). */
export const spoiltBit = (mixed: number): number => (mixed >>> 8) & (spoiltBytes * 8 - 1)

/**
 * tails(high, low, sum) → person + 1 when exactly one person has a number with the same first 15 digits, 0 for nobody, else `unsure`. The
 * number ends with 000, so `sum` is that of its first 15 digits.
 */
function tailsFunction(places: KernelPlaces): WasmFunction {
  const bit = and(right(get('value'), int(8)), int(spoiltBytes * 8 - 1))
  const sum = add(get('sum'), add(mul(divide(get('tail'), int(10)), int(weights[15])), mul(modulo(get('tail'), int(10)), int(weights[16]))))
  const low = add(mul(add(get('low'), get('tail')), int(11)), otherCheck(modulo(sum, int(11))))
  // All of them stand in one line of the filter, which is asked here.
  const asked: Code[] = [
    set('other', low),
    ...mixNumber(get('spread'), get('other')),
    set('bits', bitsOfNumber),
    when(equal(and(wordOfFilter(places, get('line')), get('bits')), get('bits')), [visit(get('high'), get('other'), lookKind.tailLost)]),
  ]
  return {
    name: 'tails',
    params: ['high', 'low', 'sum'],
    locals: ['value', 'tail', 'line', 'spread', 'other', 'probe', 'bits'],
    body: [
      ...mixPrefix,
      giveIf(and(right(byteAt(add(int(places.spoilt), right(bit, int(3)))), and(bit, int(7))), int(1)), int(unsure)),
      store(stateAt(places, 'near'), int(0)),
      set('low', divide(get('low'), int(11))),
      set('line', lineOfFilter),
      set('spread', spreadHigh),
      repeat('tails', below(get('tail'), int(100)), ...asked, set('tail', add(get('tail'), int(1)))),
      wordAt(stateAt(places, 'near')),
    ],
  }
}
