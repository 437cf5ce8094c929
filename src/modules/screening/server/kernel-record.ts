import { plainAbsent, plainMatched, plainTidied, look, type KernelPlaces, type KernelPlan } from './kernel-plan.ts'
import { rowAddress, stateAt } from './kernel-state.ts'
import { checkSum, numberOfEight, withoutZeros } from './kernel-digits.ts'
import { tidyNumber } from './kernel-tidy.ts'
import { readValue } from './kernel-values.ts'
import {
  above,
  add,
  and,
  atLeast,
  atMost,
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
  leaveIf,
  left,
  longAt,
  modulo,
  mul,
  not,
  or,
  pairAt,
  repeat,
  right,
  set,
  store,
  storePair,
  storeRow,
  stretch,
  sub,
  when,
  wordAt,
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** record(start, first, columns, row) → plainAbsent, plainMatched, plainTidied or look. */
export function recordFunction(plan: KernelPlan): WasmFunction {
  const { places, reader } = plan
  const business = reader.values.filter((value) => value.business)
  const widest = Math.max(reader.id, reader.name, reader.natural, ...business.map((value) => value.column))
  return {
    name: 'record',
    params: ['start', 'first', 'columns', 'row'],
    locals: [
      'from',
      'to',
      'digit',
      'sum',
      'high',
      'low',
      'eight',
      'check',
      'person',
      'probe',
      'at',
      'end',
      'unit',
      'code',
      'value',
      'out',
      'entry',
      'tidied',
    ],
    longs: ['eights'],
    vectors: ['digits'],
    body: [
      giveIf(atMost(get('columns'), int(widest)), int(look)),
      ...readDigits(plan),
      ...findPerson(plan),
      ...(reader.name < 0 ? [] : [when(get('person'), compareName(plan))]),
      set('out', int(places.words)),
      ...business.flatMap((value) => [...boundsOf(places, value.column), ...readValue(plan, value)]),
      drop(call('hash', right(sub(get('out'), int(places.words)), int(2)), add(rowAddress(places, 'hashes', 4), int(8)))),
      ...(reader.natural < 0 ? [] : [...naturalKey(plan), drop(call('hash', get('value'), rowAddress(places, 'hashes', 4)))]),
      storeRow(rowAddress(places, 'highs', 2), get('high')),
      storeRow(rowAddress(places, 'lows', 2), get('low')),
      store(stateAt(places, 'person'), sub(get('person'), int(1))),
      choose(get('person'), choose(get('tidied'), int(plainTidied), int(plainMatched)), int(plainAbsent)),
    ],
  }
}

/** The address of what is kept of the row until its block is done. */
const ofBlock = (places: KernelPlaces, base: number): Code =>
  add(int(base), left(sub(get('row'), wordAt(stateAt(places, 'first'))), int(2)))

/** A code of capital letters, digits and hyphens is the key: its length and its units as words, their count in `value`. */
function naturalKey({ places, reader }: KernelPlan): Code[] {
  const isOf = (least: number, most: number) => atMost(sub(get('code'), int(least)), int(most - least))
  return [
    ...boundsOf(places, reader.natural),
    set('end', sub(get('to'), get('from'))),
    giveIf(above(sub(get('end'), int(1)), int(39)), int(look)),
    store(ofBlock(places, places.keyAt), get('from')),
    store(ofBlock(places, places.keyLength), get('end')),
    store(int(places.words), get('end')),
    store(add(int(places.words + 4), left(right(get('end'), int(1)), int(2))), int(0)),
    set('out', int(places.words + 4)),
    repeat(
      'code',
      below(get('from'), get('to')),
      set('code', byteAt(get('from'))),
      giveIf(not(or(or(isOf(48, 57), isOf(65, 90)), equal(get('code'), int(45)))), int(look)),
      storePair(get('out'), get('code')),
      set('out', add(get('out'), int(2))),
      set('from', add(get('from'), int(1))),
    ),
    set('value', add(int(1), right(add(get('end'), int(1)), int(1)))),
    set('high', int(-1)),
    set('low', int(-1)),
  ]
}

/** The 18 characters of the number into `high`, `low`, `sum`; anything else is looked at. */
function readDigits(plan: KernelPlan): Code[] {
  const { places, reader } = plan
  return [
    ...boundsOf(places, reader.id),
    when(differ(sub(get('to'), get('from')), int(18)), tidyNumber(plan)),
    ...checkSum(),
    giveIf(above(get('digit'), int(9)), int(look)),
    set('eights', withoutZeros(longAt(get('from')))),
    ...numberOfEight('high'),
    set('high', add(mul(get('high'), int(10)), sub(byteAt(get('from'), 8), int(48)))),
    set('eights', withoutZeros(longAt(get('from'), 9))),
    ...numberOfEight('eight'),
    set('check', byteAt(get('from'), 17)),
    set('check', choose(equal(get('check'), int(88)), int(10), sub(get('check'), int(48)))),
    giveIf(or(above(get('check'), int(10)), equal(byteAt(get('from'), 17), int(58))), int(look)),
    set('low', add(mul(get('eight'), int(11)), get('check'))),
    giveIf(below(get('high'), int(100_000_000)), int(look)),
    giveIf(not(modulo(divide(get('high'), int(1000)), int(111_111))), int(look)),
  ]
}

/** `person` becomes index + 1, or 0 for a right number that the register does not know. */
function findPerson({ places }: KernelPlan): Code[] {
  const personWord = (base: number) => wordAt(add(int(base - 4), left(get('person'), int(2))))
  const mixed: Code[] = [
    set('probe', xor(mul(get('high'), int(0x9e3779b1 | 0)), mul(get('low'), int(0x85ebca77 | 0)))),
    set('probe', xor(get('probe'), right(get('probe'), int(15)))),
    set('probe', mul(get('probe'), int(0x2c1b3c6d))),
    set('probe', xor(get('probe'), right(get('probe'), int(13)))),
  ]
  const year = add(mul(modulo(get('high'), int(1000)), int(10)), divide(get('eight'), int(10_000_000)))
  const month = modulo(divide(get('eight'), int(100_000)), int(100))
  const day = modulo(divide(get('eight'), int(1000)), int(100))
  const outside = (value: Code, least: number, most: number) => above(sub(value, int(least)), int(most - least))
  // The check value of remainder r is (12 - r) mod 11.
  const rightCheck = modulo(sub(int(12), modulo(get('sum'), int(11))), int(11))
  return [
    ...mixed,
    set('code', or(left(int(1), and(get('probe'), int(31))), left(int(1), and(right(get('probe'), int(5)), int(31))))),
    // The line of the filter by the first 15 digits, the word by the whole number, as `filterWord` of the rules.
    set('value', xor(mul(get('high'), int(0x9e3779b1 | 0)), mul(divide(get('low'), int(1100)), int(0x85ebca77 | 0)))),
    set('value', mul(xor(get('value'), right(get('value'), int(15))), int(0x2c1b3c6d))),
    set('value', left(right(get('value'), int(8)), int(4))),
    set('value', and(add(get('value'), right(mul(get('probe'), int(0x9e3779b1 | 0)), int(28))), int(places.idFilterMask))),
    set('value', wordAt(add(int(places.idFilter), left(get('value'), int(2))))),
    stretch(
      'known',
      repeat(
        'slots',
        equal(and(get('value'), get('code')), get('code')),
        set('probe', and(get('probe'), int(places.idSlotMask))),
        set('person', wordAt(add(int(places.idSlots), left(get('probe'), int(2))))),
        leaveIf('slots', not(get('person'))),
        leaveIf('known', and(equal(personWord(places.idLow), get('low')), equal(personWord(places.idHigh), get('high')))),
        set('probe', add(get('probe'), int(1))),
      ),
      giveIf(differ(rightCheck, get('check')), int(look)),
      giveIf(not(modulo(get('low'), int(1100))), int(look)),
      giveIf(outside(year, 1900, 2199), int(look)),
      giveIf(outside(month, 1, 12), int(look)),
      giveIf(outside(day, 1, 28), int(look)),
    ),
    when(get('person'), [giveIf(and(byteAt(add(int(places.personFlags - 1), get('person'))), int(4)), int(look))]),
  ]
}

/** Leaves with `look` unless the cell is the person's name, unit by unit. */
function compareName({ places, reader, encoding }: KernelPlan): Code[] {
  const tail = (offset: number) => and(byteAt(get('at'), offset), int(63))
  const three: Code[] = [
    giveIf(above(sub(get('code'), int(0xe0)), int(15)), int(look)),
    set('code', or(or(left(and(get('code'), int(15)), int(12)), left(tail(1), int(6))), tail(2))),
    set('at', add(get('at'), int(3))),
  ]
  const double: Code[] = [
    set('code', or(left(and(get('code'), int(127)), int(8)), byteAt(get('at'), 1))),
    set('code', pairAt(add(int(places.gbTable), left(get('code'), int(1))))),
    set('at', add(get('at'), int(2))),
  ]
  return [
    ...boundsOf(places, reader.name),
    set('at', get('from')),
    set('unit', add(int(places.texts), left(wordAt(add(int(places.nameAt - 4), left(get('person'), int(2)))), int(1)))),
    set('end', add(add(get('unit'), int(2)), left(pairAt(get('unit')), int(1)))),
    set('unit', add(get('unit'), int(2))),
    repeat(
      'name',
      below(get('at'), get('to')),
      giveIf(atLeast(get('unit'), get('end')), int(look)),
      set('code', byteAt(get('at'))),
      when(below(get('code'), int(128)), [set('at', add(get('at'), int(1)))], encoding === 'utf-8' ? three : double),
      giveIf(differ(pairAt(get('unit')), get('code')), int(look)),
      set('unit', add(get('unit'), int(2))),
    ),
    giveIf(differ(get('unit'), get('end')), int(look)),
  ]
}

/** Sets `from` and `to` to the bounds of a column's cell. */
function boundsOf(places: KernelPlaces, column: number): Code[] {
  const event = add(get('first'), int(column))
  const address = add(int(places.events), left(event, int(2)))
  return [
    set('to', wordAt(address)),
    set('from', column === 0 ? get('start') : add(wordAt(add(int(places.events - 4), left(event, int(2)))), int(1))),
  ]
}
