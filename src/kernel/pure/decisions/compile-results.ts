import { isContext, parseExpression, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { constantOf } from './compile-constants.ts'
import type { Surroundings } from './compile-rows.ts'
import { typed } from './interpret-boxed.ts'
import type { Prepared } from './interpret-literal.ts'
import { equalValues, orderOf, prepareOrder } from './interpret-order.ts'
import { prepareTable } from './interpret-table.ts'
import type { Evaluation } from './interpret-trace.ts'
import type { DecisionTable } from './model.ts'

/** What rows that fire together give, exactly as the interpreter says: it is asked with these rows and no inputs. */
export interface Results {
  /** The value of the table when just these rows match, in their order; none gives the default outputs. */
  readonly valueOf: (rows: readonly number[], scope: FeelContext, at: Evaluation) => Value
  /** Rows whose outputs do not look at facts: their value is always the same. */
  readonly isConstant: readonly boolean[]
  readonly isDefaultConstant: boolean
  /** The outputs of a constant row, column by column. */
  readonly outputsOf: (row: number) => readonly Value[]
  /** Rows with the same outputs have the same number; -1 where they are not constant. */
  readonly sameAs: readonly number[]
  /** The rows as PRIORITY and OUTPUT ORDER take them: best outputs first, equal ones in the order of the table. */
  readonly order: readonly number[]
}

const mostKept = 50_000
const mostPrepared = 2_000

/** Makes the results of a table. */
export function makeResults(table: DecisionTable, around: Surroundings, makeEvaluation: () => Evaluation): Results {
  const { place, fixed } = around
  const isConstant = table.rules.map((rule) => rule.outputEntries.every((entry) => isConstantText(entry.text, around)))
  const isDefaultConstant = table.outputs.every(
    (output) => output.defaultEntry === undefined || isConstantText(output.defaultEntry.text, around),
  )
  const bare = rawTable(table)
  const outputs = new Map<number, readonly Value[]>()
  const outputsOf = (row: number): readonly Value[] => {
    const known = outputs.get(row)
    if (known !== undefined) return known
    const value = prepareTable({ ...bare, rules: ruleOf(table, row) }, place).evaluate(fixed, makeEvaluation())
    const made = table.outputs.length === 1 ? [value] : table.outputs.map((output) => entryOf(value, output.name ?? output.label ?? ''))
    outputs.set(row, made)
    return made
  }
  const rows = table.rules.map((_, row) => row)
  const constants = new Map<string, Value>()
  const prepared = new Map<string, Prepared>()
  const prepareRows = (chosen: readonly number[]): Prepared => {
    const part: DecisionTable = { ...table, inputs: [], rules: chosen.flatMap((row) => ruleOf(table, row)) }
    return typed(typed(prepareTable(part, place), table.typeRef, place), around.resultType, place)
  }
  const valueOf = (chosen: readonly number[], scope: FeelContext, at: Evaluation): Value => {
    const key = chosen.join()
    const isFixed = chosen.length === 0 ? isDefaultConstant : chosen.every((row) => isConstant[row] === true)
    const known = isFixed ? constants.get(key) : undefined
    if (known !== undefined) return known
    if (isFixed) {
      const value = prepareRows(chosen).evaluate(fixed, at)
      if (constants.size >= mostKept) constants.clear()
      constants.set(key, value)
      return value
    }
    const logic = prepared.get(key) ?? prepareRows(chosen)
    if (prepared.size >= mostPrepared) prepared.clear()
    prepared.set(key, logic)
    return logic.evaluate(scope, at)
  }
  const needsOutputs = table.hitPolicy === 'ANY' || table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER'
  const isKnown = needsOutputs && isConstant.every((one) => one)
  return {
    valueOf,
    isConstant,
    isDefaultConstant,
    outputsOf,
    sameAs: isKnown ? numberAlike(rows, outputsOf, makeEvaluation()) : rows.map(() => -1),
    order: isKnown ? byRank(table, { around, outputsOf, at: makeEvaluation() }) : rows,
  }
}

/** A table that only gives the outputs of its first rule, each under its own type. */
function rawTable(table: DecisionTable): DecisionTable {
  const isList =
    table.hitPolicy === 'RULE ORDER' ||
    table.hitPolicy === 'OUTPUT ORDER' ||
    (table.hitPolicy === 'COLLECT' && table.aggregation === undefined)
  const whole = isList || table.outputs.length !== 1 ? undefined : table.typeRef
  const outputs = table.outputs.map((output) => ({ ...output, typeRef: output.typeRef ?? whole }))
  return { ...table, hitPolicy: 'FIRST', aggregation: undefined, typeRef: undefined, inputs: [], outputs }
}

function ruleOf(table: DecisionTable, row: number): DecisionTable['rules'] {
  const rule = table.rules[row]
  return rule === undefined ? [] : [{ ...rule, inputEntries: [] }]
}

function entryOf(value: Value, name: string): Value {
  return isContext(value) ? (value.get(name) ?? null) : null
}

function isConstantText(text: string, { place, fixed }: Surroundings): boolean {
  if (text.trim() === '') return true
  try {
    const { root } = parseExpression(text, { names: place.names, types: place.types.named(place.model) })
    return constantOf(root, fixed) !== undefined
  } catch (error) {
    if (!isNamedError(error)) throw error
    return true // It is null whatever the record.
  }
}

function numberAlike(rows: readonly number[], outputsOf: (row: number) => readonly Value[], at: Evaluation): number[] {
  const firsts: number[] = []
  return rows.map((row) => {
    const same = firsts.find((first) => equalValues(outputsOf(row), outputsOf(first), at.run))
    if (same === undefined) firsts.push(row)
    return same ?? row
  })
}

function byRank(
  table: DecisionTable,
  { around, outputsOf, at }: { around: Surroundings; outputsOf: (row: number) => readonly Value[]; at: Evaluation },
): number[] {
  const orders = table.outputs.map((output) => prepareOrder(output.values?.text ?? '-', around.place))
  const ranked = table.rules.map((_, row) => ({
    row,
    rank: outputsOf(row).map((value, column) => orderOf(orders[column] ?? [], value, around.fixed, at)),
  }))
  return ranked.sort((one, other) => compareRanks(one.rank, other.rank) || one.row - other.row).map((one) => one.row)
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (const [column, rank] of one.entries()) if (rank !== other[column]) return rank - (other[column] ?? 0)
  return 0
}
