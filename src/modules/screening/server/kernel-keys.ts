import type { KernelPlan } from './kernel-plan.ts'
import { rowAddress } from './kernel-state.ts'
import {
  add,
  addWords,
  anyTrue,
  below,
  differ,
  get,
  int,
  repeat,
  rotateWords,
  rowVectorAt,
  sameWords,
  set,
  spreadWord,
  storeRow,
  when,
  wordOf,
  xorVector,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

const v = (number: number): string => `v${number}`

/** One round of HalfSipHash on four rows at once. */
function round(): Code[] {
  const sum = (into: number, other: number) => set(v(into), addWords(get(v(into)), get(v(other))))
  const turn = (which: number, by: number, other: number) => set(v(which), xorVector(rotateWords(get(v(which)), by), get(v(other))))
  const half = (which: number) => set(v(which), rotateWords(get(v(which)), 16))
  return [sum(0, 1), turn(1, 5, 0), half(0), sum(2, 3), turn(3, 8, 2), sum(0, 3), turn(3, 7, 0), sum(2, 1), turn(1, 13, 2), half(2)]
}

const mark = (which: number, value: number): Code => set(v(which), xorVector(get(v(which)), spreadWord(int(value))))

function compress(): Code[] {
  return [set('v3', xorVector(get('v3'), get('word'))), ...round(), set('v0', xorVector(get('v0'), get('word')))]
}

const lanes = [0, 1, 2, 3] as const

/** Three rounds, then the word of each of the four rows to its place. */
function finish(offset: number): Code[] {
  return [
    ...round(),
    ...round(),
    ...round(),
    set('word', xorVector(get('v1'), get('v3'))),
    // The key of a row without a number is a text, and stands there already.
    when(
      anyTrue(sameWords(get('highs'), spreadWord(int(-1)))),
      lanes.map((lane) =>
        when(differ(wordOf(get('highs'), lane), int(-1)), [storeRow(get('out'), wordOf(get('word'), lane), lane * 16 + offset)]),
      ),
      lanes.map((lane) => storeRow(get('out'), wordOf(get('word'), lane), lane * 16 + offset)),
    ),
  ]
}

/**
 * keys(row, end): the hashes of the numbers of rows whose number is their key, as `hashWords` of the rules makes them. Four rows at a
 * time; what it writes for up to three rows behind the last is written again with them.
 */
export function keysFunction({ places, keys }: KernelPlan): WasmFunction {
  const words = (column: 'highs' | 'lows') => set('word', rowVectorAt(rowAddress(places, column, 2)))
  return {
    name: 'keys',
    params: ['row', 'end'],
    locals: ['out'],
    vectors: ['v0', 'v1', 'v2', 'v3', 'word', 'highs'],
    body: [
      repeat(
        'rows',
        below(get('row'), get('end')),
        set('out', rowAddress(places, 'hashes', 4)),
        set('v0', spreadWord(int(keys.low))),
        set('v1', spreadWord(int(keys.high ^ 0xee))),
        set('v2', spreadWord(int(0x6c796765 ^ keys.low))),
        set('v3', spreadWord(int(0x74656462 ^ keys.high))),
        words('highs'),
        set('highs', get('word')),
        ...compress(),
        words('lows'),
        ...compress(),
        set('word', spreadWord(int(2 << 26))),
        ...compress(),
        mark(2, 0xee),
        ...finish(0),
        mark(1, 0xdd),
        ...finish(4),
        set('row', add(get('row'), int(4))),
      ),
      int(0),
    ],
  }
}
