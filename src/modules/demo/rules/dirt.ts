import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import type { Subject } from './entry.ts'
import { writeByEar, writeTraditional } from './names.ts'
import type { Random } from './random.ts'
import type { Cell } from './sheet.ts'

/** Writes an identity number with one kind of mistake; `undefined` when this number cannot carry it. */
export function spoilId(random: Random, kind: string, subject: Subject): Cell | undefined {
  const number = subject.idNumber
  const make = spoilers[kind]
  const cell = make === undefined ? number : make(random, number, subject)
  return kind !== '' && cell === number ? undefined : cell
}

/** Writes a name with one kind of variant; `undefined` when this name cannot carry it. */
export function spoilName(random: Random, kind: string, name: string): string | undefined {
  if (kind === 'homophone') return writeByEar(random, name)
  if (kind === 'traditional') return writeTraditional(name)
  if (kind !== 'spaced') return name
  const characters = Array.from(name)
  if (characters.length < 2) return undefined
  return characters[0] + random.pick([' ', '　', '  ']) + characters.slice(1).join('')
}

type Spoiler = (random: Random, number: string, subject: Subject) => Cell | undefined

const spoilers: Record<string, Spoiler> = {
  spaces: (random, number) =>
    random.pick([`${number} `, ` ${number}`, `　${number}`, `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`]),
  full_width: (_, number) => number.replace(/[\dX]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  apostrophe: (_, number) => `'${number}`,
  lower_x: (_, number) => number.toLowerCase(),
  old15: (_, number) => (number.slice(6, 8) === '19' ? number.slice(0, 6) + number.slice(8, 17) : undefined),
  wrong_digit: (random, number) => {
    const at = random.between(1, 16)
    return broken(number.slice(0, at) + String((Number(number[at]) + random.between(1, 9)) % 10) + number.slice(at + 1))
  },
  transposed: (random, number) => {
    const at = random.between(6, 15)
    const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2)
    return swapped === number ? undefined : broken(swapped)
  },
  triple_zero: (_, number) => broken(`${number.slice(0, 15)}000`),
  number_cell: (_, number) => (number.endsWith('X') ? undefined : { digits: `${number.slice(0, 15)}000` }),
  scientific: (_, number) => `${number[0] ?? ''}.${number.slice(1, 6)}E+17`,
  missing: () => '',
  head_id: (_, number, { person }) => {
    const head = person?.household.members[0]
    return head === undefined || head === person || head.idNumber === number ? undefined : head.idNumber
  },
  placeholder: (random, number) => random.pick(['999999999999999999', broken(`999999${number.slice(6)}`) ?? '999999999999999999']),
  certificate: (random, number) => `${number}${random.between(1, 7)}${random.between(1, 4)}`,
}

/** The number, when its check character is wrong; a slip that leaves a good number would be another person's. */
function broken(number: string): string | undefined {
  return checkCharacterOf(number.slice(0, 17)) === number[17] ? undefined : number
}
