import { rowAddress, stateAt } from './kernel-state.ts'
import { lookKind, lookWords, newLine, carriageReturn, quote, type KernelPlaces, type KernelPlan } from './kernel-plan.ts'
import {
  above,
  add,
  and,
  atLeast,
  below,
  byteAt,
  call,
  differ,
  divide,
  drop,
  equal,
  get,
  int,
  leave,
  leaveIf,
  left,
  or,
  repeat,
  set,
  store,
  storeRow,
  sub,
  when,
  wordAt,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/**
 * rows(count, start, to): goes through the events, takes each record, and gives where the first incomplete one begins.
 * State in: line, row, columns; out: line, row, looks.
 */
export function rowsFunction(plan: KernelPlan): WasmFunction {
  const { places } = plan
  return {
    name: 'rows',
    params: ['count', 'start', 'to'],
    locals: ['event', 'first', 'place', 'byte', 'cell', 'irregular', 'lines', 'line', 'row', 'look', 'kind', 'columns'],
    body: [
      set('line', wordAt(stateAt(places, 'line'))),
      set('row', wordAt(stateAt(places, 'row'))),
      set('look', int(places.looks)),
      set('cell', get('start')),
      repeat(
        'events',
        below(get('event'), get('count')),
        set('place', wordAt(eventAddress(places))),
        set('byte', byteAt(get('place'))),
        when(
          equal(get('byte'), int(quote)),
          [when(equal(get('place'), get('cell')), skipQuoted(places), [set('irregular', int(1))])],
          [
            when(
              or(equal(get('byte'), int(newLine)), equal(get('byte'), int(carriageReturn))),
              [
                // A carriage return at the very end may be half of a CRLF.
                leaveIf('events', and(equal(get('byte'), int(carriageReturn)), atLeast(add(get('place'), int(1)), get('to')))),
                ...endRecord(plan),
              ],
              [set('cell', add(get('place'), int(1)))],
            ),
          ],
        ),
        set('event', add(get('event'), int(1))),
      ),
      store(stateAt(places, 'line'), get('line')),
      store(stateAt(places, 'row'), get('row')),
      store(stateAt(places, 'looks'), divide(sub(get('look'), int(places.looks)), int(lookWords * 4))),
      get('start'),
    ],
  }
}

const eventAddress = (places: KernelPlaces): Code => add(int(places.events), left(get('event'), int(2)))

/** Names the record to the slow reader. */
const addLook = (kind: Code, person: Code, rest: readonly Code[]): Code[] => [
  ...[get('row'), get('start'), get('place'), get('line'), kind, person, get('first'), get('columns'), ...rest].map((value, at) =>
    store(get('look'), value, at * 4),
  ),
  set('look', add(get('look'), int(lookWords * 4))),
]

/** At a line break: takes the record, and begins the next one behind it. */
function endRecord({ places, headerBottom }: KernelPlan): Code[] {
  return [
    set('columns', add(sub(get('event'), get('first')), int(1))),
    when(and(above(get('line'), int(headerBottom)), above(get('place'), get('start'))), [
      storeRow(rowAddress(places, 'lines', 2), get('line')),
      when(
        get('irregular'),
        [set('kind', int(lookKind.irregular))],
        [set('kind', call('record', get('start'), get('first'), get('columns'), get('row'), get('line')))],
      ),
      when(get('kind'), [
        drop(call('rest', get('start'), get('first'), get('columns'))),
        ...addLook(get('kind'), wordAt(stateAt(places, 'person')), [
          wordAt(stateAt(places, 'restLow')),
          wordAt(stateAt(places, 'restHigh')),
        ]),
      ]),
      set('row', add(get('row'), int(1))),
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
}

/** Steps over a quoted cell; without its end among the events the record is incomplete. */
function skipQuoted(places: KernelPlaces): Code[] {
  return [
    set('irregular', int(1)),
    set('event', add(get('event'), int(1))),
    repeat(
      'quoted',
      int(1),
      leaveIf('events', atLeast(get('event'), get('count'))),
      set('place', wordAt(eventAddress(places))),
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
}
