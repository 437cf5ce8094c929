import { expect, it } from 'vitest'
import { numberFrom, printNumber, type Value } from '#kernel/pure/expressions/index.ts'
import { decideColumns } from './columns.ts'
import { numbersOf } from './columns-results.ts'
import { compileTable, decideRecord } from './compile.ts'
import { linkModels } from './graph.ts'
import { prepareExpression } from './interpret-boxed.ts'
import type { Place } from './interpret-literal.ts'
import { typeBook } from './interpret-types.ts'
import type { DecisionTable, Definitions } from './model.ts'

const model: Definitions = { name: 'm', version: '1.5', namespace: 'urn:m', prefixes: {}, imports: [], elements: [], itemDefinitions: [] }
const place: Place = {
  model,
  of: '奖补',
  id: undefined,
  names: { 销售额: 'number' },
  types: typeBook(linkModels(model), () => undefined),
  problems: [],
  prepare: prepareExpression,
}
/** Thresholds in fen, odd ones among them, and the rate and addition of the band above each: reward = sales × rate per mille + addition. */
const bands = [
  { fromFen: 0n, perMille: 0n, addFen: 0n },
  { fromFen: 100_001n, perMille: 30n, addFen: 7n },
  { fromFen: 499_999n, perMille: 55n, addFen: 12_345n },
  { fromFen: 1_000_000n, perMille: 80n, addFen: 1n },
  { fromFen: 123_456_789n, perMille: 101n, addFen: 99n },
  { fromFen: 900_719_925_474n, perMille: 5n, addFen: 33n },
]
const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
const literal = (text: string) => ({ kind: 'literal' as const, text })

/** The reward computed for each record, and the additions of all thresholds reached summed up as constants. */
function tables(): { reward: DecisionTable; reached: DecisionTable } {
  const inputs = [{ expression: { ...literal('销售额'), typeRef: 'number' } }]
  const entries = bands.map((band, at) => {
    const next = bands[at + 1]
    const inside = next === undefined ? `>= ${yuan(band.fromFen)}` : `[${yuan(band.fromFen)}..${yuan(next.fromFen)})`
    return { band, inside, above: `>= ${yuan(band.fromFen)}` }
  })
  const rule = (cell: string, output: string) => ({
    inputEntries: [{ text: cell }],
    outputEntries: [literal(output)],
    annotationEntries: [],
  })
  const base = { kind: 'table' as const, inputs, outputs: [{ name: '奖补' }], annotations: [] }
  return {
    reward: {
      ...base,
      hitPolicy: 'UNIQUE',
      rules: entries.map(({ band, inside }) => rule(inside, `销售额 * ${band.perMille} / 1000 + ${yuan(band.addFen)}`)),
    },
    reached: { ...base, hitPolicy: 'COLLECT', aggregation: 'SUM', rules: entries.map(({ band, above }) => rule(above, yuan(band.addFen))) },
  }
}

/** Amounts at, one fen beside and far from the thresholds. */
function amounts(count: number): number[] {
  let state = 20_231_218
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  return Array.from({ length: count }, () => {
    const from = Number(bands[random(bands.length)]?.fromFen ?? 0n)
    return random(2) === 0 ? Math.max(0, from - 2 + random(5)) : random(2) === 0 ? random(2_000_000) : random(1_800_000_000_000)
  })
}

it('is exact to the fen at and around every threshold, in 100,000 cases against whole numbers', () => {
  const fens = amounts(100_000)
  const facts = { 销售额: { kind: 'numbers' as const, values: Float64Array.from(fens), scale: 2 } }
  const { reward, reached } = tables()
  const [one, many] = [compileTable(reward, place), compileTable(reached, place)]
  const rewards = decideColumns(one, facts, fens.length)
  const sums = numbersOf(decideColumns(many, facts, fens.length).outputs[0] ?? { name: '', codes: new Int32Array(0), words: [] }, 2)
  let wrong = 0
  for (const [at, fen] of fens.entries()) {
    const band = bands.findLastIndex(({ fromFen }) => BigInt(fen) >= fromFen)
    const expected = BigInt(fen) * (bands[band]?.perMille ?? 0n) + (bands[band]?.addFen ?? 0n) * 1000n // thousandths of a fen
    if (rewards.rules[at] !== band || digitsAt(rewards.valueOf(at), 5) !== expected) wrong += 1
    const added = bands.slice(0, band + 1).reduce((sum, { addFen }) => sum + addFen, 0n)
    if (BigInt(sums.values[at] ?? -1) !== added) wrong += 1
    if (at % 50 === 0) {
      const { value } = decideRecord(one, new Map<string, Value>([['销售额', numberFrom(BigInt(fen), 2)]]))
      if (digitsAt(value, 5) !== expected) wrong += 1
    }
  }
  expect(wrong).toBe(0)
  expect(sums.inexact).toBe(0)
}, 120_000)

function digitsAt(value: Value, scale: number): bigint {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'number') return -1n
  const [whole = '0', part = ''] = printNumber(value).split('.')
  return BigInt(whole + part.padEnd(scale, '0'))
}
