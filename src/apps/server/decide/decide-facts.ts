import {
  compileDecision,
  decideModelColumns,
  interpret,
  sayFinding,
  type Answer,
  type CompiledDecision,
  type Decision,
  type DecisionTable,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { readDate, toJson, type FeelDate, type Json, type Value } from '#kernel/pure/expressions/index.ts'
import type { DecisionModel } from './read-model.ts'
import type { GivenFacts } from './read-facts.ts'

/** What one decision says of one record. */
export interface DecidedRecord {
  readonly row: number
  readonly decision: string
  readonly value: Json
  /** Rows of the decision's table that gave it, counted from 1; none by default outputs or without a table. */
  readonly rules: readonly number[]
  /** Why there is no value: facts that are missing, no row that fits, or what the engine says. */
  readonly undecided?: { readonly missing: readonly string[]; readonly reasons: readonly string[] }
  readonly trace?: Trace
}

/** All that was done for one record, rows counted from 1. */
export interface Trace {
  readonly decisions: readonly {
    readonly name: string
    readonly value: Json
    readonly from: Readonly<Record<string, Json>>
    readonly tables: readonly {
      readonly fired: readonly TracedRow[]
      readonly alsoMatched: readonly number[]
      readonly undecided: readonly { readonly rule: number; readonly missing: readonly string[] }[]
      readonly byDefault: boolean
    }[]
  }[]
  readonly findings: readonly string[]
}

interface TracedRow {
  readonly rule: number
  readonly cells: Readonly<Record<string, string>>
  readonly notes: Readonly<Record<string, string>>
}

/** The records of one decision, and whether a table was compiled for them. */
export interface DecidedFacts {
  readonly decision: string
  readonly compiled: boolean
  /** Why it was left to the interpreter. */
  readonly because: string
  readonly records: readonly DecidedRecord[]
}

interface Asking {
  readonly model: PreparedModel
  readonly facts: GivenFacts
  readonly today: FeelDate | null
  readonly withTrace: boolean
}

/** Judges all records by all decisions that are asked; `today` (`YYYY-MM-DD`) is what the FEEL function `today()` gives. */
export function decideFacts(
  { model, decisions }: DecisionModel,
  facts: GivenFacts,
  given: { today: string; withTrace: boolean },
): DecidedFacts[] {
  const asking: Asking = { model, facts, today: readDate(given.today), withTrace: given.withTrace }
  return decisions.map((decision) => decideOne(asking, decision))
}

function decideOne(asking: Asking, decision: Decision): DecidedFacts {
  const compiled = compileDecision(asking.model, decision.name)
  const columnar = 'reason' in compiled ? undefined : decideCompiled(asking, compiled)
  const records = asking.facts.rows.map((row, record): DecidedRecord => {
    const known = columnar?.(record)
    if (known !== undefined && isWhole(known.value) && !asking.withTrace)
      return { row, decision: decision.name, value: toJson(known.value), rules: known.rules }
    return explained(asking, decision, record)
  })
  return { decision: decision.name, compiled: columnar !== undefined, because: 'reason' in compiled ? compiled.reason : '', records }
}

/** All records at once; undefined where an expression used up its steps, which the interpreter tells record by record. */
function decideCompiled(asking: Asking, compiled: CompiledDecision): ((record: number) => { value: Value; rules: number[] }) | undefined {
  const { facts, today } = asking
  const columns = Object.fromEntries(Object.entries(facts.columns).map(([name, values]) => [name, { kind: 'values', values } as const]))
  try {
    const decided = decideModelColumns(compiled, columns, facts.rows.length, today === null ? {} : { today })
    const rulesOf = (record: number): number[] => {
      const { all } = decided
      if (all !== undefined) return Array.from(all.rows.subarray(all.offsets[record], all.offsets[record + 1]), (rule) => rule + 1)
      const rule = decided.rules[record] ?? -1
      return rule < 0 ? [] : [rule + 1]
    }
    return (record) => ({ value: decided.valueOf(record), rules: rulesOf(record) })
  } catch (fault) {
    if (!isNamedError(fault)) throw fault
    return undefined
  }
}

/** False for null and for a result of which an output is null. */
function isWhole(value: Value): boolean {
  return value !== null && !(value instanceof Map && [...value.values()].includes(null))
}

function explained({ model, facts, today, withTrace }: Asking, decision: Decision, record: number): DecidedRecord {
  const inputs = contextOf(facts, record)
  const answer = interpret(model, { name: decision.name, inputs, ...(today === null ? {} : { today }) })
  const own = answer.decisions.find((one) => one.name === decision.name)?.tables.at(-1)
  const found = {
    row: facts.rows[record] ?? 0,
    decision: decision.name,
    value: toJson(answer.value),
    rules: (own?.fired ?? []).map((rule) => rule + 1),
  }
  const undecided = isWhole(answer.value) ? undefined : { missing: missingOf(model, answer), reasons: reasonsOf(answer) }
  return {
    ...found,
    ...(undecided === undefined ? {} : { undecided }),
    ...(withTrace ? { trace: traceOf(model, answer) } : {}),
  }
}

/** The facts of one record; `家庭.人口` is the entry 人口 of the fact 家庭. */
function contextOf({ columns }: GivenFacts, record: number): Map<string, Value> {
  const found = new Map<string, Value>()
  for (const [name, values] of Object.entries(columns)) putInto(found, name.split('.'), values[record] ?? null)
  return found
}

function putInto(scope: Map<string, Value>, [name = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    scope.set(name, value)
    return
  }
  const inner = scope.get(name)
  const next = new Map<string, Value>(inner instanceof Map ? inner : [])
  putInto(next, rest, value)
  scope.set(name, next)
}

function tableOfDecision({ graph }: PreparedModel, name: string): DecisionTable | undefined {
  const element = graph.main.elements.find((one) => one.kind === 'decision' && one.name === name)
  const logic = element?.kind === 'decision' ? element.expression : undefined
  return logic?.kind === 'table' ? logic : undefined
}

type TableTrace = Answer['decisions'][number]['tables'][number]

/** Unknown facts that leave a row open: those whose cell of that row asks for something. */
function openInputs(table: DecisionTable | undefined, trace: TableTrace, rule: number): string[] {
  return trace.inputs.flatMap(({ label, value }, input) => {
    const asks = (table?.rules[rule]?.inputEntries[input]?.text ?? '').trim() !== '-'
    return value === null && asks ? [table?.inputs[input]?.expression.text.trim() ?? label] : []
  })
}

/** The facts for want of which nothing was decided: of rows that were left open, else all that are not known. */
function missingOf(model: PreparedModel, { decisions, unknown }: Answer): string[] {
  const inner = new Set(decisions.map((one) => one.name))
  const open = decisions.flatMap((one) =>
    one.tables.flatMap((trace) => trace.undecided.flatMap((rule) => openInputs(tableOfDecision(model, trace.of), trace, rule))),
  )
  const facts = [...new Set(open)].filter((name) => !inner.has(name))
  const hasTables = decisions.some((one) => one.tables.length > 0)
  return facts.length > 0 || hasTables ? facts : [...unknown]
}

function reasonsOf({ findings }: Answer): string[] {
  return [...new Set(findings.map((finding) => sayFinding(finding, 'zh')))].slice(0, 5)
}

function traceOf(model: PreparedModel, answer: Answer): Trace {
  return {
    decisions: answer.decisions.map(({ name, value, from, tables }) => ({
      name,
      value: toJson(value),
      from: Object.fromEntries(from.map((one) => [one.name, toJson(one.value)])),
      tables: tables.map((trace) => ({
        fired: trace.fired.map((rule) => tracedRow(tableOfDecision(model, trace.of), rule)),
        alsoMatched: trace.matched.filter((rule) => !trace.fired.includes(rule)).map((rule) => rule + 1),
        undecided: trace.undecided.map((rule) => ({
          rule: rule + 1,
          missing: openInputs(tableOfDecision(model, trace.of), trace, rule),
        })),
        byDefault: trace.byDefault,
      })),
    })),
    findings: answer.findings.map((finding) => sayFinding(finding, 'zh')),
  }
}

function tracedRow(table: DecisionTable | undefined, rule: number): TracedRow {
  const row = table?.rules[rule]
  const cells = (row?.inputEntries ?? []).map((entry, input) => [
    table?.inputs[input]?.label ?? table?.inputs[input]?.expression.text ?? '',
    entry.text,
  ])
  const notes = (row?.annotationEntries ?? []).map((entry, place) => [table?.annotations[place]?.name ?? String(place + 1), entry.text])
  const description = row?.description
  return {
    rule: rule + 1,
    cells: Object.fromEntries(cells),
    notes: { ...Object.fromEntries(notes), ...(description === undefined ? {} : { description }) },
  }
}
