import type { KernelPlaces } from './kernel-plan.ts'
import {
  add,
  and,
  below,
  call,
  differ,
  divide,
  equal,
  get,
  give,
  giveIf,
  int,
  leaveIf,
  left,
  mul,
  not,
  or,
  repeat,
  right,
  set,
  stretch,
  when,
  wordAt,
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'
import { unsure } from './kernel-plan.ts'

/** A word of a column of the index for the person + 1 in `person`. */
export const personWord = (base: number): Code => wordAt(add(int(base - 4), left(get('person'), int(2))))

/** `value` becomes the first 15 digits of `high` and `low` spread, as `mixPrefix` of the rules. */
export const mixPrefix: readonly Code[] = [
  set('value', xor(mul(get('high'), int(0x9e3779b1 | 0)), mul(divide(get('low'), int(1100)), int(0x85ebca77 | 0)))),
  set('value', mul(xor(get('value'), right(get('value'), int(15))), int(0x2c1b3c6d))),
]

/** The first nine digits as they are mixed with the others. */
export const spreadHigh: Code = mul(get('high'), int(0x9e3779b1 | 0))

/** `probe` becomes the number spread, as `mixNumber` of the rules. */
export function mixNumber(spread: Code, low: Code): Code[] {
  return [
    set('probe', xor(spread, mul(low, int(0x85ebca77 | 0)))),
    set('probe', xor(get('probe'), right(get('probe'), int(15)))),
    set('probe', mul(get('probe'), int(0x2c1b3c6d))),
    set('probe', xor(get('probe'), right(get('probe'), int(13)))),
  ]
}

/** The two bits of the number in `probe`, as `filterBits` of the rules. */
export const bitsOfNumber: Code = or(left(int(1), and(get('probe'), int(31))), left(int(1), and(right(get('probe'), int(5)), int(31))))
/** The line of the filter by the prefix in `value`, and in it the word of the number in `probe`, as `filterWord` of the rules. */
export const lineOfFilter: Code = left(right(get('value'), int(8)), int(4))
export const wordOfFilter = (places: KernelPlaces, line: Code): Code => {
  const word = and(add(line, right(mul(get('probe'), int(0x9e3779b1 | 0)), int(28))), int(places.idFilterMask))
  return wordAt(add(int(places.idFilter), left(word, int(2))))
}

/** `person` becomes index + 1 of the first who has the number of `high` and `low`, or 0; uses `probe`, `code` and `value`. */
export function findByNumber(places: KernelPlaces): Code[] {
  return [
    ...mixNumber(spreadHigh, get('low')),
    set('code', bitsOfNumber),
    ...mixPrefix,
    set('value', wordOfFilter(places, lineOfFilter)),
    set('person', int(0)),
    stretch(
      'found',
      repeat(
        'slots',
        equal(and(get('value'), get('code')), get('code')),
        set('probe', and(get('probe'), int(places.idSlotMask))),
        set('person', wordAt(add(int(places.idSlots), left(get('probe'), int(2))))),
        leaveIf('slots', not(get('person'))),
        leaveIf('found', and(equal(personWord(places.idLow), get('low')), equal(personWord(places.idHigh), get('high')))),
        set('probe', add(get('probe'), int(1))),
      ),
    ),
  ]
}

/** find(high, low) → person + 1 or 0. */
export function findFunction(places: KernelPlaces): WasmFunction {
  return {
    name: 'find',
    params: ['high', 'low'],
    locals: ['person', 'probe', 'code', 'value'],
    body: [...findByNumber(places), get('person')],
  }
}

/** `at` to `end`: the persons in the slot of `sound`, as `spreadSound` of the rules; behind the last slot the order ends. */
export function slotOfSound(places: KernelPlaces): Code[] {
  const slot = (offset: number) => wordAt(add(int(places.soundSlots), left(get('at'), int(2))), offset)
  return [
    set('at', mul(xor(get('sound'), right(get('sound'), int(16))), int(0x85ebca6b | 0))),
    set('at', and(xor(get('at'), right(get('at'), int(13))), int(places.soundSlotMask))),
    set('end', int(places.soundOrderEnd)),
    when(differ(get('at'), int(places.soundSlotMask)), [set('end', slot(4))]),
    set('at', slot(0)),
  ]
}

/** called(sound, village) → person + 1 when one person of the village (below zero: of the county) has a name of the sound, 0 for nobody, `unsure` for more. */
export function calledFunction(places: KernelPlaces): WasmFunction {
  const place = wordAt(add(int(places.soundPlace), left(get('at'), int(2))))
  return {
    name: 'called',
    params: ['sound', 'village'],
    locals: ['at', 'end', 'person', 'found'],
    body: [
      ...slotOfSound(places),
      repeat(
        'persons',
        below(get('at'), get('end')),
        set('person', wordAt(add(int(places.soundOrder), left(get('at'), int(2))))),
        leaveIf('persons', not(get('person'))),
        stretch(
          'person',
          when(differ(get('village'), int(-2)), [
            leaveIf('person', differ(wordAt(add(int(places.villages), left(place, int(2)))), get('village'))),
          ]),
          leaveIf('person', differ(personWord(places.sound), get('sound'))),
          giveIf(get('found'), int(unsure)),
          set('found', get('person')),
        ),
        set('at', add(get('at'), int(1))),
      ),
      get('found'),
    ],
  }
}

/** Leaves with `unsure` when somebody of the village has a name of this sound. */
export const unsureIfCalled = (sound: Code): Code => when(call('called', sound, get('village')), [give(int(unsure))])
