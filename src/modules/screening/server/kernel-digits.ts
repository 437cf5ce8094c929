import { look } from './kernel-plan.ts'
import {
  aboveBytes,
  add,
  addLong,
  addWords,
  andLong,
  anyTrue,
  byteAt,
  dot,
  eightNumbers,
  firstEight,
  get,
  giveIf,
  int,
  isZeroLong,
  lastEight,
  long,
  lowWord,
  mul,
  mulLong,
  not,
  orLong,
  rightLong,
  set,
  spread,
  sub,
  subBytes,
  vectorAt,
  wordOf,
  xorLong,
  type Code,
} from './wasm-code.ts'

const zeros = 0x3030303030303030n

/** Eight characters as they were loaded with `0` taken off each: digits become 0 to 9. */
export const withoutZeros = (characters: Code): Code => xorLong(characters, long(zeros))

/** 1 unless each of the eight bytes of the long `eight` is 0 to 9. */
export const notDigits = (): Code =>
  not(isZeroLong(andLong(orLong(addLong(get('eights'), long(0x7676767676767676n)), get('eights')), long(0x8080808080808080n))))

/**
 * The number that eight digits make, the first in the lowest byte of `eights`: neighbours are put together to pairs, then pairs to the
 * whole with two multiplications whose sum stands in the high half.
 */
export function numberOfEight(into: string): Code[] {
  const pairs = 0x000000ff000000ffn
  return [
    set('eights', addLong(mulLong(get('eights'), long(10n)), rightLong(get('eights'), long(8n)))),
    set(
      'eights',
      addLong(
        mulLong(andLong(get('eights'), long(pairs)), long(0x000f424000000064n)),
        mulLong(andLong(rightLong(get('eights'), long(16n)), long(pairs)), long(0x0000271000000001n)),
      ),
    ),
    set(into, lowWord(rightLong(get('eights'), long(32n)))),
  ]
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4]
const weightOfLast = 2

/** `sum`: the weighted sum of the 17 digits at `from` by which the check character is told; gives `look` when one is no digit. */
export function checkSum(): Code[] {
  return [
    set('digits', subBytes(vectorAt(get('from')), spread(int(48)))),
    giveIf(anyTrue(aboveBytes(get('digits'), spread(int(9)))), int(look)),
    set(
      'digits',
      addWords(
        dot(firstEight(get('digits')), eightNumbers(weights.slice(0, 8))),
        dot(lastEight(get('digits')), eightNumbers(weights.slice(8))),
      ),
    ),
    set('digit', sub(byteAt(get('from'), 16), int(48))),
    set(
      'sum',
      [0, 1, 2, 3].reduce<Code>((sum, lane) => add(sum, wordOf(get('digits'), lane)), mul(get('digit'), int(weightOfLast))),
    ),
  ]
}
