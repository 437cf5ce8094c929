import type { HashKey } from '../rules/keyed-hash.ts'
import { emptyMark, type ListReader } from '../rules/list-reader.ts'
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
  eitherVector,
  equal,
  get,
  give,
  giveIf,
  int,
  leave,
  leaveIf,
  left,
  lowestBit,
  maskOf,
  modulo,
  mul,
  not,
  or,
  pairAt,
  repeat,
  right,
  rotate,
  sameBytes,
  set,
  spread,
  store,
  stretch,
  sub,
  vectorAt,
  when,
  wordAt,
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** Addresses (bytes) of what the kernel reads and writes in the shared memory. */
export interface KernelPlaces {
  /** Four words: line, slots, looks, person. */
  state: number
  events: number
  looks: number
  /** Four words a slot. */
  hashes: number
  lines: number
  highs: number
  lows: number
  words: number
  cache: number
  cachePool: number
  gbTable: number
  idSlots: number
  idSlotMask: number
  idFilter: number
  idFilterMask: number
  idHigh: number
  idLow: number
  nameAt: number
  texts: number
  personFlags: number
}

export interface KernelPlan {
  places: KernelPlaces
  reader: ListReader
  keys: HashKey
  separator: number
  encoding: 'utf-8' | 'gb18030'
  headerBottom: number
}

/** Words of an entry for the slow reader: slot, start, end, line, kind, person, first event, columns. */
export const lookWords = 8
export const lookKind = { matched: 1, regular: 2, irregular: 3 } as const
/** Entries of the word cache, six words each: hash, column + 1, length, place in the pool, hash low, hash high. */
export const cacheSlots = 4096
export const cacheWords = 6
export const longestWord = 48

const plainAbsent = 0
const plainMatched = 1
const look = 2
const newLine = 10
const carriageReturn = 13
const quote = 34
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The functions of the kernel for one list: `scan` finds separators, `rows` does what can be done on bytes and names the rest. */
export function kernelFunctions(plan: KernelPlan): WasmFunction[] {
  return [scanFunction(plan), hashFunction(plan), recordFunction(plan), rowsFunction(plan)]
}

/** scan(from, to) → count: positions of every separator, line break and quote. Reads up to 15 bytes beyond `to`, which must be zero. */
function scanFunction({ places, separator }: KernelPlan): WasmFunction {
  const mark = (vector: string, byte: number) => set(vector, spread(int(byte)))
  const same = (vector: string) => sameBytes(get('block'), get(vector))
  return {
    name: 'scan',
    params: ['from', 'to'],
    locals: ['out', 'mask'],
    vectors: ['block', 'separators', 'lines', 'returns', 'quotes'],
    body: [
      mark('separators', separator),
      mark('lines', newLine),
      mark('returns', carriageReturn),
      mark('quotes', quote),
      set('out', int(places.events)),
      repeat(
        'blocks',
        below(get('from'), get('to')),
        set('block', vectorAt(get('from'))),
        set('mask', maskOf(eitherVector(eitherVector(same('separators'), same('lines')), eitherVector(same('returns'), same('quotes'))))),
        repeat(
          'bits',
          get('mask'),
          store(get('out'), add(get('from'), lowestBit(get('mask')))),
          set('out', add(get('out'), int(4))),
          set('mask', and(get('mask'), sub(get('mask'), int(1)))),
        ),
        set('from', add(get('from'), int(16))),
      ),
      right(sub(get('out'), int(places.events)), int(2)),
    ],
  }
}

const round = (): Code[] => [
  set('v0', add(get('v0'), get('v1'))),
  set('v1', xor(rotate(get('v1'), int(5)), get('v0'))),
  set('v0', rotate(get('v0'), int(16))),
  set('v2', add(get('v2'), get('v3'))),
  set('v3', xor(rotate(get('v3'), int(8)), get('v2'))),
  set('v0', add(get('v0'), get('v3'))),
  set('v3', xor(rotate(get('v3'), int(7)), get('v0'))),
  set('v2', add(get('v2'), get('v1'))),
  set('v1', xor(rotate(get('v1'), int(13)), get('v2'))),
  set('v2', rotate(get('v2'), int(16))),
]

/** hash(count, out): HalfSipHash-1-3 of `count` words, as `hashWords` of the rules. */
function hashFunction({ places, keys }: KernelPlan): WasmFunction {
  const compress = (): Code[] => [set('v3', xor(get('v3'), get('word'))), ...round(), set('v0', xor(get('v0'), get('word')))]
  const finish = (offset: number): Code[] => [
    ...round(),
    ...round(),
    ...round(),
    store(get('out'), xor(get('v1'), get('v3')), offset),
    set('v1', xor(get('v1'), int(0xdd))),
  ]
  return {
    name: 'hash',
    params: ['count', 'out'],
    locals: ['at', 'end', 'word', 'v0', 'v1', 'v2', 'v3'],
    body: [
      set('v0', int(keys.low)),
      set('v1', int(keys.high ^ 0xee)),
      set('v2', int(0x6c796765 ^ keys.low)),
      set('v3', int(0x74656462 ^ keys.high)),
      set('at', int(places.words)),
      set('end', add(get('at'), left(get('count'), int(2)))),
      repeat('words', below(get('at'), get('end')), set('word', wordAt(get('at'))), ...compress(), set('at', add(get('at'), int(4)))),
      set('word', left(get('count'), int(26))),
      ...compress(),
      set('v2', xor(get('v2'), int(0xee))),
      ...finish(0),
      ...finish(4),
      int(0),
    ],
  }
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

/** record(start, first, columns, slot) → plainAbsent, plainMatched or look. */
function recordFunction(plan: KernelPlan): WasmFunction {
  const { places, reader } = plan
  const business = reader.values.filter((value) => value.business)
  const widest = Math.max(reader.id, reader.name, ...business.map((value) => value.column))
  const slotAddress = (base: number, shift: number) => add(int(base), left(get('slot'), int(shift)))
  return {
    name: 'record',
    params: ['start', 'first', 'columns', 'slot'],
    locals: [
      'from',
      'to',
      'digit',
      'bad',
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
    ],
    body: [
      giveIf(atMost(get('columns'), int(widest)), int(look)),
      ...readDigits(plan),
      ...findPerson(plan),
      ...(reader.name < 0 ? [] : [when(get('person'), compareName(plan))]),
      set('out', int(places.words)),
      ...business.flatMap((value) => [...boundsOf(places, value.column), ...readValue(plan, value)]),
      drop(call('hash', right(sub(get('out'), int(places.words)), int(2)), add(slotAddress(places.hashes, 4), int(8)))),
      store(int(places.words), get('high')),
      store(int(places.words + 4), get('low')),
      drop(call('hash', int(2), slotAddress(places.hashes, 4))),
      store(slotAddress(places.highs, 2), get('high')),
      store(slotAddress(places.lows, 2), get('low')),
      store(int(places.state + 12), sub(get('person'), int(1))),
      choose(get('person'), int(plainMatched), int(plainAbsent)),
    ],
  }
}

/** The 18 characters of the number into `high`, `low`, `sum`; anything else is looked at. */
function readDigits({ places, reader }: KernelPlan): Code[] {
  const digitAt = (at: number, into: string): Code[] => [
    set('digit', sub(byteAt(get('from'), at), int(48))),
    set('bad', or(get('bad'), above(get('digit'), int(9)))),
    set(into, add(mul(get(into), int(10)), get('digit'))),
    set('sum', add(get('sum'), mul(get('digit'), int(weights[at] ?? 0)))),
  ]
  const places9 = Array.from({ length: 9 }, (_, at) => digitAt(at, 'high')).flat()
  const places8 = Array.from({ length: 8 }, (_, at) => digitAt(at + 9, 'eight')).flat()
  return [
    ...boundsOf(places, reader.id),
    giveIf(differ(sub(get('to'), get('from')), int(18)), int(look)),
    ...places9,
    ...places8,
    set('check', byteAt(get('from'), 17)),
    set('check', choose(equal(get('check'), int(88)), int(10), sub(get('check'), int(48)))),
    set('bad', or(get('bad'), above(get('check'), int(10)))),
    set('bad', or(get('bad'), equal(byteAt(get('from'), 17), int(58)))),
    giveIf(get('bad'), int(look)),
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
    set('value', and(right(mul(get('probe'), int(0x9e3779b1 | 0)), int(10)), int(places.idFilterMask))),
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

const put = (value: Code): Code[] => [store(get('out'), value), set('out', add(get('out'), int(4)))]

/** Adds the words of one value; a cell that is not plain is looked at. */
function readValue(plan: KernelPlan, value: ListReader['values'][number]): Code[] {
  const column = plan.reader.values.indexOf(value)
  const filled =
    value.type === 'amount' && value.unit === '元'
      ? readAmount()
      : value.type === 'count'
        ? readDigitsOf(get('from'), get('to'), 9)
        : value.type === 'day'
          ? readDay()
          : isWordType(value.type)
            ? readWord(plan, column)
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
  return [
    set('at', get('from')),
    set('value', int(0)),
    repeat('whole', below(get('at'), get('to')), leaveIf('whole', equal(byteAt(get('at')), int(46))), ...nextDigit),
    giveIf(above(sub(sub(get('at'), get('from')), int(1)), int(6)), int(look)),
    set('unit', sub(get('to'), get('at'))),
    giveIf(or(equal(get('unit'), int(1)), above(get('unit'), int(3))), int(look)),
    when(get('unit'), [set('at', add(get('at'), int(1))), repeat('decimals', below(get('at'), get('to')), ...nextDigit)]),
    set('value', mul(get('value'), choose(equal(get('unit'), int(3)), int(1), choose(equal(get('unit'), int(2)), int(10), int(100))))),
  ]
}

/** `2023-09-05`, `2023/09/05`, `2023.09.05` or `20230905`, days 1 to 28. */
function readDay(): Code[] {
  const outside = (value: Code, least: number, most: number) => above(sub(value, int(least)), int(most - least))
  return [
    set('unit', sub(get('to'), get('from'))),
    giveIf(and(differ(get('unit'), int(8)), differ(get('unit'), int(10))), int(look)),
    set('entry', equal(get('unit'), int(10))),
    set('code', byteAt(get('from'), 4)),
    when(get('entry'), [
      giveIf(differ(get('code'), byteAt(get('from'), 7)), int(look)),
      giveIf(and(above(sub(get('code'), int(45)), int(2)), int(1)), int(look)),
    ]),
    ...readDigitsOf(get('from'), add(get('from'), int(4)), 4),
    set('check', get('value')),
    giveIf(outside(get('check'), 1900, 2199), int(look)),
    ...readDigitsOf(add(add(get('from'), int(4)), get('entry')), add(add(get('from'), int(6)), get('entry')), 2),
    set('probe', get('value')),
    giveIf(outside(get('probe'), 1, 12), int(look)),
    ...readDigitsOf(sub(get('to'), int(2)), get('to'), 2),
    giveIf(outside(get('value'), 1, 28), int(look)),
    set('value', add(add(mul(get('check'), int(10_000)), mul(get('probe'), int(100))), get('value'))),
  ]
}

/** The hash of a word that the cache knows by its bytes; a new one is looked at, which puts it there. */
function readWord({ places }: KernelPlan, column: number): Code[] {
  const field = (offset: number) => wordAt(get('entry'), offset)
  return [
    giveIf(above(sub(get('to'), get('from')), int(longestWord)), int(look)),
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
      giveIf(not(field(4)), int(look)),
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

/**
 * rows(count, start, to): goes through the events, takes each record, and gives where the first incomplete one begins.
 * State in and out: line, slots; out: looks.
 */
function rowsFunction({ places, headerBottom }: KernelPlan): WasmFunction {
  const eventAddress = (index: Code) => add(int(places.events), left(index, int(2)))
  const addLook = (kind: Code, person: Code): Code[] => [
    ...[get('slot'), get('start'), get('place'), get('line'), kind, person, get('first'), get('columns')].map((value, at) =>
      store(get('look'), value, at * 4),
    ),
    set('look', add(get('look'), int(lookWords * 4))),
  ]
  const endRecord: Code[] = [
    set('columns', add(sub(get('event'), get('first')), int(1))),
    when(and(above(get('line'), int(headerBottom)), above(get('place'), get('start'))), [
      store(add(int(places.lines), left(get('slot'), int(2))), get('line')),
      set('kind', int(look)),
      when(not(get('irregular')), [set('kind', call('record', get('start'), get('first'), get('columns'), get('slot')))]),
      when(equal(get('kind'), int(plainMatched)), addLook(int(lookKind.matched), wordAt(int(places.state + 12)))),
      when(equal(get('kind'), int(look)), addLook(add(int(lookKind.regular), get('irregular')), int(-1))),
      set('slot', add(get('slot'), int(1))),
    ]),
    set('line', add(add(get('line'), int(1)), get('lines'))),
    set('lines', int(0)),
    set('irregular', int(0)),
    set('start', add(get('place'), int(1))),
    // CRLF: the line feed is the next event and belongs to this end.
    when(and(equal(get('byte'), int(carriageReturn)), equal(byteAt(get('place'), 1), int(newLine))), [
      set('start', add(get('start'), int(1))),
      set('event', add(get('event'), int(1))),
    ]),
    set('first', add(get('event'), int(1))),
    set('cell', get('start')),
  ]
  // Steps over a quoted cell; without its end among the events the record is incomplete.
  const skipQuoted: Code[] = [
    set('irregular', int(1)),
    set('event', add(get('event'), int(1))),
    repeat(
      'quoted',
      int(1),
      leaveIf('events', atLeast(get('event'), get('count'))),
      set('place', wordAt(eventAddress(get('event')))),
      set('byte', byteAt(get('place'))),
      when(
        equal(get('byte'), int(quote)),
        [when(differ(byteAt(get('place'), 1), int(quote)), [leave('quoted')]), set('event', add(get('event'), int(1)))],
        [
          when(
            or(
              equal(get('byte'), int(newLine)),
              and(equal(get('byte'), int(carriageReturn)), differ(byteAt(get('place'), 1), int(newLine))),
            ),
            [set('lines', add(get('lines'), int(1)))],
          ),
        ],
      ),
      set('event', add(get('event'), int(1))),
    ),
    set('cell', int(-1)),
  ]
  return {
    name: 'rows',
    params: ['count', 'start', 'to'],
    locals: ['event', 'first', 'place', 'byte', 'cell', 'irregular', 'lines', 'line', 'slot', 'look', 'kind', 'columns'],
    body: [
      set('line', wordAt(int(places.state))),
      set('slot', wordAt(int(places.state + 4))),
      set('look', int(places.looks)),
      set('cell', get('start')),
      repeat(
        'events',
        below(get('event'), get('count')),
        set('place', wordAt(eventAddress(get('event')))),
        set('byte', byteAt(get('place'))),
        when(
          equal(get('byte'), int(quote)),
          [when(equal(get('place'), get('cell')), skipQuoted, [set('irregular', int(1))])],
          [
            when(
              or(equal(get('byte'), int(newLine)), equal(get('byte'), int(carriageReturn))),
              [
                // A carriage return at the very end may be half of a CRLF.
                leaveIf('events', and(equal(get('byte'), int(carriageReturn)), atLeast(add(get('place'), int(1)), get('to')))),
                ...endRecord,
              ],
              [set('cell', add(get('place'), int(1)))],
            ),
          ],
        ),
        set('event', add(get('event'), int(1))),
      ),
      store(int(places.state), get('line')),
      store(int(places.state + 4), get('slot')),
      store(int(places.state + 8), divide(sub(get('look'), int(places.looks)), int(lookWords * 4))),
      get('start'),
    ],
  }
}
