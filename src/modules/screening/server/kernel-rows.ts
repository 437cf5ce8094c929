import {
  lookKind,
  lookWords,
  plainMatched,
  plainTidied,
  look,
  newLine,
  carriageReturn,
  quote,
  type KernelPlaces,
  type KernelPlan,
} from './kernel-plan.ts'
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
  equal,
  get,
  int,
  leave,
  leaveIf,
  left,
  not,
  or,
  repeat,
  set,
  store,
  sub,
  when,
  wordAt,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/**
 * rows(count, start, to): goes through the events, takes each record, and gives where the first incomplete one begins.
 * State in and out: line, slots; out: looks.
 */
export function rowsFunction(plan: KernelPlan): WasmFunction {
  const { places } = plan
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
      store(int(places.state), get('line')),
      store(int(places.state + 4), get('slot')),
      store(int(places.state + 8), divide(sub(get('look'), int(places.looks)), int(lookWords * 4))),
      get('start'),
    ],
  }
}

const eventAddress = (places: KernelPlaces): Code => add(int(places.events), left(get('event'), int(2)))

/** Names the record to the slow reader. */
const addLook = (kind: Code, person: Code): Code[] => [
  ...[get('slot'), get('start'), get('place'), get('line'), kind, person, get('first'), get('columns')].map((value, at) =>
    store(get('look'), value, at * 4),
  ),
  set('look', add(get('look'), int(lookWords * 4))),
]

/** At a line break: takes the record, and begins the next one behind it. */
function endRecord({ places, headerBottom }: KernelPlan): Code[] {
  return [
    set('columns', add(sub(get('event'), get('first')), int(1))),
    when(and(above(get('line'), int(headerBottom)), above(get('place'), get('start'))), [
      store(add(int(places.lines), left(get('slot'), int(2))), get('line')),
      set('kind', int(look)),
      when(not(get('irregular')), [set('kind', call('record', get('start'), get('first'), get('columns'), get('slot')))]),
      when(equal(get('kind'), int(plainMatched)), addLook(int(lookKind.matched), wordAt(int(places.state + 12)))),
      when(equal(get('kind'), int(plainTidied)), addLook(int(lookKind.tidied), wordAt(int(places.state + 12)))),
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
