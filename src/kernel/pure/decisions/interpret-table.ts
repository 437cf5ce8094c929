import { evaluate, type FeelContext, type FeelType, parseExpression, type Value } from '#kernel/pure/expressions/index.ts'
import { type Place, type Prepared, type PreparedTest, prepareTest, prepareText } from './interpret-literal.ts'
import { equalValues, orderOf, prepareOrder } from './interpret-order.ts'
import { type Evaluation, find, type TableTrace, takeNotices } from './interpret-trace.ts'
import { receive, type ValueType } from './interpret-types.ts'
import { type Aggregation, aggregations, type DecisionTable, type InputClause, type OutputClause } from './model.ts'

interface PreparedInput {
  readonly label: string
  readonly value: Prepared
  readonly type: ValueType
  /** The type of its values, also where none is declared. */
  readonly feel: FeelType
  readonly allowed: PreparedTest
}

interface PreparedOutput {
  readonly name: string
  readonly type: ValueType
  readonly allowed: PreparedTest
  readonly order: readonly PreparedTest[]
  readonly otherwise: Prepared | undefined
}

interface PreparedTable {
  readonly table: DecisionTable
  readonly of: string
  readonly inputs: readonly PreparedInput[]
  readonly outputs: readonly PreparedOutput[]
  readonly rules: readonly { readonly tests: readonly PreparedTest[]; readonly results: readonly Prepared[] }[]
}

/**
 * Prepares a decision table the obvious way: every entry of every rule is asked, then the hit policy decides. Source: DMN 1.5 §8.2, §8.3.
 * A value outside the allowed ones makes the result null with a finding.
 */
export function prepareTable(table: DecisionTable, place: Place): Prepared {
  const inputs = table.inputs.map((input) => prepareInput(input, place))
  const prepared: PreparedTable = {
    table,
    of: place.of,
    inputs,
    outputs: table.outputs.map((output) => prepareOutput(output, table, place)),
    rules: table.rules.map((rule) => ({
      tests: rule.inputEntries.map((entry, column) => prepareTest(entry.text, place, inputs[column]?.feel)),
      results: rule.outputEntries.map((entry) => prepareText(entry.text, place)),
    })),
  }
  return { type: tableType(prepared), evaluate: (scope, at) => evaluateTable(prepared, scope, at) }
}

function prepareInput(input: InputClause, place: Place): PreparedInput {
  const { expression } = input
  const value = prepareText(expression.text, place)
  const type = place.types.typeOf(place.model, expression.typeRef)
  const feel = type.feel === 'Any' ? value.type : type.feel
  const allowed = prepareTest(input.values?.text ?? '-', place, feel)
  return { label: input.label ?? expression.text.trim(), value, type, feel, allowed }
}

function prepareOutput(output: OutputClause, table: DecisionTable, place: Place): PreparedOutput {
  const text = output.values?.text ?? '-'
  const typeRef = output.typeRef ?? (table.outputs.length === 1 ? table.typeRef : undefined)
  return {
    name: output.name ?? output.label ?? '',
    type: isWholeList(table) ? place.types.typeOf(place.model, output.typeRef) : place.types.typeOf(place.model, typeRef),
    allowed: prepareTest(text, place),
    order: prepareOrder(text, place),
    otherwise: output.defaultEntry && prepareText(output.defaultEntry.text, place),
  }
}

/** True when the table gives a list: then its own type speaks of the list, not of an entry. */
function isWholeList(table: DecisionTable): boolean {
  const { hitPolicy, aggregation } = table
  return hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER' || (hitPolicy === 'COLLECT' && aggregation === undefined)
}

function tableType({ table, outputs, rules }: PreparedTable): FeelType {
  const [first] = outputs
  const single = first?.type.feel === 'Any' ? (rules[0]?.results[0]?.type ?? 'Any') : (first?.type.feel ?? 'Any')
  const one: FeelType =
    outputs.length === 1 ? single : { context: Object.fromEntries(outputs.map((output) => [output.name, output.type.feel])) }
  if (table.aggregation !== undefined) return 'number'
  return isWholeList(table) ? { list: one } : one
}

function evaluateTable(prepared: PreparedTable, scope: FeelContext, at: Evaluation): Value {
  const values = inputValues(prepared, scope, at)
  const trace = {
    of: prepared.of,
    table: prepared.table.id,
    inputs: prepared.inputs.map((one, n) => ({ label: one.label, value: values?.[n] ?? null })),
  }
  if (values === null) {
    at.tables.push({ ...trace, matched: [], fired: [], undecided: [], byDefault: false })
    return null
  }
  const answers = prepared.rules.map((rule) => passes(rule.tests, values, scope, at))
  const numbers = (answer: boolean | null) => answers.flatMap((one, number) => (one === answer ? [number] : []))
  const matched = numbers(true)
  const hit = decide(prepared, matched, scope, at)
  at.tables.push({ ...trace, matched, fired: hit.fired, undecided: numbers(null), byDefault: matched.length === 0 })
  return hit.value
}

/** The values of the columns; null when one is not allowed. */
function inputValues({ inputs, of }: PreparedTable, scope: FeelContext, at: Evaluation): Value[] | null {
  let isAllowed = true
  const values = inputs.map((input) => {
    const { value, refused } = receive(input.value.evaluate(scope, at), input.type, at.run)
    if (refused !== undefined) find(at, refused, of, { column: input.label })
    if (value !== null && input.allowed(value, scope, at) !== true) {
      find(at, 'value-not-allowed', of, { column: input.label })
      isAllowed = false
    }
    return value
  })
  return isAllowed ? values : null
}

/** True when every test is true, false when one is false, else null: it cannot be told. */
function passes(tests: readonly PreparedTest[], values: readonly Value[], scope: FeelContext, at: Evaluation): boolean | null {
  let answer: boolean | null = true
  for (const [column, test] of tests.entries()) {
    const passed = test(values[column] ?? null, scope, at)
    if (passed === false) return false
    if (passed === null) answer = null
  }
  return answer
}

interface Hit {
  readonly value: Value
  readonly fired: TableTrace['fired']
}

/** A rule that matched, with its outputs. */
interface Match {
  readonly rule: number
  readonly outputs: readonly Value[]
}

function decide(prepared: PreparedTable, matched: readonly number[], scope: FeelContext, at: Evaluation): Hit {
  const { table, of } = prepared
  if (matched.length === 0) return { value: defaultValue(prepared, scope, at), fired: [] }
  if (table.hitPolicy === 'UNIQUE' && matched.length > 1) {
    return { value: find(at, 'several-rules', of, { rules: matched.map((rule) => rule + 1).join(', ') }), fired: [] }
  }
  const needed = table.hitPolicy === 'FIRST' ? matched.slice(0, 1) : matched
  const matches = needed.map((rule): Match => ({ rule, outputs: outputsOf(prepared, rule, scope, at) }))
  return choose(prepared, matches, scope, at)
}

function choose(prepared: PreparedTable, matches: readonly Match[], scope: FeelContext, at: Evaluation): Hit {
  const { table, of } = prepared
  const [first] = matches
  if (first === undefined) return { value: null, fired: [] }
  const all = { value: matches.map((match) => shaped(prepared, match.outputs)), fired: matches.map((match) => match.rule) }
  switch (table.hitPolicy) {
    case 'UNIQUE':
    case 'FIRST':
      return { value: shaped(prepared, first.outputs), fired: [first.rule] }
    case 'ANY':
      if (matches.every((match) => equalValues(match.outputs, first.outputs, at.run)))
        return { value: shaped(prepared, first.outputs), fired: all.fired }
      return { value: find(at, 'rules-disagree', of, { rules: matches.map((match) => match.rule + 1).join(', ') }), fired: [] }
    case 'PRIORITY':
    case 'OUTPUT ORDER': {
      const orders = prepared.outputs.map((output) => output.order)
      const ranked = matches.map((match) => ({
        match,
        rank: match.outputs.map((value, column) => orderOf(orders[column] ?? [], value, scope, at)),
      }))
      const sorted = ranked.sort((a, b) => compareRanks(a.rank, b.rank)).map((one) => one.match)
      const best = sorted[0] ?? first
      if (table.hitPolicy === 'PRIORITY') return { value: shaped(prepared, best.outputs), fired: [best.rule] }
      return { value: sorted.map((match) => shaped(prepared, match.outputs)), fired: sorted.map((match) => match.rule) }
    }
    case 'RULE ORDER':
      return all
    case 'COLLECT':
      return table.aggregation === undefined ? all : { value: aggregated(prepared, table.aggregation, matches, at), fired: all.fired }
  }
}

/** The outputs of a rule, each of its type and among the allowed values. */
function outputsOf({ rules, outputs, of }: PreparedTable, rule: number, scope: FeelContext, at: Evaluation): Value[] {
  return outputs.map((output, column) => {
    const written = rules[rule]?.results[column]?.evaluate(scope, at) ?? null
    const { value, refused } = receive(written, output.type, at.run)
    if (refused !== undefined) return find(at, refused, of, { column: output.name, rule: rule + 1 })
    if (value === null || output.allowed(value, scope, at) === true) return value
    return find(at, 'value-not-allowed', of, { column: output.name, rule: rule + 1 })
  })
}

/** One output as it is, several as a context. */
function shaped({ outputs }: PreparedTable, values: readonly Value[]): Value {
  if (outputs.length === 1) return values[0] ?? null
  return new Map(outputs.map((output, column) => [output.name, values[column] ?? null]))
}

/** What stands where no rule matches: the default outputs, else 0 for a count, else null. */
function defaultValue(prepared: PreparedTable, scope: FeelContext, at: Evaluation): Value {
  const { outputs, table, of } = prepared
  if (outputs.every((output) => output.otherwise === undefined)) return null
  const values = outputs.map((output) => {
    const { value, refused } = receive(output.otherwise?.evaluate(scope, at) ?? null, output.type, at.run)
    return refused === undefined ? value : find(at, refused, of, { column: output.name })
  })
  const one = shaped(prepared, values)
  return isWholeList(table) ? (Array.isArray(one) ? one : [one]) : one
}

const aggregators = Object.fromEntries(
  aggregations.map((name) => {
    const text = `${name.toLowerCase()}(all)`
    return [name, { text, parsed: parseExpression(text, { names: ['all'] }) }]
  }),
)

/** SUM, MIN, MAX or COUNT of the outputs, column by column, with FEEL's own functions. */
function aggregated(prepared: PreparedTable, aggregation: Aggregation, matches: readonly Match[], at: Evaluation): Value {
  const aggregator = aggregators[aggregation]
  if (aggregator === undefined) return null
  const columns = prepared.outputs.map((_, column) => matches.map((match) => match.outputs[column] ?? null))
  const values = columns.map((all) => evaluate(aggregator.parsed, new Map([['all', all]]), at.run))
  takeNotices(at, prepared.of, aggregator.text)
  return shaped(prepared, values)
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [column, rank] of a.entries()) {
    const other = b[column] ?? 0
    if (rank !== other) return rank - other
  }
  return 0
}
