import { isNamedError, type ErrorDetails } from '#kernel/pure/errors/index.ts'
import { evaluateUnaryTests, parseExpression, parseUnaryTests, type FeelContext, type Value } from '#kernel/pure/expressions/index.ts'
import { checkRows, type TableFinding } from './check.ts'
import { contains } from './check-boxes.ts'
import { exampleIn, printRanges, printValue } from './check-ranges.ts'
import { makeSpace, type Space, type SpaceInput } from './check-space.ts'
import { rangesOf } from './columns-plan.ts'
import type { CellSet } from './columns-sets.ts'
import { makeResults, type Results } from './compile-results.ts'
import { parseTests, readTable, type ReadTable, type Surroundings } from './compile-rows.ts'
import type { Place } from './interpret-literal.ts'
import { isAnything } from './interpret-types.ts'
import { newEvaluation } from './compile.ts'
import type { DecisionTable } from './model.ts'

export interface CheckOptions {
  /** Names with one value for all records: parameters of a policy. */
  readonly fixed?: FeelContext | undefined
  /** Decimals that the numbers of a fact have (0 for counts, 2 for yuan), by the fact's name; any number when it is not told. */
  readonly decimals?: Readonly<Record<string, number>> | undefined
  /** Steps for each part of the check; 300,000 unless told (about a second). */
  readonly steps?: number | undefined
}

/** A table as the check and the explanations see it. */
export interface CheckedTable {
  readonly space: Space
  readonly read: ReadTable
  readonly results: Results
}

/** Puts a table into its space: what each row accepts, what can come at all. */
export function openTable(table: DecisionTable, place: Place, options: CheckOptions = {}): CheckedTable {
  const around: Surroundings = { place, fixed: options.fixed ?? new Map() }
  const read = readTable(table, around)
  const space = makeSpace(read.sets, {
    labels: read.inputs.map((input) => input.label),
    allowed: read.inputs.map((input) => input.allowed),
    decimals: read.inputs.map((input) => (input.fact === undefined ? undefined : options.decimals?.[input.fact])),
  })
  return { space, read, results: makeResults(table, around, () => newEvaluation()) }
}

/**
 * Everything about a table that its author should know before publishing: cells that cannot be read, values of the wrong kind or not allowed,
 * gaps, overlaps, rows that never fire. Exact for inputs that are compared, as far as the steps last; what it cannot tell it names.
 */
export function checkTable(table: DecisionTable, place: Place, options: CheckOptions = {}): TableFinding[] {
  const opened = openTable(table, place, options)
  const cells = table.rules.flatMap((_, row) => checkCells(table, { row, place, opened }))
  const hasDefault = table.outputs.length > 0 && table.outputs.every((output) => output.defaultEntry !== undefined)
  const { sameAs, order } = opened.results
  const relations = { hitPolicy: table.hitPolicy, hasDefault, sameAs, order }
  const rows = checkRows(opened.space, relations, options.steps ?? 300_000)
  // A row with a cell of the wrong value never fires for that reason; it is told once.
  const told = new Set(
    cells.filter((one) => one.code === 'not-allowed' || one.code === 'type-conflict' || one.code === 'bad-cell').flatMap((one) => one.rows),
  )
  return [
    ...cells,
    ...rows.filter((one) => one.code !== 'never' || !told.has(one.rows[0] ?? -1)),
    ...checkOutputs(table, place, opened),
    ...unnamedValues(opened),
  ]
}

interface CellContext {
  readonly row: number
  readonly place: Place
  readonly opened: CheckedTable
}

function checkCells(table: DecisionTable, { row, place, opened }: CellContext): TableFinding[] {
  const rule = table.rules[row]
  return (rule?.inputEntries ?? []).flatMap((entry, input): TableFinding[] => {
    const at = opened.space.inputs[input]
    if (at === undefined || isAnything(entry.text)) return []
    const base = { rows: [row], input: at.label }
    const unreadable = whyUnreadable(() => parseUnaryTests(entry.text, { names: place.names, types: place.types.named(place.model) }))
    if (unreadable !== undefined)
      return [{ ...base, code: 'bad-cell', severity: 'error', details: { cell: entry.text }, error: unreadable }]
    const set = opened.read.sets[row]?.[input] ?? { kind: 'any' }
    if (set.kind === 'asked') return [{ ...base, code: 'not-checkable', severity: 'note', details: { cell: entry.text } }]
    const wanted = opened.read.inputs[input]?.typeKind ?? (at.axis === undefined ? undefined : at.axis.of)
    if ('of' in set && wanted !== undefined && set.of !== wanted)
      return [{ ...base, code: 'type-conflict', severity: 'error', details: { cell: entry.text, found: set.of, wanted } }]
    const outside = outsideOf(set, at)
    return outside === undefined
      ? []
      : [{ ...base, code: 'not-allowed', severity: 'error', details: { cell: entry.text, outside, allowed: allowedText(at) } }]
  })
}

/** What a cell names that can never come: a misspelt choice, a number beyond the allowed ones. */
function outsideOf(set: CellSet, { axis, domain }: SpaceInput): string | undefined {
  if (axis === undefined) return undefined
  if (set.kind === 'words') {
    const unknown = [...set.words].filter((word) => {
      const segment = axis.kind === 'words' ? axis.segments.get(word) : undefined
      return segment !== undefined && !domain.some(([first, last]) => first <= segment && segment <= last)
    })
    return unknown.length === 0 ? undefined : unknown.map(printValue).join(', ')
  }
  if (set.kind !== 'ordered') return undefined
  const outside = set.pieces.find((piece) => {
    const ranges = rangesOf({ ...set, pieces: [piece], acceptsUnknown: false }, axis)
    return ranges.length > 0 && ranges.every(([first, last]) => !domain.some(([from, to]) => from <= last && first <= to))
  })
  return outside === undefined ? undefined : printRanges(axis, rangesOf({ ...set, pieces: [outside], acceptsUnknown: false }, axis))
}

function allowedText({ axis, domain }: SpaceInput): string {
  return axis === undefined ? '' : printRanges(axis, domain)
}

function whyUnreadable(read: () => unknown): { code: string; details: ErrorDetails } | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (!isNamedError(error)) throw error
    return { code: error.code, details: error.details }
  }
}

/** Outputs that cannot be read or are not among the allowed ones. */
function checkOutputs(table: DecisionTable, place: Place, { results }: CheckedTable): TableFinding[] {
  const allowed = table.outputs.map((output) => parseTests(output.values?.text ?? '-', { place }))
  return table.rules.flatMap((rule, row) =>
    rule.outputEntries.flatMap((entry, at): TableFinding[] => {
      const output = table.outputs[at]
      if (output === undefined || entry.text.trim() === '') return []
      const base = { rows: [row], output: output.label ?? output.name ?? table.outputLabel ?? '' }
      const unreadable = whyUnreadable(() => parseExpression(entry.text, { names: place.names, types: place.types.named(place.model) }))
      if (unreadable !== undefined)
        return [{ ...base, code: 'bad-output', severity: 'error', details: { cell: entry.text }, error: unreadable }]
      if (results.isConstant[row] !== true || entry.text.trim() === 'null') return []
      const written = readConstant(entry.text, place)
      const tests = allowed[at]
      if (tests !== undefined && written !== null && evaluateUnaryTests(tests, written, new Map()) !== true)
        return [
          { ...base, code: 'output-not-allowed', severity: 'error', details: { cell: entry.text, allowed: output.values?.text ?? '' } },
        ]
      const isLost = written !== null && results.outputsOf(row)[at] === null
      return isLost
        ? [
            {
              ...base,
              code: 'output-type',
              severity: 'error',
              details: { cell: entry.text, wanted: output.typeRef ?? table.typeRef ?? '' },
            },
          ]
        : []
    }),
  )
}

function readConstant(text: string, place: Place): Value {
  return place.prepare({ kind: 'literal', text }, place).evaluate(new Map(), newEvaluation())
}

/** Allowed choices that no row names: they are met by `-` or `not(…)` only, which may be meant or forgotten. */
function unnamedValues({ space }: CheckedTable): TableFinding[] {
  return space.inputs.flatMap(({ label, axis, domain, decimals }, input): TableFinding[] => {
    if (axis?.kind !== 'words' || axis.of !== 'string' || domain.some(([, last]) => last >= axis.otherSegment)) return []
    const named = new Set<number>()
    for (const row of space.rows) {
      const ranges = row[input] ?? []
      if (contains(ranges, domain)) continue
      for (const [first, last] of ranges) for (let segment = first; segment <= last; segment += 1) named.add(segment)
    }
    const values = [...axis.segments.values()].filter((segment) => contains(domain, [[segment, segment]]) && !named.has(segment))
    if (values.length === 0 || space.rows.every((row) => contains(row[input] ?? [], domain))) return []
    const names = values.map((segment) => printValue(exampleIn(axis, segment, decimals) ?? null)).join(', ')
    return [{ code: 'value-without-row', severity: 'note', rows: [], input: label, details: { values: names } }]
  })
}
