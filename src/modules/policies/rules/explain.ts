import {
  decideModelRecord,
  explainDecision,
  type CompiledDecision,
  type FiredRow,
  type TableExplanation,
} from '#kernel/pure/decisions/index.ts'
import type { FeelContext, RunOptions, Value } from '#kernel/pure/expressions/index.ts'
import type { Why } from '../contract.ts'
import { outcomeText, outputsOfValue } from './outcome.ts'
import { sayValue, type Shown } from './say-value.ts'

/** What a name in a table is: how its values are said, and which paper would supply it. Undefined for what another table gives. */
export interface Named extends Shown {
  readonly suppliedBy: string
}

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
    changes: tables.flatMap(({ said }) => changesOf(given, said, value)),
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

const textOf = (compiled: CompiledDecision, value: Value) => outcomeText(outputsOf(compiled, value), [])

function firedOf({ nameOf }: Explained, { name }: CompiledDecision, row: FiredRow): Why['fired'][number] {
  const beside = (wanted: string) => row.annotations.find((one) => one.name === wanted)?.text ?? ''
  return {
    decision: name,
    rule: row.rule + 1,
    cells: row.cells
      .filter(({ cell }) => cell.trim() !== '-')
      .map(({ input, value, cell }) => ({ input, cell, value: sayValue(value, nameOf(input)) })),
    clause: beside('条款'),
    note: beside('说明') || (row.note ?? ''),
  }
}

/** A table's own input may be what another table gives: then the facts that are missing there are what is missing here. */
function undecidedOf(given: Explained, { name, needs }: CompiledDecision, said: TableExplanation): Why['undecided'] {
  const missingIn = (input: string): { name: string; suppliedBy: string }[] => {
    const below = needs.find((need) => need.name === input)
    if (below?.kind !== 'decision') return [{ name: input, suppliedBy: given.nameOf(input)?.suppliedBy ?? '' }]
    const facts = factsBelow(below.decision).filter((fact) => (given.facts.get(fact) ?? null) === null)
    return facts.map((fact) => ({ name: fact, suppliedBy: given.nameOf(fact)?.suppliedBy ?? '' }))
  }
  return said.undecided.map(({ rule, inputs }) => {
    const missing = inputs.flatMap(missingIn)
    return {
      decision: name,
      rule: rule + 1,
      missing: missing.filter((one, at) => missing.findIndex(({ name: same }) => same === one.name) === at),
    }
  })
}

function factsBelow(compiled: CompiledDecision): string[] {
  return [...new Set(compiled.needs.flatMap((need) => (need.kind === 'fact' ? [need.name] : factsBelow(need.decision))))]
}

function nearOf({ nameOf }: Explained, { name }: CompiledDecision, said: TableExplanation): Why['near'] {
  return said.near.map(({ row, input, value, wanted, nearest }) => ({
    decision: name,
    rule: row + 1,
    input,
    value: sayValue(value, nameOf(input)),
    wanted,
    nearest: sayValue(nearest, nameOf(input)),
  }))
}

/** A change counts only if it is of a fact, and the outcome of the whole model is another one with it. */
function changesOf({ compiled, facts, nameOf, options }: Explained, said: TableExplanation, value: Value): Why['changes'] {
  const now = textOf(compiled, value)
  return said.changes.flatMap(({ input, value: before, nearest, range }) => {
    if (!facts.has(input)) return []
    const outcome = textOf(compiled, decideModelRecord(compiled, new Map([...facts, [input, nearest]]), options).value)
    if (outcome === now) return []
    return [{ input, value: sayValue(before, nameOf(input)), range, outcome }]
  })
}
