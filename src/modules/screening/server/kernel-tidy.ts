import { look, type KernelPlan } from './kernel-plan.ts'
import {
  add,
  and,
  atLeast,
  byteAt,
  below,
  differ,
  equal,
  get,
  give,
  giveIf,
  int,
  or,
  repeat,
  set,
  storePair,
  sub,
  when,
  type Code,
} from './wasm-code.ts'

/** Where the tidied number stands: the end of the room for words, which no row fills. */
const roomForWords = 4096
const roomForNumber = 64

/**
 * A number with spaces, hyphens, a leading apostrophe or full-width digits, as `tidyIdNumber` reads it: `from` then points to its 18
 * plain characters. Whatever else stands there is looked at.
 */
export function tidyNumber({ places, encoding }: KernelPlan): Code[] {
  const start = places.words + roomForWords - roomForNumber
  const isByte = (value: number) => equal(get('code'), int(value))
  const atStart = equal(get('out'), int(start))
  const put = (character: Code): Code[] => [
    giveIf(atLeast(get('out'), int(start + 18)), int(look)),
    storePair(get('out'), character),
    set('out', add(get('out'), int(1))),
  ]
  const ascii: Code[] = [
    when(
      or(isByte(39), isByte(96)),
      [giveIf(differ(get('out'), int(start)), int(look))],
      [
        when(
          isByte(45),
          [giveIf(atStart, int(look))],
          [when(and(differ(get('code'), int(32)), differ(get('code'), int(9))), put(get('code')))],
        ),
      ],
    ),
  ]
  return [
    set('tidied', int(1)),
    set('at', get('from')),
    set('out', int(start)),
    repeat(
      'tidy',
      below(get('at'), get('to')),
      set('code', byteAt(get('at'))),
      set('at', add(get('at'), int(1))),
      when(below(get('code'), int(128)), ascii, encoding === 'utf-8' ? wideOfUtf8(put) : wideOfGb(put)),
    ),
    giveIf(differ(get('out'), int(start + 18)), int(look)),
    set('from', int(start)),
  ]
}

type Put = (character: Code) => Code[]

/** Full-width digits are EF BC 90 to 99, the X is EF BC B8, the space E3 80 80. */
function wideOfUtf8(put: Put): Code[] {
  const next = (offset: number) => byteAt(get('at'), offset)
  const starts = (first: number, second: number) => and(equal(get('code'), int(first)), equal(next(0), int(second)))
  const wide: Code[] = [set('unit', sub(next(1), int(0x60))), set('at', add(get('at'), int(2))), ...put(get('unit'))]
  const space: Code[] = [giveIf(differ(next(1), int(0x80)), int(look)), set('at', add(get('at'), int(2)))]
  return [when(starts(0xef, 0xbc), wide, [when(starts(0xe3, 0x80), space, [give(int(look))])])]
}

/** Full-width digits are A3 B0 to B9, the X is A3 D8, the space A1 A1. */
function wideOfGb(put: Put): Code[] {
  const wide: Code[] = [set('unit', sub(byteAt(get('at')), int(0x80))), set('at', add(get('at'), int(1))), ...put(get('unit'))]
  const space: Code[] = [giveIf(differ(byteAt(get('at')), int(0xa1)), int(look)), set('at', add(get('at'), int(1)))]
  return [when(equal(get('code'), int(0xa3)), wide, [when(equal(get('code'), int(0xa1)), space, [give(int(look))])])]
}
