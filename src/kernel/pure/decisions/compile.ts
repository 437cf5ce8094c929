import {
  evaluateUnaryTests,
  startRun,
  type FeelContext,
  type FeelNumber,
  type RunOptions,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { seesOnlyInput } from './compile-constants.ts'
import { makeResults, type Results } from './compile-results.ts'
import { parseTests, readTable, type ReadTable, type Surroundings } from './compile-rows.ts'
import type { Wanted } from './columns-match.ts'
import { segmentOf } from './columns-bounds.ts'
import { atScale, locateValue, makePlan, type Plan, type PlanColumn } from './columns-plan.ts'
import { typed } from './interpret-boxed.ts'
import { prepareText, type Place, type Prepared } from './interpret-literal.ts'
import { prepareTable } from './interpret-table.ts'
import type { Evaluation } from './interpret-trace.ts'
import { receive } from './interpret-types.ts'
import type { DecisionTable } from './model.ts'

/** A decision table made ready to judge many records at once or one after another. It gives what the interpreter gives. */
export interface CompiledTable {
  readonly table: DecisionTable
  readonly around: Surroundings
  readonly read: ReadTable
  /** Masks of the rows, in `order`. */
  readonly plan: Plan
  /** One row that says which values the types and allowed values let through; records it refuses are the interpreter's. */
  readonly guard: Plan | undefined
  /** Rule of each row of the plan. */
  readonly order: readonly number[]
  readonly wanted: Wanted
  readonly results: Results
  /** What fires, by the interpreter. */
  readonly interpreted: Prepared
  readonly inputs: readonly Prepared[]
  /** False: some input has a type that no mask speaks of, and the interpreter judges every record. */
  readonly isPlain: boolean
  /** Whether the cells of a rule that no mask holds accept a record. */
  readonly confirm: (rule: number, values: readonly Value[], around: { scope: FeelContext; at: Evaluation }) => boolean
}

export interface CompileOptions {
  /** Names with one value for all records: parameters of a policy. Cells that compare with them are as fast as those with numbers. */
  readonly fixed?: FeelContext | undefined
  /** The type of the variable that takes the table's value. */
  readonly resultType?: string | undefined
}

/** Compiles a decision table. Never throws; cells that cannot be read are the model's problems and accept nothing. */
export function compileTable(table: DecisionTable, place: Place, options: CompileOptions = {}): CompiledTable {
  const around = { place, fixed: options.fixed ?? new Map(), resultType: options.resultType }
  const read = readTable(table, around)
  const results = makeResults(table, around, () => newEvaluation())
  const order = results.order
  const plan = makePlan(
    order.map((rule) => read.sets[rule] ?? []),
    read.inputs.length,
  )
  const allowed = read.inputs.map((input) => input.allowed)
  const isPlain = read.inputs.every((input, at) => {
    const [kind, guard] = [plan.kinds[at], 'of' in input.allowed ? input.allowed.of : undefined]
    const isSame = (other: string | undefined) => other === undefined || kind === undefined || other === kind
    return input.isPlain && input.allowed.kind !== 'asked' && isSame(input.typeKind) && isSame(guard)
  })
  return {
    table,
    around,
    read,
    plan,
    guard: allowed.some((set) => set.kind !== 'any') ? makePlan([allowed], allowed.length) : undefined,
    order,
    wanted: wantedOf(table, results),
    results,
    interpreted: typed(typed(prepareTable(table, place), table.typeRef, place), options.resultType, place),
    inputs: table.inputs.map((input) => prepareText(input.expression.text, place)),
    isPlain,
    confirm: makeConfirm({ table, around, plan, order }),
  }
}

/** ANY, PRIORITY and OUTPUT ORDER need to know the outputs: where these look at facts all rows that fire are wanted, and judged together. */
function wantedOf({ hitPolicy }: DecisionTable, { isConstant }: Results): Wanted {
  if (hitPolicy === 'FIRST') return 'first'
  if (hitPolicy === 'UNIQUE') return 'only'
  if (!isConstant.every((one) => one)) return 'all'
  return hitPolicy === 'ANY' ? 'same' : hitPolicy === 'PRIORITY' ? 'first' : 'all'
}

/** A new account of steps for one record. */
export function newEvaluation(options: RunOptions = {}): Evaluation {
  return { run: startRun(options), findings: [], decisions: [], tables: [], noticed: 0 }
}

const mostRemembered = 100_000

function makeConfirm({ table, around, plan, order }: Pick<CompiledTable, 'table' | 'around' | 'plan' | 'order'>): CompiledTable['confirm'] {
  const placeOfRule = new Map(order.map((rule, place) => [rule, place]))
  const cells = new Map<string, (value: Value, scope: FeelContext, at: Evaluation) => boolean>()
  const cellOf = (rule: number, input: number) => {
    const key = `${rule} ${input}`
    const known = cells.get(key)
    if (known !== undefined) return known
    const made = askCell(table.rules[rule]?.inputEntries[input]?.text ?? '-', around)
    cells.set(key, made)
    return made
  }
  return (rule, values, { scope, at }) =>
    (plan.askedInputs[placeOfRule.get(rule) ?? -1] ?? []).every((input) => cellOf(rule, input)(values[input] ?? null, scope, at))
}

/** A cell asked value by value; one that sees nothing but its input is asked once for each different word. */
function askCell(text: string, around: Surroundings): (value: Value, scope: FeelContext, at: Evaluation) => boolean {
  const tests = parseTests(text, around)
  if (tests === undefined) return () => false
  const ask = (value: Value, scope: FeelContext, at: Evaluation) => evaluateUnaryTests(tests, value, scope, at.run) === true
  if (!tests.tests.every((test) => seesOnlyInput(test, around.fixed))) return ask
  const remembered = new Map<string, boolean>()
  return (value, scope, at) => {
    if (typeof value !== 'string') return ask(value, scope, at)
    const known = remembered.get(value)
    if (known !== undefined) return known
    const answer = ask(value, scope, at)
    if (remembered.size < mostRemembered) remembered.set(value, answer)
    return answer
  }
}

/** What a table says of one record. */
export interface Decided {
  readonly value: Value
  /** The rules that match, counted from 0, in the order in which the hit policy takes them. */
  readonly matched: readonly number[]
  /** Why there is no value: the code of the error that ended the evaluation (`expressions.steps-used-up`). */
  readonly stopped?: string
}

/** What is not known because an evaluation was ended; other errors are thrown on. */
export function stoppedBy(error: unknown): Decided {
  if (!isNamedError(error)) throw error
  return { value: null, matched: [], stopped: error.code }
}

/** Judges one record: `scope` has the facts by their names. The value is the interpreter's; a value that is no fact of a mask is left to it. */
export function decideRecord(compiled: CompiledTable, scope: FeelContext, options: RunOptions = {}): Decided {
  try {
    return decideOne(compiled, scope, options)
  } catch (error) {
    return stoppedBy(error)
  }
}

function decideOne(compiled: CompiledTable, scope: FeelContext, options: RunOptions): Decided {
  const { read, fixed } = { read: compiled.read, fixed: compiled.around.fixed }
  const at = newEvaluation(options)
  const whole = fixed.size === 0 ? scope : new Map([...fixed, ...scope])
  if (!compiled.isPlain) return askInterpreter(compiled, whole, at)
  const values = read.inputs.map((input, place) => {
    const known = input.fact === undefined ? undefined : whole.get(input.fact)
    return known === undefined ? (compiled.inputs[place]?.evaluate(whole, at) ?? null) : known
  })
  if (compiled.guard !== undefined && matchRecord(compiled.guard, values)?.length !== 1) return askInterpreter(compiled, whole, at)
  const places = matchRecord(compiled.plan, values)
  if (places === undefined) return askInterpreter(compiled, whole, at)
  const rules: number[] = []
  for (const place of places) {
    const rule = compiled.order[place] ?? -1
    const isAsked = (compiled.plan.askedInputs[place]?.length ?? 0) > 0
    if (isAsked && !confirmReceived(compiled, rule, { values, scope: whole, at })) continue
    rules.push(rule)
    if (compiled.wanted === 'first') break
  }
  return { value: valueOfRules(compiled, rules, { scope: whole, at }), matched: rules }
}

/** As `confirm`, with the values as the inputs receive them under their types. */
export function confirmReceived(
  compiled: CompiledTable,
  rule: number,
  { values, scope, at }: { values: readonly Value[]; scope: FeelContext; at: Evaluation },
): boolean {
  const { place } = compiled.around
  const received = values.map((value, input) => {
    const typeRef = compiled.table.inputs[input]?.expression.typeRef
    return typeRef === undefined ? value : receive(value, place.types.typeOf(place.model, typeRef), at.run).value
  })
  return compiled.confirm(rule, received, { scope, at })
}

/** The value of the table where these rules match, in the order of the plan. */
export function valueOfRules(
  { table, wanted, results }: CompiledTable,
  rules: readonly number[],
  { scope, at }: { scope: FeelContext; at: Evaluation },
): Value {
  if (wanted === 'only' && rules.length > 1) return null
  const isBest = table.hitPolicy === 'PRIORITY' && wanted === 'first'
  const ordered = rules.length < 2 || isBest ? rules : [...rules].sort((one, other) => one - other)
  return results.valueOf(ordered, scope, at)
}

/** The record as the interpreter judges it; null where that uses up its steps. */
export function askInterpreter({ interpreted }: CompiledTable, scope: FeelContext, at: Evaluation): Decided {
  try {
    const value = interpreted.evaluate(scope, at)
    return { value, matched: at.tables[at.tables.length - 1]?.matched ?? [] }
  } catch (error) {
    return stoppedBy(error)
  }
}

/** The rows of a plan whose masks let a record through, ascending; undefined when a value is of another kind than the masks speak of. */
function matchRecord(plan: Plan, values: readonly Value[]): number[] | undefined {
  const found: number[] = []
  for (const chunk of plan.chunks) {
    const places: { masks: Uint32Array; at: number }[] = []
    for (const column of chunk.columns) {
      const place = locate(column, values[column.input] ?? null, chunk.words)
      if (place === undefined) return undefined
      places.push(place)
    }
    for (let word = 0; word < chunk.words; word += 1) {
      let left = chunk.all[word] ?? 0
      for (const { masks, at } of places) left &= masks[at + word] ?? 0
      while (left !== 0) {
        const lowest = left & -left
        found.push(chunk.firstRow + word * 32 + 31 - Math.clz32(lowest))
        left ^= lowest
      }
    }
  }
  return found
}

function locate(column: PlanColumn, value: Value, words: number): { masks: Uint32Array; at: number } | undefined {
  const { axis, masks } = column
  if (axis.kind === 'ordered' && axis.of === 'number' && isShort(value)) {
    const scaled = atScale(column, axis, value.scale)
    return { masks: scaled.masks, at: segmentOf(scaled.bounds, value.digits) * words }
  }
  const segment = locateValue(axis, value)
  return segment === undefined ? undefined : { masks, at: segment * words }
}

/** A number of few decimals whose digits a double holds exactly: found without large integers. */
function isShort(value: Value): value is FeelNumber & { digits: number } {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'number') return false
  return typeof value.digits === 'number' && value.scale >= 0 && value.scale <= 6
}
