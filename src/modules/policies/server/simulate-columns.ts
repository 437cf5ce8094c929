import { decideModelColumns, interpret, valueAt, type Facts, type InputColumn } from '#kernel/pure/decisions/index.ts'
import { isContext, readDate, type RunOptions, type Value } from '#kernel/pure/expressions/index.ts'
import { fenByRecord, fenOf, outcomesOf, outcomeText, outputsOfValue } from '../rules/outcome.ts'
import type { Outcomes } from '../rules/simulate.ts'
import type { CompiledPolicy } from './compiled-policy.ts'

/** Records of the whole, in ascending order. */
export type Records = Int32Array

/** The facts of some records. Records that follow each other share the memory of the whole. */
export function takeColumns(columns: Facts, records: Records): Facts {
  const [first = 0] = records
  const isRange = (records[records.length - 1] ?? first) - first === records.length - 1
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, isRange ? rangeOf(column, first, records.length) : pick(column, records)]),
  )
}

function rangeOf(column: InputColumn, from: number, count: number): InputColumn {
  if (column.kind === 'words') return { ...column, codes: column.codes.subarray(from, from + count) }
  if (column.kind === 'values') return { ...column, values: column.values.slice(from, from + count) }
  return { ...column, values: column.values.subarray(from, from + count) }
}

function pick(column: InputColumn, records: Records): InputColumn {
  if (column.kind === 'words') return { ...column, codes: records.map((record) => column.codes[record] ?? -1) }
  if (column.kind === 'values') return { ...column, values: Array.from(records, (record) => column.values[record] ?? null) }
  return { ...column, values: Float64Array.from(records, (record) => column.values[record] ?? NaN) }
}

/** What a table says of some records. */
export interface JudgedPart {
  /** Places of their outcomes. */
  readonly outcomes: Int32Array
  /** The rule that gave it, from 0; below 0 none. */
  readonly rules: Int32Array
  /** What the outputs that are money give each record, fen. */
  readonly money: ReadonlyMap<string, readonly (bigint | null)[]>
}

/** How a table judges: `money` are its outputs that are amounts, `asOf` is its today. */
export interface Judging {
  readonly policy: CompiledPolicy
  readonly outcomes: Outcomes
  readonly money: readonly string[]
  readonly asOf: string
}

/** Judges some records: compiled, or one by one where the model can only be interpreted. */
export function judgePart({ policy, outcomes, money, asOf }: Judging, facts: Facts, count: number): JudgedPart {
  const today = readDate(asOf)
  const options: RunOptions = today === null ? {} : { today }
  if ('reason' in policy.compiled) return interpretPart({ policy, outcomes, money, asOf }, facts, count)
  const decided = decideModelColumns(policy.compiled, facts, count, options)
  const amounts = decided.outputs.filter(({ name }) => money.includes(name))
  return {
    outcomes: outcomesOf(decided, outcomes, money),
    rules: decided.rules,
    money: new Map(amounts.map((output) => [output.name, fenByRecord(output)])),
  }
}

function interpretPart({ policy, outcomes, money, asOf }: Judging, facts: Facts, count: number): JudgedPart {
  const today = readDate(asOf)
  const amounts = new Map(money.map((name) => [name, Array.from({ length: count }, (): bigint | null => null)]))
  const part = { outcomes: new Int32Array(count), rules: new Int32Array(count).fill(-1), money: amounts }
  for (let record = 0; record < count; record += 1) {
    const scope = new Map<string, Value>(Object.entries(facts).map(([name, column]) => [name, valueAt(column, record)]))
    const inputs = new Map([...scope, ...policy.fixed])
    const { value } = interpret(policy.model, { name: policy.decision, inputs, ...(today === null ? {} : { today }) })
    const outputs = outputsOfValue(value, isContext(value) ? [...value.keys()] : [policy.decision])
    part.outcomes[record] = outcomes.placeOf(outcomeText(outputs, money))
    for (const output of outputs) {
      const own = amounts.get(output.name)
      if (own !== undefined) own[record] = fenOf(output.value)
    }
  }
  return part
}
