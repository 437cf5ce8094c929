import {
  decideModelRecord,
  explainDecision,
  type CompiledDecision,
  type FiredRow,
  type TableExplanation,
} from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import {
  evaluateUnaryTests,
  readsOf,
  parseUnaryTests,
  startRun,
  type FeelContext,
  type RunOptions,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import type { Why } from '../contract.ts'
import { outcomeText, outputsOfValue } from './outcome.ts'
import { sayValue, type Shown } from './say-value.ts'

/** What a name in a table is: how its values are said, and which paper would supply it. Undefined for what another table gives. */
export interface Named extends Shown {
  readonly suppliedBy: string
}

/** What an officer has to look for where an authority has left a value empty. */
export const whoFillsParameters = '有权确定该参数的部门文件'

/** One record before a compiled decision and all the tables below it. */
export interface Explained {
  readonly compiled: CompiledDecision
  readonly facts: FeelContext
  readonly nameOf: (name: string) => Named | undefined
  readonly options: RunOptions
}

type Explanation = Pick<Why, 'outcome' | 'fired' | 'undecided' | 'near' | 'changes'>

/** Why a decision says what it says: rows of every table of its model, what leaves rows open, near misses, and what single fact would change it. */
export function explainOutcome(given: Explained): Explanation {
  const { compiled, facts, options } = given
  const decimals = decimalsOf(given)
  const tables = tablesOf(compiled).map((decision) => ({ decision, said: explainDecision(decision, facts, { ...options, decimals }) }))
  const value = decideModelRecord(compiled, facts, options).value
  return {
    outcome: outputsOf(compiled, value).map((output) => ({ name: output.name, value: sayValue(output.value) })),
    fired: tables.flatMap(({ decision, said }) => said.fired.map((row) => firedOf(given, decision, row))),
    undecided: tables.flatMap(({ decision, said }) => undecidedOf(given, decision, said)),
    near: tables.flatMap(({ decision, said }) => nearOf(given, decision, said)),
    changes: once(tables.flatMap(({ decision, said }) => changesOf(given, { decision, said, value }))),
  }
}

/** The tables of a model in the order in which they are made, each once; the decision itself comes last. */
function tablesOf(compiled: CompiledDecision): CompiledDecision[] {
  const below = compiled.needs.flatMap((need) => (need.kind === 'decision' ? tablesOf(need.decision) : []))
  return [...below, compiled].filter((one, at, all) => all.findIndex((other) => other.name === one.name) === at)
}

function decimalsOf({ compiled, nameOf }: Explained): Record<string, number> {
  const names = tablesOf(compiled).flatMap((one) => one.needs.map(({ name }) => name))
  return Object.fromEntries(names.flatMap((name) => [nameOf(name)?.decimals ?? null].flatMap((of) => (of === null ? [] : [[name, of]]))))
}

/** The outputs of a result by their names; one output stands under the decision's. */
function outputsOf({ name, table }: CompiledDecision, value: Value): { name: string; value: Value }[] {
  const { outputs } = table.table
  if (outputs.length <= 1) return [{ name, value }]
  return outputsOfValue(
    value,
    outputs.map((output, at) => output.name ?? output.label ?? `${name}${at + 1}`),
  )
}

/** What an input of a table names: its label is for people and may be another one. */
function nameIn({ table }: CompiledDecision, label: string): string {
  return table.read.inputs.find((input) => input.label === label)?.fact ?? label
}

const textOf = (compiled: CompiledDecision, value: Value) => outcomeText(outputsOf(compiled, value), [])

function firedOf({ nameOf }: Explained, decision: CompiledDecision, row: FiredRow): Why['fired'][number] {
  const beside = (wanted: string) => row.annotations.find((one) => one.name === wanted)?.text ?? ''
  return {
    decision: decision.name,
    rule: row.rule + 1,
    cells: row.cells
      .filter(({ cell }) => cell.trim() !== '-')
      .map(({ input, value, cell }) => ({ input, cell, value: sayValue(value, nameOf(nameIn(decision, input))) })),
    clause: beside('条款'),
    note: beside('说明') || (row.note ?? ''),
  }
}

/** A table's own input may be what another table gives: then the facts that are missing there are what is missing here. */
function undecidedOf(given: Explained, decision: CompiledDecision, said: TableExplanation): Why['undecided'] {
  const missingIn = (input: string): { name: string; suppliedBy: string }[] => {
    const name = nameIn(decision, input)
    const below = decision.needs.find((need) => need.name === name)
    if (below?.kind !== 'decision') return [{ name, suppliedBy: given.nameOf(name)?.suppliedBy ?? '' }]
    const facts = factsBelow(below.decision).filter((fact) => (given.facts.get(fact) ?? null) === null)
    return facts.map((fact) => ({ name: fact, suppliedBy: given.nameOf(fact)?.suppliedBy ?? '' }))
  }
  return openRows(given, decision, said).flatMap(({ rule, inputs }) => {
    const missing = inputs.flatMap(missingIn)
    if (missing.length === 0) return []
    return {
      decision: decision.name,
      rule: rule + 1,
      missing: missing.filter((one, at) => missing.findIndex(({ name: same }) => same === one.name) === at),
    }
  })
}

/**
 * Rows that no known fact refuses, and the inputs that are not known. FEEL refuses a row of which a cell asks an unknown word to be equal to another
 * one; people ask for the paper.
 */
function openRows({ facts, options }: Explained, { table }: CompiledDecision, said: TableExplanation): TableExplanation['undecided'] {
  const scope = new Map([...table.around.fixed, ...facts])
  const names = [...scope.keys()] // one object for all cells: readers are kept by it
  const isIn = new Set(said.fired.map(({ rule }) => rule))
  return table.table.rules.flatMap((row, rule) => {
    const inputs: string[] = []
    for (const [at, { text }] of row.inputEntries.entries()) {
      const { input, value, isUnknown } = said.facts[at] ?? { input: '', value: null, isUnknown: true }
      const { accepts, unknown } = acceptsIn(text, value, { names, scope, options })
      if (accepts === true) continue
      if (!isUnknown && accepts === false) return []
      inputs.push(...(isUnknown ? [input] : unknown))
    }
    return isIn.has(rule) || inputs.length === 0 ? [] : [{ rule, inputs }]
  })
}

/** Whether a cell accepts a value; null where what it compares with is not known: those names. A cell that cannot be read accepts nothing. */
function acceptsIn(
  text: string,
  value: Value,
  { names, scope, options }: { names: readonly string[]; scope: FeelContext; options: RunOptions },
): { accepts: boolean | null; unknown: string[] } {
  if (text.trim() === '-') return { accepts: true, unknown: [] }
  try {
    const tests = parseUnaryTests(text, { names })
    const unknown = readsOf(tests).filter((name) => (scope.get(name) ?? null) === null)
    return { accepts: evaluateUnaryTests(tests, value, scope, startRun(options)), unknown }
  } catch (error) {
    if (isNamedError(error)) return { accepts: false, unknown: [] }
    throw error
  }
}

function factsBelow(compiled: CompiledDecision): string[] {
  return [...new Set(compiled.needs.flatMap((need) => (need.kind === 'fact' ? [need.name] : factsBelow(need.decision))))]
}

function nearOf({ nameOf }: Explained, decision: CompiledDecision, said: TableExplanation): Why['near'] {
  // A row that only an unknown fact keeps from firing is no near miss: it is among those that are open.
  const known = said.near.filter(({ value }) => value !== null)
  return known.map(({ row, input, value, wanted, nearest }) => {
    const shown = nameOf(nameIn(decision, input))
    return { decision: decision.name, rule: row + 1, input, value: sayValue(value, shown), wanted, nearest: sayValue(nearest, shown) }
  })
}

/** A change counts only if it is of a fact, and the outcome of the whole model is another one with it. */
function changesOf(
  { compiled, facts, nameOf, options }: Explained,
  { decision, said, value }: { decision: CompiledDecision; said: TableExplanation; value: Value },
): Why['changes'] {
  const now = textOf(compiled, value)
  return said.changes.flatMap(({ input, value: before, nearest, range }) => {
    const name = nameIn(decision, input)
    if (!facts.has(name)) return []
    const outcome = textOf(compiled, decideModelRecord(compiled, new Map([...facts, [name, nearest]]), options).value)
    return outcome === now || outcome === '' ? [] : [{ input: name, value: sayValue(before, nameOf(name)), range, outcome }]
  })
}

const keyOf = ({ input, range, outcome }: Why['changes'][number]) => [input, range, outcome].join('\n')

/** Tables that ask for the same fact say the same of it. */
function once(changes: Why['changes']): Why['changes'] {
  return [...new Map(changes.map((one) => [keyOf(one), one])).values()]
}
