import type { Definitions, DecisionTable, DrgElement, Expression, Rule } from '#kernel/pure/decisions/index.ts'
import { Parameters, type ParameterChange, type ParameterValue, type PolicyExample, type TableChange } from '../contract.ts'
import { tableIn } from './check-text.ts'

/** What two models say otherwise: decisions, inputs, outputs, settings, and row by row, cell by cell. Rows are matched by id, then by content. */
export function compareTables(from: Definitions, to: Definitions): TableChange[] {
  const [older, newer] = [decisionsOf(from), decisionsOf(to)]
  return [
    ...[...older.keys()].filter((name) => !newer.has(name)).map((decision): TableChange => ({ kind: 'decision-removed', decision })),
    ...[...newer].flatMap(([decision, element]): TableChange[] => {
      const before = older.get(decision)
      return before === undefined ? [{ kind: 'decision-added', decision }] : compareElements(decision, before, element)
    }),
    ...compareInputs(from, to),
  ]
}

function decisionsOf({ elements }: Definitions): Map<string, DrgElement> {
  return new Map(elements.flatMap((one) => (one.kind === 'decision' || one.kind === 'businessKnowledgeModel' ? [[one.name, one]] : [])))
}

/** Facts and parameters that the whole model takes, with their types. */
function compareInputs(from: Definitions, to: Definitions): TableChange[] {
  const typesOf = ({ elements }: Definitions) =>
    new Map(elements.flatMap((one) => (one.kind === 'inputData' ? [[one.name, one.variable?.typeRef ?? '']] : [])))
  const [older, newer] = [typesOf(from), typesOf(to)]
  return [
    ...[...newer].flatMap(([name, type]): TableChange[] => {
      const before = older.get(name)
      if (before === undefined) return [{ kind: 'input-added', decision: '', name }]
      return before === type ? [] : [{ kind: 'setting-changed', decision: '', name, from: before, to: type }]
    }),
    ...[...older.keys()].filter((name) => !newer.has(name)).map((name): TableChange => ({ kind: 'input-removed', decision: '', name })),
  ]
}

function compareElements(decision: string, from: DrgElement, to: DrgElement): TableChange[] {
  const [before, after] = [tableIn(from), tableIn(to)]
  if (before !== undefined && after !== undefined)
    return [
      ...compareColumns(decision, before, after),
      ...compareSettings(decision, before, after),
      ...compareRows(decision, before, after),
    ]
  const [was, is] = [textOf(from), textOf(to)]
  return was === is ? [] : [{ kind: 'setting-changed', decision, name: '', from: was, to: is }]
}

/** What is no table, as text. */
function textOf(element: DrgElement): string {
  const logic: Expression | undefined =
    element.kind === 'decision' ? element.expression : element.kind === 'businessKnowledgeModel' ? element.encapsulatedLogic : undefined
  if (logic === undefined) return ''
  return logic.kind === 'literal'
    ? logic.text.trim()
    : JSON.stringify(logic, (key, value: unknown) => (key === 'id' || key === 'kept' ? undefined : value))
}

type Kind = 'input' | 'output' | 'annotation'

interface Column {
  readonly kind: Kind
  readonly key: string
  readonly name: string
  readonly cell: (rule: Rule) => string
}

/** The columns of a table. A column is known by its expression or name, whatever its place. */
function columnsOf(table: DecisionTable): Column[] {
  const cellText = (text: string | undefined) => text?.trim() ?? ''
  return [
    ...table.inputs.map(({ expression, label }, at): Column => {
      const key = expression.text.trim()
      return { kind: 'input', key, name: label ?? key, cell: (rule) => anyAs(cellText(rule.inputEntries[at]?.text)) }
    }),
    ...table.outputs.map(({ name, label }, at): Column => {
      const key = name ?? (at === 0 ? '' : String(at))
      return { kind: 'output', key, name: label ?? name ?? table.outputLabel ?? '', cell: (rule) => cellText(rule.outputEntries[at]?.text) }
    }),
    ...table.annotations.map(
      ({ name }, at): Column => ({ kind: 'annotation', key: name, name, cell: (rule) => cellText(rule.annotationEntries[at]?.text) }),
    ),
  ]
}

/** An empty cell of an input and `-` both say: whatever it is. */
function anyAs(text: string): string {
  return text === '' ? '-' : text
}

const columnId = ({ kind, key }: Pick<Column, 'kind' | 'key'>) => `${kind} ${key}`

function compareColumns(decision: string, from: DecisionTable, to: DecisionTable): TableChange[] {
  const [older, newer] = [columnsOf(from), columnsOf(to)]
  const [had, has] = [new Set(older.map(columnId)), new Set(newer.map(columnId))]
  const told = (columns: readonly Column[], others: ReadonlySet<string>, did: 'added' | 'removed') =>
    columns.flatMap((column): TableChange[] => {
      if (others.has(columnId(column)) || column.kind === 'annotation') return []
      return [{ kind: `${column.kind}-${did}`, decision, name: column.name }]
    })
  return [...told(newer, had, 'added'), ...told(older, has, 'removed')]
}

function compareSettings(decision: string, from: DecisionTable, to: DecisionTable): TableChange[] {
  const [before, after] = [settingsOf(from), settingsOf(to)]
  return [...after].flatMap(([name, value]): TableChange[] => {
    const was = before.get(name)
    return was === undefined || was === value ? [] : [{ kind: 'setting-changed', decision, name, from: was, to: value }]
  })
}

/** Hit policy, allowed values, types and defaults; a column's by its name. */
function settingsOf(table: DecisionTable): Map<string, string> {
  return new Map<string, string>([
    ['hit-policy', [table.hitPolicy, table.aggregation ?? ''].join(' ').trim()],
    ...table.inputs.map((one): [string, string] => [`values ${one.expression.text.trim()}`, one.values?.text.trim() ?? '']),
    ...table.outputs.flatMap((one, at): [string, string][] => [
      [`values ${one.name ?? at}`, one.values?.text.trim() ?? ''],
      [`type ${one.name ?? at}`, one.typeRef ?? ''],
      [`default ${one.name ?? at}`, one.defaultEntry?.text.trim() ?? ''],
    ]),
  ])
}

function compareRows(decision: string, from: DecisionTable, to: DecisionTable): TableChange[] {
  const [older, newer] = [columnsOf(from), columnsOf(to)]
  const shared = newer.flatMap((after) => {
    const before = older.find((one) => columnId(one) === columnId(after))
    return before === undefined ? [] : [{ before, after }]
  })
  const pairs = pairRows(from, to, shared)
  const taken = new Set(pairs.filter((one) => one !== undefined))
  const changes = to.rules.flatMap((rule, row): TableChange[] => {
    const was = pairs[row]
    const before = was === undefined ? undefined : from.rules[was]
    if (was === undefined || before === undefined)
      return [{ kind: 'row-added', decision, row: row + 1, cells: newer.map((one) => ({ column: one.name, text: one.cell(rule) })) }]
    const cells = newer.flatMap((column) => {
      const old = shared.find((one) => one.after === column)?.before.cell(before) ?? ''
      const text = column.cell(rule)
      return old === text || (old === '' && text === '-') ? [] : [{ column: column.name, from: old, to: text }]
    })
    return cells.length === 0 ? [] : [{ kind: 'row-changed', decision, row: row + 1, cells }]
  })
  const removed = from.rules.flatMap((rule, row): TableChange[] =>
    taken.has(row)
      ? []
      : [{ kind: 'row-removed', decision, row: row + 1, cells: older.map((one) => ({ column: one.name, text: one.cell(rule) })) }],
  )
  return [...changes, ...removed, ...movedRows(decision, pairs)]
}

type Shared = readonly { readonly before: Column; readonly after: Column }[]

/** For each new row the old one that it continues: of the same id; with the same cells; then, between two such, the one in the same place. */
function pairRows(from: DecisionTable, to: DecisionTable, shared: Shared): (number | undefined)[] {
  const pairs: (number | undefined)[] = to.rules.map(() => undefined)
  const free = new Set(from.rules.keys())
  const take = (row: number, was: number) => {
    pairs[row] = was
    free.delete(was)
  }
  const oldIds = new Map(from.rules.flatMap((rule, row) => (rule.id === undefined ? [] : [[rule.id, row] as const])))
  for (const [row, { id }] of to.rules.entries()) {
    const was = id === undefined ? undefined : oldIds.get(id)
    if (was !== undefined && free.has(was)) take(row, was)
  }
  const byText = new Map<string, number[]>()
  for (const was of free) {
    const rule = from.rules[was]
    const text = rule === undefined ? '' : shared.map(({ before }) => before.cell(rule)).join('\u0000')
    byText.set(text, [...(byText.get(text) ?? []), was])
  }
  for (const [row, rule] of to.rules.entries()) {
    if (pairs[row] !== undefined) continue
    const was = byText.get(shared.map(({ after }) => after.cell(rule)).join('\u0000'))?.shift()
    if (was !== undefined) take(row, was)
  }
  for (const [row, rule] of to.rules.entries()) {
    // A row whose id is new was added; rows without ids are the same where what stands before them is.
    if (pairs[row] !== undefined || rule.id !== undefined) continue
    const was = row === 0 ? 0 : (pairs[row - 1] ?? -2) + 1
    if (free.has(was)) take(row, was)
  }
  return pairs
}

/** Rows that stand in another order than before; those that merely gave way to added or removed ones did not move. */
function movedRows(decision: string, pairs: readonly (number | undefined)[]): TableChange[] {
  const kept = pairs.flatMap((was, row) => (was === undefined ? [] : [{ was, row }]))
  const still = new Set(longestRising(kept.map((one) => one.was)))
  return kept.flatMap(({ was, row }): TableChange[] =>
    still.has(was) ? [] : [{ kind: 'row-moved', decision, row: row + 1, from: was + 1 }],
  )
}

/** The most numbers of a list that rise in their order. */
function longestRising(numbers: readonly number[]): number[] {
  const [ends, before]: [number[], Map<number, number | undefined>] = [[], new Map()]
  for (const number of numbers) {
    const at = ends.findIndex((one) => one >= number)
    const place = at === -1 ? ends.length : at
    before.set(number, ends[place - 1])
    ends[place] = number
  }
  const rising: number[] = []
  for (let one = ends[ends.length - 1]; one !== undefined; one = before.get(one)) rising.push(one)
  return rising
}

/** What two parameter texts say otherwise, value by value, in the order of the newer. Throws for texts that were never checked. */
export function compareParameters(from: string, to: string): ParameterChange[] {
  const read = (text: string) => new Map(Parameters.parse(JSON.parse(text)).values.map((one) => [one.name, one]))
  const [older, newer] = [read(from), read(to)]
  const said = (one: ParameterValue | undefined) => (one === undefined ? null : { value: one.value, latitude: one.latitude })
  return [...new Set([...newer.keys(), ...older.keys()])].flatMap((name) => {
    const [before, after] = [older.get(name), newer.get(name)]
    const isSame = before !== undefined && after !== undefined && sameValue(before, after)
    return isSame ? [] : [{ name, unit: after?.unit ?? before?.unit ?? '', from: said(before), to: said(after) }]
  })
}

function sameValue(one: ParameterValue, other: ParameterValue): boolean {
  return (
    String(one.value) === String(other.value) &&
    (one.value === null) === (other.value === null) &&
    one.latitude === other.latitude &&
    one.unit === other.unit
  )
}

/** Examples by their names. */
export function compareExamples(
  from: readonly PolicyExample[],
  to: readonly PolicyExample[],
): { added: string[]; removed: string[]; changed: string[] } {
  const [older, newer] = [new Map(from.map((one) => [one.name, one])), new Map(to.map((one) => [one.name, one]))]
  return {
    added: [...newer.keys()].filter((name) => !older.has(name)),
    removed: [...older.keys()].filter((name) => !newer.has(name)),
    changed: [...newer].flatMap(([name, one]) =>
      older.has(name) && JSON.stringify(older.get(name)) !== JSON.stringify(one) ? [name] : [],
    ),
  }
}
