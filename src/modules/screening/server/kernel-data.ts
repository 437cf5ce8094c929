import { labelKey, type Header } from '#kernel/pure/tables/index.ts'
import { personWord, slotOfSound } from './kernel-find.ts'
import type { DataSigns, KernelPlaces, KernelPlan } from './kernel-plan.ts'
import { unsure } from './kernel-plan.ts'
import { boundsOf, rowAddress, stateAt } from './kernel-state.ts'
import { firstIdeograph, ideographs } from './kernel-named.ts'
import {
  above,
  add,
  and,
  atMost,
  atLeast,
  below,
  byteAt,
  call,
  choose,
  differ,
  drop,
  equal,
  get,
  giveIf,
  int,
  leaveIf,
  left,
  mul,
  not,
  or,
  pairAt,
  repeat,
  right,
  set,
  store,
  storePair,
  stretch,
  sub,
  when,
  wordAt,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/**
 * By what the kernel tells data from totals, notes and headers, as `judgeRow` and `startsTable` would. `undefined` where a label begins with a
 * digit, for then numbers may be labels.
 */
export function signsOf(header: Header, labels: ReadonlySet<string>): DataSigns | undefined {
  const [first] = header.columns
  if (first === undefined || [...labels].some((label) => /^\d/.test(label))) return undefined
  const { column, label, forms, parts = [] } = first
  const beginnings = [label, labelKey(label), ...forms, ...parts].flatMap((text) => (text === '' ? [] : [text.charCodeAt(0)]))
  return { column, beginnings: [...new Set(beginnings)], filled: Math.max(2, Math.floor(header.columns.length / 3)) }
}

/** The functions for rows without a usable number whose name was read (`named`). */
export function dataFunctions(plan: KernelPlan): WasmFunction[] {
  const { signs } = plan
  return [...(signs === undefined ? [] : [isDataFunction(plan, signs)]), isOneFunction(plan.places), wordsKeyFunction(plan)]
}

/** The unit at `from`, which is moved behind it, into `unit`: an ideograph or a plain character of ASCII; 0 for any other. */
function readUnit({ places, encoding }: KernelPlan): Code[] {
  const byte = (offset: number) => byteAt(get('from'), offset)
  const isTail = (offset: number) => equal(and(byte(offset), int(0xc0)), int(0x80))
  const tail = (offset: number) => and(byte(offset), int(63))
  const isQuote = or(equal(get('unit'), int(39)), equal(get('unit'), int(96)))
  const ascii: Code[] = [
    when(or(isQuote, above(sub(get('unit'), int(33)), int(93))), [set('unit', int(0))]),
    set('from', add(get('from'), int(1))),
  ]
  const three: Code[] = [
    set(
      'unit',
      choose(
        and(equal(and(get('unit'), int(0xf0)), int(0xe0)), and(isTail(1), isTail(2))),
        or(or(left(and(get('unit'), int(15)), int(12)), left(tail(1), int(6))), tail(2)),
        int(0),
      ),
    ),
    set('from', add(get('from'), int(3))),
  ]
  const two: Code[] = [
    set('unit', pairAt(add(int(places.gbTable), left(or(left(and(get('unit'), int(127)), int(8)), byte(1)), int(1))))),
    set('from', add(get('from'), int(2))),
  ]
  const wide: Code[] = [
    ...(encoding === 'utf-8' ? three : two),
    when(above(sub(get('unit'), int(firstIdeograph)), int(ideographs - 1)), [set('unit', int(0))]),
  ]
  return [set('unit', byteAt(get('from'))), when(below(get('unit'), int(128)), ascii, wide)]
}

/** 栏 and 列, with which the words for numbers of columns begin. */
const columnWords = [0x680f, 0x5217] as const

/**
 * isData(start, first, columns, line) → 1 when the row surely is data. Its name is none of a column's number, its first cell is no label of
 * its column, no cell speaks of a sum, and of its filled cells too few may be known labels: not those that begin with a digit, nor its place,
 * which the cache only holds when it is none.
 */
function isDataFunction(plan: KernelPlan, { column, beginnings, filled }: DataSigns): WasmFunction {
  const { places, reader, encoding } = plan
  const isIdeograph = encoding === 'utf-8' ? within(get('byte'), 0xe4, 0xe9) : within(get('byte'), 0xb0, 0xf7)
  const isPlace = [reader.township, reader.village].reduce<Code>((any, one) => or(any, equal(get('at'), int(one))), int(0))
  const noData = (condition: Code): Code => giveIf(condition, int(0))
  // 计, without which no row is a total.
  const isSum =
    encoding === 'utf-8'
      ? and(equal(byteAt(get('at')), int(0xe8)), and(equal(byteAt(get('at'), 1), int(0xae)), equal(byteAt(get('at'), 2), int(0xa1))))
      : and(equal(byteAt(get('at')), int(0xbc)), equal(byteAt(get('at'), 1), int(0xc6)))
  return {
    name: 'isData',
    params: ['start', 'first', 'columns', 'line'],
    locals: ['from', 'to', 'unit', 'at', 'byte', 'filled', 'labels', 'end'],
    body: [
      noData(atMost(get('line'), int(plan.headerBottom + 1))),
      noData(atMost(get('columns'), int(column))),
      ...columnWords.map((unit) => noData(equal(pairAt(stateAt(places, 'units'), 2), int(unit)))),
      ...boundsOf(places, column),
      noData(equal(get('from'), get('to'))),
      ...readUnit(plan),
      noData(not(or(within(get('unit'), 48, 57), atLeast(get('unit'), int(firstIdeograph))))),
      ...beginnings.map((unit) => noData(equal(get('unit'), int(unit)))),
      set('from', get('start')),
      repeat(
        'cells',
        below(get('at'), get('columns')),
        set('to', wordAt(add(int(places.events), left(add(get('first'), get('at')), int(2))))),
        when(below(get('from'), get('to')), [
          set('byte', byteAt(get('from'))),
          when(
            within(get('byte'), 48, 57),
            [set('filled', add(get('filled'), int(1)))],
            [set('filled', add(get('filled'), isIdeograph)), set('labels', add(get('labels'), not(isPlace)))],
          ),
        ]),
        set('from', add(get('to'), int(1))),
        set('at', add(get('at'), int(1))),
      ),
      noData(atMost(get('filled'), int(filled))),
      noData(and(above(get('labels'), int(1)), atLeast(mul(get('labels'), int(3)), get('filled')))),
      set('at', get('start')),
      repeat('bytes', below(get('at'), get('to')), noData(isSum), set('at', add(get('at'), int(1)))),
      int(1),
    ],
  }
}
const within = (value: Code, least: number, most: number): Code => atMost(sub(value, int(least)), int(most - least))

/** isOne() → 1 when one person of the register has the name that was read, as `isNameOfOne` of the rules. */
function isOneFunction(places: KernelPlaces): WasmFunction {
  const unit = (offset: number) => pairAt(get('text'), offset)
  const read = (offset: number) => pairAt(stateAt(places, 'units'), offset)
  const isSame = (offset: number): Code => leaveIf('person', differ(unit(offset), read(offset)))
  return {
    name: 'isOne',
    params: [],
    locals: ['at', 'end', 'person', 'found', 'sound', 'text'],
    body: [
      set('sound', wordAt(stateAt(places, 'called'))),
      ...slotOfSound(places),
      repeat(
        'persons',
        and(below(get('at'), get('end')), below(get('found'), int(2))),
        set('person', wordAt(add(int(places.soundOrder), left(get('at'), int(2))))),
        leaveIf('persons', not(get('person'))),
        stretch(
          'person',
          leaveIf('person', differ(personWord(places.sound), get('sound'))),
          set('text', add(int(places.texts), left(personWord(places.nameAt), int(1)))),
          ...[0, 2, 4].map(isSame),
          when(equal(unit(0), int(3)), [isSame(6)]),
          set('found', add(get('found'), int(1))),
        ),
        set('at', add(get('at'), int(1))),
      ),
      equal(get('found'), int(1)),
    ],
  }
}

/**
 * wordsKey(start, first, columns, row) → 0, and the hash of the row's key in its place: name, telephone, township, village and address as
 * one text, as `keyOfRow` of the rules makes it. Gives `unsure` when a cell is not plain.
 */
function wordsKeyFunction(plan: KernelPlan): WasmFunction {
  const { places, reader } = plan
  const { name, phone, township, village, address } = reader
  const put: Code[] = [storePair(get('out'), get('unit')), set('out', add(get('out'), int(2)))]
  const cells = [name, phone, township, village, address].flatMap((column, at): Code[] => [
    ...(at === 0 ? [] : [set('unit', int(124)), ...put]),
    ...(column < 0
      ? []
      : [
          ...boundsOf(places, column),
          giveIf(above(sub(get('to'), get('from')), int(400)), int(unsure)),
          repeat('units', below(get('from'), get('to')), ...readUnit(plan), giveIf(not(get('unit')), int(unsure)), ...put),
        ]),
  ])
  const units = right(sub(get('out'), int(places.words + 4)), int(1))
  return {
    name: 'wordsKey',
    params: ['start', 'first', 'columns', 'row'],
    locals: ['from', 'to', 'unit', 'out'],
    body: [
      set('out', int(places.words + 4)),
      ...cells,
      store(int(places.words), units),
      storePair(get('out'), int(0)),
      drop(call('hash', add(int(1), right(add(units, int(1)), int(1))), rowAddress(places, 'hashes', 4))),
      int(0),
    ],
  }
}
