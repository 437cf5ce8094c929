import { segmentOf, type Bounds } from './columns-bounds.ts'

/** What a fact of a portable table may be: a number as a whole number at the scale of its input, a word, a truth; undefined is unknown. */
export type PortableFact = number | string | boolean | undefined
export type PortableOutput = number | string | boolean | null

interface NumberInput {
  readonly kind: 'number'
  readonly name: string
  readonly bounds: Bounds
  readonly masks: Uint32Array
  readonly unknownSegment: number
}

interface WordInput {
  readonly kind: 'words'
  readonly name: string
  readonly segments: ReadonlyMap<string | boolean, number>
  readonly otherSegment: number
  readonly masks: Uint32Array
  readonly unknownSegment: number
}

export type PortableInput = NumberInput | WordInput

/**
 * A compiled table as plain data that crosses to another process, where it is judged without the language of expressions (`makePortable`). It
 * has FIRST or UNIQUE, constant outputs, and facts as inputs.
 */
export interface PortableTable {
  readonly inputs: readonly PortableInput[]
  /** Words of 32 rows in a mask. */
  readonly words: number
  readonly all: Uint32Array
  readonly isUnique: boolean
  /** Outputs by rule, in the order of the columns. */
  readonly outputs: readonly (readonly PortableOutput[])[]
  readonly otherwise: readonly PortableOutput[]
}

/** The outputs of the row that fires, else the default ones; null where two rows fire under UNIQUE or a fact is of another kind than its cells. */
export function judgePortable(table: PortableTable, facts: Readonly<Record<string, PortableFact>>): readonly PortableOutput[] | null {
  const { words, isUnique, outputs, otherwise } = table
  let fired = -1
  for (let word = 0; word < words; word += 1) {
    const left = rowsOf(table, facts, word)
    if (left === undefined) return null
    if (left === 0) continue
    const lowest = left & -left
    if (isUnique && (fired >= 0 || (left ^ lowest) !== 0)) return null
    fired = word * 32 + 31 - Math.clz32(lowest)
    if (!isUnique) break
  }
  return fired < 0 ? otherwise : (outputs[fired] ?? null)
}

/** The rows of one word of the masks that accept all facts; undefined where a fact is of another kind than its cells. */
function rowsOf({ inputs, words, all }: PortableTable, facts: Readonly<Record<string, PortableFact>>, word: number): number | undefined {
  let left = all[word] ?? 0
  for (const input of inputs) {
    const segment = segmentIn(input, facts[input.name])
    if (segment < 0) return undefined
    left &= input.masks[segment * words + word] ?? 0
  }
  return left
}

function segmentIn(input: PortableInput, fact: PortableFact): number {
  if (fact === undefined) return input.unknownSegment
  if (input.kind === 'number') return typeof fact === 'number' ? segmentOf(input.bounds, fact) : -1
  return typeof fact === 'number' ? -1 : (input.segments.get(fact) ?? input.otherSegment)
}
