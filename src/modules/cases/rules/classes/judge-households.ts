import {
  decideModelColumns,
  inputsOf,
  interpret,
  valueAt,
  type CompiledDecision,
  type DecidedColumns,
  type Facts,
  type NotCompiled,
  type PreparedModel,
} from '#kernel/pure/decisions/index.ts'
import { isContext, isList, printNumber, type FeelContext, type FeelDate, type Value } from '#kernel/pure/expressions/index.ts'
import { missingFacts } from './missing-facts.ts'

/** What a household is given by a table, each a column of the classification. */
export const classColumns = ['layer', 'labourClass', 'card', 'advice', 'alert'] as const
export type ClassColumn = (typeof classColumns)[number]

/** A table that judges households, as it is in force. */
export interface JudgingTable {
  readonly column: ClassColumn
  readonly key: string
  readonly model: PreparedModel
  readonly decision: string
  readonly compiled: CompiledDecision | NotCompiled
  /** Parameters as its cells see them. */
  readonly fixed: FeelContext
  /** Parameters that the authority has left empty: cells that name them cannot be told. */
  readonly unset: readonly string[]
  /** The output that is taken of several; absent: all, joined. */
  readonly output?: string | undefined
}

/** What one table says of many households. */
export interface JudgedColumn {
  readonly column: ClassColumn
  /** The different results as people read them, and which of them each household has; -1: none. */
  readonly words: readonly string[]
  readonly codes: Int32Array
  /** The rows that fired, counted from 1, several between `,`; empty: none, or no single table decided. */
  readonly rowsOf: (record: number) => string
  /** Facts for want of which a household without a result is undecided; absent: decided, or no row fits. */
  readonly missing: ReadonlyMap<number, readonly string[]>
}

/** The facts that a table reads, without parameters. */
export function factsOfTable({ model, decision, fixed, unset }: Pick<JudgingTable, 'model' | 'decision' | 'fixed' | 'unset'>): string[] {
  const names = new Set(inputsOf(model, decision).map((input) => input.name))
  return [...names].filter((name) => !fixed.has(name) && !unset.includes(name))
}

/** Households in columns. */
export interface ToJudge {
  readonly facts: Facts
  readonly count: number
  /** What the FEEL function `today()` gives: the day that is judged, so that a replay says the same. */
  readonly today: FeelDate | null
}

/** Judges households by one table. The same facts, table and day give the same result whenever it is asked. */
export function judgeHouseholds(table: JudgingTable, given: ToJudge): JudgedColumn {
  const { compiled, output, column } = table
  const { facts, count, today } = given
  const judged =
    'reason' in compiled
      ? interpretAll(table, given)
      : takeColumns(decideModelColumns(compiled, facts, count, today === null ? {} : { today }), count, output)
  return { column, ...judged, missing: findMissing(table, given, judged.codes) }
}

type Judged = Pick<JudgedColumn, 'words' | 'codes' | 'rowsOf'>

/** Result columns as words: each different combination of outputs is printed once. */
function takeColumns(decided: DecidedColumns, count: number, output: string | undefined): Judged {
  const outputs = output === undefined ? decided.outputs : decided.outputs.filter((one) => one.name === output)
  const [first] = outputs
  const rowsOf = (record: number) => rowsText(decided, record)
  if (first === undefined) return { words: [], codes: new Int32Array(count).fill(-1), rowsOf }
  const book = makeBook()
  if (outputs.length === 1) {
    const codeOf = first.words.map((word) => book.codeOf(word === null ? '' : sayValue(word)))
    return { words: book.words, codes: first.codes.map((code) => (code < 0 ? -1 : (codeOf[code] ?? -1))), rowsOf }
  }
  const codes = new Int32Array(count)
  const known = new Map<string, number>()
  for (let record = 0; record < count; record += 1) {
    const key = outputs.map((one) => one.codes[record] ?? -1).join()
    let code = known.get(key)
    if (code === undefined) {
      code = book.codeOf(joinOutputs(outputs.map((one) => one.words[one.codes[record] ?? -1] ?? null)))
      known.set(key, code)
    }
    codes[record] = code
  }
  return { words: book.words, codes, rowsOf }
}

function rowsText({ all, rules }: DecidedColumns, record: number): string {
  if (all !== undefined) {
    const [from = 0, to = 0] = [all.offsets[record], all.offsets[record + 1]]
    return from === to ? '' : Array.from(all.rows.subarray(from, to), (rule) => rule + 1).join()
  }
  const rule = rules[record] ?? -1
  return rule < 0 ? '' : String(rule + 1)
}

/** A decision that is no table stands for itself: one household after another, by the reference. */
function interpretAll({ model, decision, fixed, output }: JudgingTable, { facts, count, today }: ToJudge): Judged {
  const book = makeBook()
  const codes = new Int32Array(count)
  const rows: string[] = []
  for (let record = 0; record < count; record += 1) {
    const answer = interpret(model, { name: decision, inputs: recordOf(facts, record, fixed), ...(today === null ? {} : { today }) })
    const { value } = answer
    const taken = isContext(value) ? (output === undefined ? [...value.values()] : [value.get(output) ?? null]) : [value]
    codes[record] = book.codeOf(joinOutputs(taken))
    const fired = answer.decisions.find((one) => one.name === decision)?.tables.at(-1)?.fired ?? []
    rows.push(fired.map((rule) => rule + 1).join())
  }
  return { words: book.words, codes, rowsOf: (record) => rows[record] ?? '' }
}

const mostCombinations = 20_000

/** Why households have no result, looked up once for each combination of facts; most of them share a few. */
function findMissing(table: JudgingTable, { facts, today }: ToJudge, codes: Int32Array): Map<number, readonly string[]> {
  const found = new Map<number, readonly string[]>()
  const names = factsOfTable(table)
  const known = new Map<string, readonly string[]>()
  for (let record = 0; record < codes.length; record += 1) {
    if ((codes[record] ?? -1) >= 0) continue
    const scope = recordOf(facts, record, new Map(), names)
    const unknown = names.filter((name) => (scope.get(name) ?? null) === null)
    if (unknown.length + table.unset.length === 0) continue
    const key = names.map((name) => sayValue(scope.get(name) ?? null)).join('\n')
    let missing = known.get(key)
    if (missing === undefined) {
      missing = known.size < mostCombinations ? missingFacts(table, scope, today) : unknown
      known.set(key, missing)
    }
    if (missing.length > 0) found.set(record, missing)
  }
  return found
}

/** The facts of one household by their names. */
export function recordOf(facts: Facts, record: number, fixed: FeelContext, names: readonly string[] = Object.keys(facts)): FeelContext {
  const scope = new Map<string, Value>(fixed)
  for (const name of names) {
    const column = facts[name]
    scope.set(name, column === undefined ? null : valueAt(column, record))
  }
  return scope
}

/** Different words, each with a code; an empty word is none. */
function makeBook(): { words: string[]; codeOf: (word: string) => number } {
  const words: string[] = []
  const codes = new Map<string, number>()
  return {
    words,
    codeOf: (word) => {
      if (word === '') return -1
      const code = codes.get(word) ?? words.push(word) - 1
      codes.set(word, code)
      return code
    },
  }
}

/** Several outputs in one line, without those that say nothing beside the others. */
function joinOutputs(values: readonly Value[]): string {
  const texts = values.map(sayValue).filter((text) => text !== '')
  const telling = texts.filter((text) => text !== '—' && text !== '无')
  return (telling.length === 0 ? texts.slice(0, 1) : telling).join('·')
}

/** A value as people read it in a list; not known is empty. */
function sayValue(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (isList(value)) return value.map(sayValue).join('、')
  if (isContext(value)) return joinOutputs([...value.values()])
  if (value.kind === 'number') return printNumber(value)
  if (value.kind === 'date') return [value.year, value.month, value.day].map((part) => String(part).padStart(2, '0')).join('-')
  return ''
}
