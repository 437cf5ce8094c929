import { unsureIfCalled } from './kernel-find.ts'
import { longestWord, unsure, type KernelPlaces, type KernelPlan } from './kernel-plan.ts'
import { boundsOf, stateAt } from './kernel-state.ts'
import { readWord } from './kernel-values.ts'
import {
  above,
  add,
  and,
  atMost,
  below,
  byteAt,
  call,
  choose,
  differ,
  divide,
  equal,
  get,
  give,
  giveIf,
  int,
  leave,
  left,
  modulo,
  mul,
  not,
  or,
  pairAt,
  repeat,
  right,
  set,
  store,
  storeByte,
  storePair,
  sub,
  when,
  wordAt,
  xor,
  type Code,
  type WasmFunction,
} from './wasm-code.ts'

/** The column under which the cache of words holds places: township, `placeMark` and village. */
export const placeColumn = 1000
export const placeMark = 31
/** The ideographs whose sounds the kernel knows. */
export const firstIdeograph = 0x4e00
export const ideographs = 0xa000 - firstIdeograph
export const likeSlots = 2048
/** Values of `village`: the row names none, or none that is known. */
export const notGiven = -2
export const unknown = -1

const unsureIf = (condition: Code): Code => giveIf(condition, int(unsure))
const isFilled = (places: KernelPlaces, column: number): Code[] => [...boundsOf(places, column), unsureIf(differ(get('from'), get('to')))]

/**
 * named(start, first, columns) → person + 1 when the row's name leads to one person of its village, 0 when neither the name nor a like one
 * leads to anybody, else `unsure`. As `matchByName` of the rules, for plain names of two or three characters and without telephone.
 */
export function namedFunction(plan: KernelPlan): WasmFunction {
  const { places, reader } = plan
  const { phone, township, village, group, address } = reader
  const widest = Math.max(phone, township, village, group, address)
  return {
    name: 'named',
    params: ['start', 'first', 'columns'],
    locals: [
      'from',
      'to',
      'at',
      'unit',
      'code',
      'probe',
      'entry',
      'out',
      'village',
      'found',
      'units',
      'one',
      'two',
      'three',
      'third',
      'base',
      'list',
    ],
    body: [
      unsureIf(atMost(get('columns'), int(widest))),
      ...(phone < 0 ? [] : isFilled(places, phone)),
      ...readPlace(plan),
      store(stateAt(places, 'village'), get('village')),
      ...readName(plan),
      giveIf(equal(get('village'), int(unknown)), int(0)),
      ...mix('base', int(0x811c9dc5 | 0), get('one')),
      ...mix('found', get('base'), get('two')),
      when(get('third'), mix('found', get('found'), get('three'))),
      store(stateAt(places, 'called'), get('found')),
      set('found', call('called', get('found'), get('village'))),
      when(equal(get('village'), int(notGiven)), [give(choose(get('found'), int(unsure), int(0)))]),
      when(get('found'), [...(group < 0 ? [] : isFilled(places, group)), give(get('found'))]),
      ...likeNames(places),
      int(0),
    ],
  }
}

/** `into` becomes `sound` with one more syllable, as `mix` of the rules. */
function mix(into: string, sound: Code, value: Code): Code[] {
  return [set(into, mul(xor(sound, value), int(0x01000193))), set(into, xor(get(into), right(get(into), int(15))))]
}

/** `village` becomes the number of the village; a place that the cache does not hold is looked at, which puts it there. */
function readPlace({ places, reader }: KernelPlan): Code[] {
  const { township, village, address } = reader
  const copy = (column: number): Code[] => [
    ...boundsOf(places, column),
    unsureIf(above(add(sub(get('to'), get('from')), sub(get('out'), int(places.words))), int(longestWord - 1))),
    repeat(
      'copied',
      below(get('from'), get('to')),
      storeByte(get('out'), byteAt(get('from'))),
      set('out', add(get('out'), int(1))),
      set('from', add(get('from'), int(1))),
    ),
  ]
  const none: Code[] = [...(address < 0 ? [] : isFilled(places, address)), set('village', int(notGiven))]
  if (village < 0) return none
  const written: Code[] = [
    set('out', int(places.words)),
    ...(township < 0 ? [] : copy(township)),
    storeByte(get('out'), int(placeMark)),
    set('out', add(get('out'), int(1))),
    ...copy(village),
    set('from', int(places.words)),
    set('to', get('out')),
    set('out', int(places.words + 1024)),
    ...readWord(places, placeColumn, unsure),
    set('village', wordAt(int(places.words + 1024))),
  ]
  return [...boundsOf(places, village), when(differ(get('from'), get('to')), written, none)]
}

/** `one`, `two`, `three` become the sounds of the name's characters; `third` is the third one, 0 for a name of two. */
function readName({ places, reader, encoding }: KernelPlan): Code[] {
  const tail = (offset: number) => and(byteAt(get('from'), offset), int(63))
  const isTail = (offset: number) => equal(and(byteAt(get('from'), offset), int(0xc0)), int(0x80))
  const width = encoding === 'utf-8' ? 3 : 2
  const utf8: Code[] = [
    unsureIf(not(and(equal(and(byteAt(get('from')), int(0xf0)), int(0xe0)), and(isTail(1), isTail(2))))),
    set('unit', or(or(left(and(byteAt(get('from')), int(15)), int(12)), left(tail(1), int(6))), tail(2))),
  ]
  const double: Code[] = [
    unsureIf(below(byteAt(get('from')), int(128))),
    set(
      'unit',
      pairAt(add(int(places.gbTable), left(or(left(and(byteAt(get('from')), int(127)), int(8)), byteAt(get('from'), 1)), int(1)))),
    ),
  ]
  const character = (into: string, table: number): Code[] => [
    ...(encoding === 'utf-8' ? utf8 : double),
    storePair(get('list'), get('unit')),
    set('list', add(get('list'), int(2))),
    set('unit', sub(get('unit'), int(firstIdeograph))),
    unsureIf(above(get('unit'), int(ideographs - 1))),
    set(into, wordAt(add(int(table), left(get('unit'), int(2))))),
    unsureIf(not(get(into))),
    set('from', add(get('from'), int(width))),
  ]
  return [
    ...boundsOf(places, reader.name),
    set('units', sub(get('to'), get('from'))),
    set('list', stateAt(places, 'units')),
    storePair(get('list'), divide(get('units'), int(width))),
    set('list', add(get('list'), int(2))),
    unsureIf(or(modulo(get('units'), int(width)), above(sub(divide(get('units'), int(width)), int(2)), int(1)))),
    ...character('one', places.surnames),
    ...character('two', places.givens),
    when(below(get('from'), get('to')), [...character('three', places.givens), set('third', int(1))]),
  ]
}

/** Leaves with `unsure` when a name that may be meant leads to somebody: as `soundsLike` of the rules. */
function likeNames(places: KernelPlaces): Code[] {
  const sounds = (first: Code, second: Code, third?: Code): Code[] => [
    ...mix('code', int(0x811c9dc5 | 0), first),
    ...mix('code', get('code'), second),
    ...(third === undefined ? [] : [when(get('third'), mix('code', get('code'), third))]),
  ]
  const called = unsureIfCalled(get('code'))
  const each = (syllable: string, ...name: Code[]): Code[] => {
    const [first = int(0), second = int(0), third] = name
    return [
      ...findLikes(places, get(syllable)),
      repeat(
        'likes',
        below(get('list'), get('out')),
        set('at', wordAt(get('list'))),
        set('list', add(get('list'), int(4))),
        ...sounds(first, second, third),
        called,
      ),
    ]
  }
  return [
    ...each('one', get('at'), get('two'), get('three')),
    ...each('two', get('one'), get('at'), get('three')),
    when(get('third'), [
      ...each('three', get('one'), get('two'), get('at')),
      ...sounds(get('one'), get('three'), get('two')),
      called,
      ...sounds(get('one'), get('two')),
      called,
      ...sounds(get('one'), get('three')),
      called,
    ]),
  ]
}

/** `list` to `out`: the sounds for which this one may be taken. */
function findLikes(places: KernelPlaces, sound: Code): Code[] {
  return [
    set('probe', sound),
    repeat(
      'slots',
      int(1),
      set('entry', add(int(places.likes), left(and(get('probe'), int(likeSlots - 1)), int(3)))),
      set('list', wordAt(get('entry'), 4)),
      unsureIf(not(get('list'))),
      when(equal(wordAt(get('entry')), sound), [leave('slots')]),
      set('probe', add(get('probe'), int(1))),
    ),
    set('list', add(int(places.likes), get('list'))),
    set('out', add(add(get('list'), int(4)), left(wordAt(get('list')), int(2)))),
    set('list', add(get('list'), int(4))),
  ]
}
