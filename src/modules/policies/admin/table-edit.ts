import type { Decision, DecisionTable, Definitions, DrgElement, Expression, InputData, Rule } from '#kernel/pure/decisions/index.ts'
import type { FactCard } from '../contract.ts'
import type { ColumnPart, TableColumn } from './table-columns.ts'

/** A cell to be written, in FEEL; a row behind the last one makes new rows. */
export interface CellWrite {
  readonly row: number
  readonly column: Pick<TableColumn, 'part' | 'at'>
  readonly text: string
}

/** The text of a cell in FEEL; '' where there is none. */
export function textAt(table: DecisionTable, row: number, { part, at }: Pick<TableColumn, 'part' | 'at'>): string {
  const rule = table.rules[row]
  if (rule === undefined) return ''
  if (part === 'input') return rule.inputEntries[at]?.text ?? '-'
  return (part === 'output' ? rule.outputEntries[at]?.text : rule.annotationEntries[at]?.text) ?? ''
}

/** Writes cells; rows that are missing are added. What is equal stays the same object, so that a large table is not drawn anew. */
export function writeCells(table: DecisionTable, writes: readonly CellWrite[]): DecisionTable {
  const rules = [...table.rules]
  for (const { row } of writes) while (rules.length <= row) rules.push(blankRule(table))
  for (const { row, column, text } of writes) {
    const rule = rules[row]
    if (rule !== undefined) rules[row] = writeCell(table, rule, { column, text })
  }
  return { ...table, rules }
}

function blankRule({ inputs, outputs, annotations }: DecisionTable): Rule {
  return {
    inputEntries: inputs.map(() => ({ text: '-' })),
    outputEntries: outputs.map(() => ({ kind: 'literal' as const, text: '' })),
    annotationEntries: annotations.map(() => ({ text: '' })),
  }
}

function writeCell(table: DecisionTable, rule: Rule, { column, text }: Omit<CellWrite, 'row'>): Rule {
  const { part, at } = column
  const put = <Entry extends { readonly text: string }>(entries: readonly Entry[], blanks: readonly Entry[]): Entry[] =>
    blanks.map((blank, place) => (place === at ? { ...(entries[place] ?? blank), text } : (entries[place] ?? blank)))
  const blank = blankRule(table)
  if (part === 'input') return { ...rule, inputEntries: put(rule.inputEntries, blank.inputEntries) }
  if (part === 'output') return { ...rule, outputEntries: put(rule.outputEntries, blank.outputEntries) }
  return { ...rule, annotationEntries: put(rule.annotationEntries, blank.annotationEntries) }
}

/** Puts `count` blank rows before row `at`. */
export function insertRows(table: DecisionTable, at: number, count = 1): DecisionTable {
  const blanks = Array.from({ length: count }, () => blankRule(table))
  return { ...table, rules: [...table.rules.slice(0, at), ...blanks, ...table.rules.slice(at)] }
}

/** Takes the rows from…to (both included) away. */
export function deleteRows(table: DecisionTable, from: number, to: number): DecisionTable {
  return { ...table, rules: table.rules.filter((_, row) => row < from || row > to) }
}

/** Puts copies of the rows from…to behind them; a copy is a row of its own, without the id. */
export function duplicateRows(table: DecisionTable, from: number, to: number): DecisionTable {
  const copies = table.rules.slice(from, to + 1).map(withoutId)
  return { ...table, rules: [...table.rules.slice(0, to + 1), ...copies, ...table.rules.slice(to + 1)] }
}

function withoutId(rule: Rule): Rule {
  const { id: _id, kept: _kept, ...rest } = rule
  return {
    ...rest,
    inputEntries: rule.inputEntries.map(({ text }) => ({ text })),
    outputEntries: rule.outputEntries.map(({ text }) => ({ kind: 'literal' as const, text })),
    annotationEntries: rule.annotationEntries.map(({ text }) => ({ text })),
  }
}

/** Moves the rows from…to up (-1) or down (1) by one; at the ends they stay. */
export function moveRows(table: DecisionTable, range: { from: number; to: number }, by: 1 | -1): DecisionTable {
  const { from, to } = range
  if (from + by < 0 || to + by >= table.rules.length) return table
  const block = table.rules.slice(from, to + 1)
  const rest = table.rules.filter((_, row) => row < from || row > to)
  return { ...table, rules: [...rest.slice(0, from + by), ...block, ...rest.slice(from + by)] }
}

const entriesOf = { input: 'inputEntries', output: 'outputEntries', note: 'annotationEntries' } as const
const clausesOf = { input: 'inputs', output: 'outputs', note: 'annotations' } as const

/** Takes a column away with its cells. The last result column stays. */
export function removeColumn(table: DecisionTable, { part, at }: Pick<TableColumn, 'part' | 'at'>): DecisionTable {
  if (part === 'output' && table.outputs.length === 1) return table
  return eachList(table, part, (list) => list.filter((_, place) => place !== at))
}

/** Moves a column one to the left (-1) or right (1) within its part. */
export function moveColumn(table: DecisionTable, { part, at }: Pick<TableColumn, 'part' | 'at'>, by: 1 | -1): DecisionTable {
  if (table[clausesOf[part]][at + by] === undefined) return table
  return eachList(table, part, (list) =>
    list.map((one, place) => (place === at ? (list[at + by] ?? one) : place === at + by ? (list[at] ?? one) : one)),
  )
}

/** Changes the clauses and the entries of all rows in the same way. */
function eachList(table: DecisionTable, part: ColumnPart, change: <Item>(list: readonly Item[]) => Item[]): DecisionTable {
  const key = entriesOf[part]
  const rules = table.rules.map((rule) => ({ ...rule, [key]: change(completed(table, rule, part)) }))
  return { ...table, [clausesOf[part]]: change<unknown>(table[clausesOf[part]]), rules }
}

function completed(table: DecisionTable, rule: Rule, part: ColumnPart): readonly unknown[] {
  const blank = blankRule(table)
  const key = entriesOf[part]
  return table[clausesOf[part]].map((_, at) => rule[key][at] ?? blank[key][at])
}

/** Adds a column behind the others of its part: a condition on a fact, a result, an annotation. */
export function addColumn(table: DecisionTable, part: ColumnPart, name: string, typeRef?: string): DecisionTable {
  const type = typeRef === undefined ? {} : { typeRef }
  const grown: DecisionTable =
    part === 'input'
      ? { ...table, inputs: [...table.inputs, { expression: { kind: 'literal', text: name, ...type } }] }
      : part === 'output'
        ? { ...table, outputs: [...nameOutputs(table), { name, ...type }] }
        : { ...table, annotations: [...table.annotations, { name }] }
  const blank = blankRule(grown)
  const key = entriesOf[part]
  return { ...grown, rules: grown.rules.map((rule) => ({ ...rule, [key]: [...rule[key], ...blank[key].slice(rule[key].length)] })) }
}

/** A table with one result may leave it without a name; with two each needs one. */
function nameOutputs(table: DecisionTable): DecisionTable['outputs'] {
  return table.outputs.map((output, at) => ({ ...output, name: output.name ?? output.label ?? table.outputLabel ?? `结果${at + 1}` }))
}

/** Puts a changed logic into its decision or function; everything else of the model stays. */
export function withLogic(definitions: Definitions, element: DrgElement, expression: Expression): Definitions {
  const changed: DrgElement =
    element.kind === 'decision'
      ? { ...element, expression }
      : element.kind === 'businessKnowledgeModel' && element.encapsulatedLogic !== undefined
        ? { ...element, encapsulatedLogic: { ...element.encapsulatedLogic, body: expression } }
        : element
  return { ...definitions, elements: definitions.elements.map((one) => (one === element ? changed : one)) }
}

/** Lets a decision see a fact or parameter: the input is added to the model when it is not there, and the arrow to it. */
export function withFact(definitions: Definitions, decision: Decision, fact: Pick<FactCard, 'name' | 'type'>): Definitions {
  const found = definitions.elements.find(
    (one): one is InputData => one.kind === 'inputData' && (one.variable?.name ?? one.name) === fact.name,
  )
  const id = found?.id ?? freshId(definitions, 'input')
  const typeRef = fact.type === 'text' ? 'string' : fact.type
  const added: InputData[] = found === undefined ? [{ kind: 'inputData', id, name: fact.name, variable: { name: fact.name, typeRef } }] : []
  const isSeen = decision.informationRequirements.some((one) => one.href === `#${id}`)
  const arrows = isSeen ? [] : [{ of: 'input' as const, href: `#${id}`, id: freshId(definitions, 'requirement') }]
  const elements = definitions.elements.map((one) => {
    if (one === decision) return { ...decision, informationRequirements: [...decision.informationRequirements, ...arrows] }
    return one === found && found.id === undefined ? { ...found, id } : one
  })
  return { ...definitions, elements: [...added, ...elements] }
}

function freshId(definitions: Definitions, kind: string): string {
  const used = new Set<string>()
  for (const one of definitions.elements) {
    if (one.id !== undefined) used.add(one.id)
    if (one.kind === 'decision') for (const arrow of one.informationRequirements) if (arrow.id !== undefined) used.add(arrow.id)
  }
  let number = definitions.elements.length + 1
  while (used.has(`${kind}-${number}`)) number += 1
  return `${kind}-${number}`
}
