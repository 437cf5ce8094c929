import { evaluateUnaryTests, type FeelContext, type RunOptions, type Value } from '#kernel/pure/expressions/index.ts'
import { nearMisses, singleChanges, type NearMiss, type SingleChange } from './check-near.ts'
import { printValue } from './check-ranges.ts'
import { openTable, type CheckOptions } from './check-table.ts'
import { decideRecord, newEvaluation, type CompiledTable } from './compile.ts'
import { scopeOfRecord, type CompiledDecision } from './compile-decision.ts'
import { parseTests } from './compile-rows.ts'
import { receive } from './interpret-types.ts'

/** A rule that matches, with what its author wrote beside it: clause, document, reason. */
export interface FiredRow {
  readonly rule: number
  readonly id: string | undefined
  readonly note: string | undefined
  readonly cells: readonly { readonly input: string; readonly value: Value; readonly cell: string }[]
  readonly annotations: readonly { readonly name: string; readonly text: string }[]
}

/** Why a table says what it says of one record. */
export interface TableExplanation {
  readonly value: Value
  readonly facts: readonly { readonly input: string; readonly value: Value; readonly isUnknown: boolean }[]
  /** The rules that match, counted from 0, those that give the result first. None: the default outputs stand, or nothing. */
  readonly fired: readonly FiredRow[]
  /** Rules that no cell refuses, but of which an unknown fact leaves open whether they match. */
  readonly undecided: readonly { readonly rule: number; readonly inputs: readonly string[] }[]
  readonly near: readonly NearMiss[]
  /** What single fact would change the result, and to what. */
  readonly changes: readonly SingleChange<Value>[]
}

/** Explains one record: facts, rules, clause, near misses, what single fact would change it. `scope` has the facts by their names. */
export function explainRecord(compiled: CompiledTable, scope: FeelContext, options: CheckOptions & RunOptions = {}): TableExplanation {
  const { table, around, read } = compiled
  const whole = new Map([...around.fixed, ...scope])
  const at = newEvaluation(options)
  const values = read.inputs.map((_, input) => {
    const value = compiled.inputs[input]?.evaluate(whole, at) ?? null
    return receive(value, around.place.types.typeOf(around.place.model, table.inputs[input]?.expression.typeRef), at.run).value
  })
  const { value, matched } = decideRecord(compiled, scope, options)
  const { space } = openTable(table, around.place, { ...options, fixed: around.fixed })
  const isIn = new Set(matched)
  const outcomeOf = (rows: readonly number[]) => {
    const ordered = compiled.order.filter((rule) => rows.includes(rule))
    const chosen = compiled.wanted === 'first' ? ordered.slice(0, 1) : ordered
    const isAgainst = compiled.wanted === 'only' && chosen.length > 1
    const outcome = isAgainst
      ? null
      : compiled.results.valueOf(
          [...chosen].sort((one, other) => one - other),
          whole,
          newEvaluation(options),
        )
    return { key: printValue(outcome), outcome }
  }
  return {
    value,
    facts: read.inputs.map(({ label }, input) => ({
      input: label,
      value: values[input] ?? null,
      isUnknown: (values[input] ?? null) === null,
    })),
    fired: matched.map((rule) => firedRow(compiled, rule, values)),
    undecided: undecidedRows(compiled, { values, scope: whole, isIn }),
    near: nearMisses(space, values),
    changes: singleChanges(space, values, outcomeOf),
  }
}

/** Explains one record by the table of a decision of a model; what decisions below it gave are facts here. */
export function explainDecision(compiled: CompiledDecision, facts: FeelContext, options: CheckOptions & RunOptions = {}): TableExplanation {
  return explainRecord(compiled.table, scopeOfRecord(compiled, facts, options), options)
}

function firedRow({ table, read }: CompiledTable, rule: number, values: readonly Value[]): FiredRow {
  const row = table.rules[rule]
  return {
    rule,
    id: row?.id,
    note: row?.description,
    cells: (row?.inputEntries ?? []).map((entry, input) => ({
      input: read.inputs[input]?.label ?? '',
      value: values[input] ?? null,
      cell: entry.text,
    })),
    annotations: (row?.annotationEntries ?? []).map((entry, place) => ({ name: table.annotations[place]?.name ?? '', text: entry.text })),
  }
}

interface Looking {
  readonly values: readonly Value[]
  readonly scope: FeelContext
  readonly isIn: ReadonlySet<number>
}

/** Only cells of unknown facts can leave a rule open; where all facts are known there is nothing to look for. */
function undecidedRows({ table, around, read }: CompiledTable, { values, scope, isIn }: Looking): TableExplanation['undecided'] {
  if (values.every((value) => value !== null)) return []
  const at = newEvaluation()
  return table.rules.flatMap((rule, number) => {
    if (isIn.has(number)) return []
    const open: string[] = []
    for (const [input, entry] of rule.inputEntries.entries()) {
      const tests = parseTests(entry.text, around)
      const passed = tests === undefined ? true : evaluateUnaryTests(tests, values[input] ?? null, scope, at.run)
      if (passed === false) return []
      if (passed === null) open.push(read.inputs[input]?.label ?? '')
    }
    return open.length === 0 ? [] : [{ rule: number, inputs: open }]
  })
}
