import { dataFunctions } from './kernel-data.ts'
import { calledFunction, findFunction } from './kernel-find.ts'
import { keysFunction } from './kernel-keys.ts'
import { namedFunction } from './kernel-named.ts'
import { restFunction } from './kernel-rest.ts'
import { nearFunctions } from './kernel-near.ts'
import { newLine, carriageReturn, quote, type KernelPlan } from './kernel-plan.ts'
import { recordFunction } from './kernel-record.ts'
import { rowsFunction } from './kernel-rows.ts'
import {
  add,
  below,
  eitherVector,
  get,
  int,
  left,
  long,
  lowestBitLong,
  lowWord,
  leftLong,
  orLong,
  andLong,
  addLong,
  above,
  bitsOfLong,
  widen,
  maskOf,
  repeat,
  right,
  rotate,
  sameBytes,
  set,
  spread,
  store,
  storeRow,
  sub,
  vectorAt,
  wordAt,
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** The functions of the kernel for one list: `scan` finds separators, `rows` does what can be done on bytes and names the rest. */
export function kernelFunctions(plan: KernelPlan): WasmFunction[] {
  const byName = plan.reader.name < 0 ? [] : [calledFunction(plan.places), namedFunction(plan), ...dataFunctions(plan)]
  return [
    scanFunction(plan),
    hashFunction(plan),
    findFunction(plan.places),
    ...nearFunctions(plan.places),
    ...byName,
    restFunction(plan),
    recordFunction(plan),
    rowsFunction(plan),
    keysFunction(plan),
  ]
}

/** Positions that are written at a time without asking whether there are so many. */
const together = 8
/** Bytes that `scan` takes at a time; so many behind the last one must be zero. */
export const scanBytes = 64

const marks = { separators: undefined, lines: newLine, returns: carriageReturn, quotes: quote } as const

/** Adds the bits of the sixteen bytes at `at` to the mask of 64. */
function markSixteen(at: number): Code[] {
  const same = (vector: keyof typeof marks) => sameBytes(get('block'), get(vector))
  const any = eitherVector(eitherVector(same('separators'), same('lines')), eitherVector(same('returns'), same('quotes')))
  return [
    set('block', vectorAt(add(get('from'), int(at)))),
    set('mask', orLong(get('mask'), leftLong(widen(maskOf(any)), long(BigInt(at))))),
  ]
}

/** Writes eight positions, whether the mask has so many or not. */
const writeTogether: readonly Code[] = Array.from({ length: together }, (_, at) => at).flatMap((at) => [
  store(get('out'), add(get('from'), lowWord(lowestBitLong(get('mask')))), at * 4),
  set('mask', andLong(get('mask'), addLong(get('mask'), long(-1n)))),
])

/**
 * scan(from, to) → count: positions of every separator, line break and quote. Of 64 bytes some six are one, so eight are written at once:
 * which of them count is told by their number, not by a branch that nobody can foretell.
 */
function scanFunction({ places, separator }: KernelPlan): WasmFunction {
  return {
    name: 'scan',
    params: ['from', 'to'],
    locals: ['out', 'count'],
    longs: ['mask'],
    vectors: ['block', ...Object.keys(marks)],
    body: [
      ...Object.entries(marks).map(([vector, byte]) => set(vector, spread(int(byte ?? separator)))),
      set('out', int(places.events)),
      repeat(
        'blocks',
        below(get('from'), get('to')),
        set('mask', long(0n)),
        ...[0, 16, 32, 48].flatMap(markSixteen),
        set('count', lowWord(bitsOfLong(get('mask')))),
        ...writeTogether,
        repeat(
          'more',
          above(get('count'), int(together)),
          set('out', add(get('out'), int(together * 4))),
          set('count', sub(get('count'), int(together))),
          ...writeTogether,
        ),
        set('out', add(get('out'), left(get('count'), int(2)))),
        set('from', add(get('from'), int(scanBytes))),
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

/** hash(count, out): HalfSipHash-1-3 of `count` words into the memory of rows, as `hashWords` of the rules. */
function hashFunction({ places, keys }: KernelPlan): WasmFunction {
  const compress = (): Code[] => [set('v3', xor(get('v3'), get('word'))), ...round(), set('v0', xor(get('v0'), get('word')))]
  const finish = (offset: number): Code[] => [
    ...round(),
    ...round(),
    ...round(),
    storeRow(get('out'), xor(get('v1'), get('v3')), offset),
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
