import type { FeelContext, RunOptions, Value } from '#kernel/pure/expressions/index.ts'
import { bindPlan } from './columns-bind.ts'
import { valueAt, type InputColumn } from './columns-input.ts'
import { contradiction, matchAll, matchOne, noRow, type MatchRules } from './columns-match.ts'
import { outputColumns, type OutputColumn } from './columns-results.ts'
import { askInterpreter, confirmReceived, newEvaluation, stoppedBy, valueOfRules, type CompiledTable } from './compile.ts'

/** Facts of many records by name (`收入`, `family.income`), one column each, all of the same length. */
export type Facts = Readonly<Record<string, InputColumn>>

/** What a table says of many records. */
export interface DecidedColumns {
  readonly count: number
  /** The rule that gave the result, counted from 0; `noRow`, `contradiction`. For tables that take many rules the first of them. */
  readonly rules: Int32Array
  /** Tables that take many rules: those of record r are `all.rows[all.offsets[r]]` to `all.rows[all.offsets[r + 1] - 1]`. */
  readonly all: { readonly offsets: Int32Array; readonly rows: Int32Array } | undefined
  readonly outputs: readonly OutputColumn[]
  /** The result of one record as the interpreter gives it. */
  readonly valueOf: (record: number) => Value
  /** Records that the interpreter judged, because a value of theirs is not of the kind or not among those that the table speaks of. */
  readonly interpreted: number
}

interface Work {
  readonly compiled: CompiledTable
  readonly facts: Facts
  readonly count: number
  readonly options: RunOptions
  readonly scopeOf: (record: number) => FeelContext
  /** Records of which a cell used up its steps: the interpreter ends there as well. */
  readonly stopped: Set<number>
}

/**
 * Judges `count` records at once: for each exactly what `interpret` says, in a time that hardly depends on the number of rows. Cells, inputs and
 * outputs that compute something are evaluated record by record. Throws only `expressions.*` when one record uses up its steps.
 */
export function decideColumns(compiled: CompiledTable, facts: Facts, count: number, options: RunOptions = {}): DecidedColumns {
  const work: Work = { compiled, facts, count, options, scopeOf: scopes(facts, compiled.around.fixed), stopped: new Set() }
  const columns = compiled.table.inputs.map((_, input) => inputColumn(work, input))
  const result = newResult(work)
  if (!compiled.isPlain)
    return finish(
      work,
      result,
      Array.from({ length: count }, (_, record) => record),
    )
  const bound = bindPlan(compiled.plan, columns, count)
  const rules: MatchRules = {
    wanted: compiled.wanted,
    sameAs: Int32Array.from(compiled.order, (rule) => compiled.results.sameAs[rule] ?? -1),
    confirm: (record, place) => confirmAt(work, columns, { record, rule: compiled.order[place] ?? -1 }),
  }
  if (compiled.wanted === 'all') fillFromSets(work, result, matchAll(bound.chunks, count, rules))
  else fillFromRows(work, result, matchOne(bound.chunks, count, rules))
  return finish(work, result, [...new Set([...bound.odd, ...guarded(work, columns), ...work.stopped])])
}

/** Names with dots are parts of contexts. */
function scopes(facts: Facts, fixed: FeelContext): (record: number) => FeelContext {
  const names = Object.keys(facts)
  return (record) => {
    const scope = new Map(fixed)
    for (const name of names) {
      const column = facts[name]
      if (column !== undefined) putInto(scope, name.split('.'), valueAt(column, record))
    }
    return scope
  }
}

function putInto(scope: Map<string, Value>, [name = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) scope.set(name, value)
  else {
    const inner = scope.get(name)
    const next = new Map(inner instanceof Map ? inner : [])
    putInto(next, rest, value)
    scope.set(name, next)
  }
}

/** The fact that an input names; for one that computes something its value for each record; undefined when nobody gave the fact. */
function inputColumn({ compiled, facts, count, options, scopeOf }: Work, input: number): InputColumn | undefined {
  const { fact } = compiled.read.inputs[input] ?? {}
  const given = fact === undefined ? undefined : facts[fact]
  if (given !== undefined) return given
  const fixed = fact === undefined ? undefined : compiled.around.fixed.get(fact)
  if (fixed !== undefined) return { kind: 'words', codes: new Int32Array(count), words: [fixed] }
  if (fact !== undefined && !fact.includes('.')) return undefined
  const prepared = compiled.inputs[input]
  const values = Array.from({ length: count }, (_, record) => prepared?.evaluate(scopeOf(record), newEvaluation(options)) ?? null)
  return { kind: 'values', values }
}

function confirmAt(work: Work, columns: readonly (InputColumn | undefined)[], { record, rule }: { record: number; rule: number }): boolean {
  const values = columns.map((column) => (column === undefined ? null : valueAt(column, record)))
  try {
    return confirmReceived(work.compiled, rule, { values, scope: work.scopeOf(record), at: newEvaluation(work.options) })
  } catch (error) {
    stoppedBy(error)
    work.stopped.add(record)
    return false
  }
}

/** The value of rules that look at facts; null where that uses up the steps. */
function valueAtRecord({ compiled, scopeOf, options }: Work, rules: readonly number[], record: number): Value {
  try {
    return valueOfRules(compiled, rules, { scope: scopeOf(record), at: newEvaluation(options) })
  } catch (error) {
    return stoppedBy(error).value
  }
}

/** Records with a value that the types or allowed values do not let through. */
function guarded({ compiled, count }: Work, columns: readonly (InputColumn | undefined)[]): number[] {
  if (compiled.guard === undefined) return []
  const bound = bindPlan(compiled.guard, columns, count)
  const passed = matchOne(bound.chunks, count, { wanted: 'first', sameAs: new Int32Array(1), confirm: () => false })
  const found = [...bound.odd]
  for (let record = 0; record < count; record += 1) if (passed[record] === noRow) found.push(record)
  return found
}

interface Result {
  readonly rules: Int32Array
  all: DecidedColumns['all']
  readonly codes: Int32Array
  readonly values: Value[]
}

function newResult({ count }: Work): Result {
  return { rules: new Int32Array(count).fill(noRow), all: undefined, codes: new Int32Array(count).fill(-1), values: [] }
}

/** Tables that take one rule: what a constant rule gives is known once; the others are evaluated for their records. */
function fillFromRows(work: Work, { rules, codes, values }: Result, places: Int32Array): void {
  const { compiled, count } = work
  const ruleOf = Int32Array.from(compiled.order)
  const isConstant = (rule: number) => (rule < 0 ? compiled.results.isDefaultConstant : compiled.results.isConstant[rule] === true)
  // Places -2 and -1 stand before the rules: contradiction, nothing.
  const codeOf = new Int32Array(ruleOf.length + 2).fill(-1)
  let isComputed = false
  for (const [place, rule] of [-1, ...ruleOf].entries()) {
    if (!isConstant(rule)) {
      codeOf[place + 1] = -2
      isComputed = true
      continue
    }
    codeOf[place + 1] = values.length
    values.push(valueOfRules(compiled, rule < 0 ? [] : [rule], { scope: compiled.around.fixed, at: newEvaluation(work.options) }))
  }
  for (let record = 0; record < count; record += 1) {
    const place = places[record] ?? noRow
    rules[record] = place < 0 ? place : (ruleOf[place] ?? noRow)
    codes[record] = codeOf[place + 2] ?? -1
  }
  if (!isComputed) return
  for (let record = 0; record < count; record += 1) {
    if (codes[record] !== -2) continue
    const rule = rules[record] ?? noRow
    codes[record] = values.length
    values.push(valueAtRecord(work, rule < 0 ? [] : [rule], record))
  }
}

/** Tables that take many rules: the same rules give the same value, unless an output looks at facts. */
function fillFromSets(work: Work, result: Result, { offsets, rows }: { offsets: Int32Array; rows: Int32Array }): void {
  const { compiled, count } = work
  const ruleOf = Int32Array.from(compiled.order)
  for (let at = 0; at < rows.length; at += 1) rows[at] = ruleOf[rows[at] ?? 0] ?? noRow
  result.all = { offsets, rows }
  const known = new Map<string, number>()
  for (let record = 0; record < count; record += 1) {
    const matched = rows.subarray(offsets[record], offsets[record + 1])
    result.rules[record] = matched[0] ?? noRow
    const key = matched.join()
    const isFixed =
      matched.length === 0 ? compiled.results.isDefaultConstant : matched.every((rule) => compiled.results.isConstant[rule] === true)
    const before = isFixed ? known.get(key) : undefined
    result.codes[record] = before ?? result.values.length
    if (before !== undefined) continue
    if (isFixed) known.set(key, result.values.length)
    result.values.push(
      isFixed
        ? valueOfRules(compiled, [...matched], { scope: compiled.around.fixed, at: newEvaluation(work.options) })
        : valueAtRecord(work, [...matched], record),
    )
  }
}

/** Lets the interpreter judge the records that masks cannot, and makes the columns. */
function finish(work: Work, result: Result, odd: readonly number[]): DecidedColumns {
  const { compiled, count } = work
  const matchedOf = new Map<number, readonly number[]>()
  for (const record of odd) {
    const { value, matched } = askInterpreter(compiled, work.scopeOf(record), newEvaluation(work.options))
    const isAgainst = compiled.wanted === 'only' && matched.length > 1
    result.rules[record] = isAgainst ? contradiction : (matched[0] ?? noRow)
    result.codes[record] = result.values.length
    result.values.push(value)
    matchedOf.set(record, matched)
  }
  const all = result.all !== undefined || compiled.wanted === 'all' ? mended(result.all, matchedOf, count) : undefined
  return {
    count,
    rules: result.rules,
    all,
    outputs: outputColumns(compiled.table, result),
    valueOf: (record) => result.values[result.codes[record] ?? -1] ?? null,
    interpreted: odd.length,
  }
}

/** The rules of each record with those of some records put in the place of what stood there. */
function mended(
  all: DecidedColumns['all'],
  others: ReadonlyMap<number, readonly number[]>,
  count: number,
): NonNullable<DecidedColumns['all']> {
  if (all !== undefined && others.size === 0) return all
  const offsets = new Int32Array(count + 1)
  const rows: number[] = []
  for (let record = 0; record < count; record += 1) {
    const own = others.get(record) ?? (all === undefined ? [] : all.rows.subarray(all.offsets[record], all.offsets[record + 1]))
    for (const rule of own) rows.push(rule)
    offsets[record + 1] = rows.length
  }
  return { offsets, rows: Int32Array.from(rows) }
}
