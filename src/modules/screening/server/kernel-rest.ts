import type { KernelPlan } from './kernel-plan.ts'
import { stateAt } from './kernel-state.ts'
import { restFactors, restSeeds } from './take-text.ts'
import {
  add,
  and,
  below,
  equal,
  get,
  int,
  left,
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
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** rest(start, first, columns): the hash of the rest of the row, as `restOf` makes it, into the state. */
export function restFunction({ places, reader }: KernelPlan): WasmFunction {
  const isAside = [...reader.aside].reduce<Code>((any, column) => or(any, equal(get('column'), int(column))), int(0))
  const mixIn = (word: Code): Code[] => [
    set('word', word),
    set('low', mul(xor(get('low'), get('word')), int(restFactors.low))),
    set('low', xor(get('low'), right(get('low'), int(15)))),
    set('high', mul(xor(get('high'), get('word')), int(restFactors.high))),
    set('high', xor(get('high'), right(get('high'), int(13)))),
  ]
  const rest = sub(get('to'), get('from'))
  const cell: Code[] = [
    set('length', rest),
    repeat('words', below(int(3), rest), ...mixIn(wordAt(get('from'))), set('from', add(get('from'), int(4)))),
    when(rest, mixIn(and(wordAt(get('from')), sub(left(int(1), left(rest, int(3))), int(1))))),
    ...mixIn(get('length')),
  ]
  return {
    name: 'rest',
    params: ['start', 'first', 'columns'],
    locals: ['column', 'from', 'to', 'length', 'word', 'low', 'high'],
    body: [
      set('low', int(restSeeds.low)),
      set('high', int(restSeeds.high)),
      set('from', get('start')),
      repeat(
        'cells',
        and(below(get('column'), get('columns')), int(reader.kind.sameRowOnce ? 1 : 0)),
        set('to', wordAt(add(int(places.events), left(add(get('first'), get('column')), int(2))))),
        when(not(isAside), cell),
        set('from', add(get('to'), int(1))),
        set('column', add(get('column'), int(1))),
      ),
      store(stateAt(places, 'restLow'), get('low')),
      store(stateAt(places, 'restHigh'), get('high')),
      int(0),
    ],
  }
}
