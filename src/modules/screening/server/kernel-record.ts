import { findByNumber, personWord } from './kernel-find.ts'
import { notGiven, unknown } from './kernel-named.ts'
import { look, lookKind, plainAbsent, unsure, type KernelPlaces, type KernelPlan } from './kernel-plan.ts'
import { boundsOf, rowAddress, stateAt } from './kernel-state.ts'
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
  give,
  giveIf,
  int,
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
  sub,
  when,
  wordAt,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

const recordLocals =
  'from to digit sum high low eight check person probe at end unit code value out entry tidied kind wrong lost outside'.split(' ')

/** record(start, first, columns, row, line) → `plainAbsent`, or what of `lookKind` the row is. */
export function recordFunction(plan: KernelPlan): WasmFunction {
  const { places, reader } = plan
  const business = reader.values.filter((value) => value.business)
  const widest = Math.max(reader.id, reader.name, reader.natural, ...business.map((value) => value.column))
  return {
    name: 'record',
    params: ['start', 'first', 'columns', 'row', 'line'],
    locals: recordLocals,
    longs: ['eights'],
    vectors: ['digits'],
    body: [
      giveIf(atMost(get('columns'), int(widest)), int(look)),
      ...boundsOf(places, reader.id),
      when(below(sub(get('to'), get('from')), int(15)), withoutNumber(plan), [
        ...readDigits(plan),
        ...findPerson(plan),
        ...(reader.name < 0 ? [] : [when(get('person'), compareName(plan))]),
      ]),
      when(above(get('kind'), int(lookKind.byPlace)), wordsKey(plan)),
      set('out', int(places.words)),
      ...business.flatMap((value) => [...boundsOf(places, value.column), ...readValue(plan, value)]),
      drop(call('hash', right(sub(get('out'), int(places.words)), int(2)), add(rowAddress(places, 'hashes', 4), int(8)))),
      ...(reader.natural < 0 ? [] : [...naturalKey(plan), drop(call('hash', get('value'), rowAddress(places, 'hashes', 4)))]),
      storeRow(rowAddress(places, 'highs', 2), get('high')),
      storeRow(rowAddress(places, 'lows', 2), get('low')),
      store(stateAt(places, 'person'), sub(get('person'), int(1))),
      when(get('kind'), [give(get('kind'))]),
      choose(get('person'), choose(get('tidied'), int(lookKind.tidied), int(lookKind.matched)), int(plainAbsent)),
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
  return [
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

/** `person` becomes index + 1, or 0 where the number leads to nobody; `kind` tells how a wrong number leads to somebody. */
function findPerson(plan: KernelPlan): Code[] {
  const { places } = plan
  const year = add(mul(modulo(get('high'), int(1000)), int(10)), divide(get('eight'), int(10_000_000)))
  const month = modulo(divide(get('eight'), int(100_000)), int(100))
  const day = modulo(divide(get('eight'), int(1000)), int(100))
  const outside = (value: Code, least: number, span: number) => above(sub(value, int(least)), int(span))
  const named: Code[] =
    plan.reader.name < 0
      ? [give(int(look))]
      : [
          giveIf(call('named', get('start'), get('first'), get('columns')), int(look)),
          when(or(outside(year, 1880, 220), or(outside(month, 1, 11), outside(day, 1, 30))), nobody(plan)),
        ]
  const rightCheck = modulo(sub(int(12), modulo(get('sum'), int(11))), int(11))
  return [
    ...findByNumber(places),
    when(not(get('person')), [
      set('wrong', differ(rightCheck, get('check'))),
      set('lost', not(modulo(get('low'), int(1100)))),
      when(or(get('wrong'), get('lost')), findNear(plan)),
      when(not(get('person')), [
        set('outside', or(outside(year, 1900, 299), or(outside(month, 1, 11), outside(day, 1, 27)))),
        // Which months have more days is left to the reader that knows them; of a wrong number nobody asks.
        when(get('wrong'), named, [giveIf(get('outside'), int(look))]),
      ]),
    ]),
    when(get('person'), [giveIf(and(byteAt(add(int(places.personFlags - 1), get('person'))), int(4)), int(look))]),
  ]
}

/** A number that nobody has, its check character wrong or its tail lost: perhaps a slip of the number of one person of that name. */
function findNear({ places, reader }: KernelPlan): Code[] {
  if (reader.name < 0) return [give(int(look))]
  const found = (how: Code): Code[] => [
    giveIf(equal(get('person'), int(unsure)), int(look)),
    when(get('person'), [set('kind', how), set('high', personWord(places.idHigh)), set('low', personWord(places.idLow))]),
  ]
  const near = call('near', get('from'), get('high'), get('low'), modulo(get('sum'), int(11)), get('check'))
  return [
    when(get('lost'), [set('person', call('tails', get('high'), get('low'), get('sum'))), ...found(int(lookKind.tailLost))]),
    when(and(get('wrong'), not(get('person'))), [set('person', near), ...found(wordAt(stateAt(places, 'nearKind')))]),
  ]
}

/** A cell too short for any number, in plain characters: whom do name and place lead to? */
function withoutNumber(plan: KernelPlan): Code[] {
  const { places, reader, signs } = plan
  if (reader.name < 0 || signs === undefined) return [give(int(look))]
  const isByte = (byte: number) => equal(get('code'), int(byte))
  return [
    // A hyphen is no character of a number; with an equals sign begins a text that Excel wrote as a formula.
    when(differ(get('from'), get('to')), [set('code', byteAt(get('from'))), giveIf(or(isByte(45), isByte(61)), int(look))]),
    set('at', get('from')),
    repeat(
      'plain',
      below(get('at'), get('to')),
      set('code', byteAt(get('at'))),
      giveIf(or(above(sub(get('code'), int(33)), int(93)), or(isByte(39), isByte(96))), int(look)),
      set('at', add(get('at'), int(1))),
    ),
    set('person', call('named', get('start'), get('first'), get('columns'))),
    giveIf(equal(get('person'), int(unsure)), int(look)),
    giveIf(not(call('isData', get('start'), get('first'), get('columns'), get('line'))), int(look)),
    when(
      get('person'),
      [
        set('kind', int(lookKind.byPlace)),
        set('high', personWord(places.idHigh)),
        set('low', personWord(places.idLow)),
        giveIf(equal(get('high'), int(-1)), int(look)),
      ],
      nobody(plan),
    ),
  ]
}

/** The name that was read leads to nobody: why, as `matchByName` of the rules says it. */
function nobody({ places }: KernelPlan): Code[] {
  const village = wordAt(stateAt(places, 'village'))
  return [
    set('kind', int(lookKind.unusable)),
    when(
      equal(village, int(unknown)),
      [set('kind', int(lookKind.placeUnknown))],
      [when(differ(village, int(notGiven)), [when(call('isOne'), [set('kind', int(lookKind.moved))])])],
    ),
    set('high', int(-1)),
    set('low', int(-1)),
  ]
}

/** Such a row is known by its words, if it has no key of its own. */
function wordsKey({ reader }: KernelPlan): Code[] {
  if (reader.natural >= 0 || reader.name < 0) return []
  return [giveIf(call('wordsKey', get('start'), get('first'), get('columns'), get('row')), int(look))]
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
