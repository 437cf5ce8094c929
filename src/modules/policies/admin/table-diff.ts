import type { DecisionTable } from '#kernel/pure/decisions/index.ts'
import type { ColumnPart } from './table-columns.ts'
import { textAt } from './table-edit.ts'

export interface ChangedCell {
  /** `input 人均纯收入`, `output 层级`, `note 条款`: columns are told by what they look at, so that moving one is no change. */
  readonly column: string
  readonly before: string
  readonly after: string
}

export interface RowChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** Rows from 0 in the old and in the new table. */
  readonly before: number | undefined
  readonly after: number | undefined
  readonly cells: readonly ChangedCell[]
}

export interface TableDifference {
  readonly rows: readonly RowChange[]
  readonly columns: readonly { readonly kind: 'added' | 'removed'; readonly column: string }[]
  /** Hit policy, aggregation, allowed values and defaults. */
  readonly settings: readonly { readonly what: string; readonly of: string; readonly before: string; readonly after: string }[]
}

interface ColumnName {
  readonly part: ColumnPart
  readonly at: number
  readonly name: string
}

/** What a table says otherwise than an older one. Rows belong together by their id, then by what they say, then by their place. */
export function diffTables(old: DecisionTable, now: DecisionTable): TableDifference {
  const [before, after] = [namedColumns(old), namedColumns(now)]
  const both = before.flatMap((one) => after.filter((other) => other.name === one.name).map((other) => ({ before: one, after: other })))
  const pairs = pairRows(old, now, both)
  return {
    rows: rowChanges({ old, now, pairs, both }),
    columns: [
      ...before
        .filter((one) => !after.some((other) => other.name === one.name))
        .map((one) => ({ kind: 'removed' as const, column: one.name })),
      ...after
        .filter((one) => !before.some((other) => other.name === one.name))
        .map((one) => ({ kind: 'added' as const, column: one.name })),
    ],
    settings: settingsOf(old, now, both),
  }
}

function namedColumns(table: DecisionTable): ColumnName[] {
  const seen = new Map<string, number>()
  const name = (part: ColumnPart, text: string) => {
    const whole = `${part} ${text}`
    const times = (seen.get(whole) ?? 0) + 1
    seen.set(whole, times)
    return times === 1 ? whole : `${whole} (${times})`
  }
  const only = table.outputs.length === 1
  return [
    ...table.inputs.map((one, at) => ({ part: 'input' as const, at, name: name('input', one.expression.text.trim()) })),
    ...table.outputs.map((one, at) => ({
      part: 'output' as const,
      at,
      name: name('output', one.name ?? one.label ?? (only ? (table.outputLabel ?? '') : '')),
    })),
    ...table.annotations.map((one, at) => ({ part: 'note' as const, at, name: name('note', one.name) })),
  ]
}

type Both = readonly { readonly before: ColumnName; readonly after: ColumnName }[]

/** For each old row its new one. */
function pairRows(old: DecisionTable, now: DecisionTable, both: Both): Map<number, number> {
  const pairs = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (before: number, after: number) => {
    if (pairs.has(before) || taken.has(after)) return
    pairs.set(before, after)
    taken.add(after)
  }
  const byId = new Map(now.rules.flatMap((rule, row) => (rule.id === undefined ? [] : [[rule.id, row] as const])))
  for (const [row, rule] of old.rules.entries()) {
    const found = rule.id === undefined ? undefined : byId.get(rule.id)
    if (found !== undefined) pair(row, found)
  }
  const byText = new Map<string, number[]>()
  for (const row of now.rules.keys()) {
    if (taken.has(row)) continue
    const text = both.map(({ after }) => textAt(now, row, after)).join('\u0000')
    byText.set(text, [...(byText.get(text) ?? []), row])
  }
  for (const row of old.rules.keys()) {
    const found = pairs.has(row) ? undefined : byText.get(both.map(({ before }) => textAt(old, row, before)).join('\u0000'))?.shift()
    if (found !== undefined) pair(row, found)
  }
  if (old.rules.some((rule) => rule.id !== undefined) && now.rules.some((rule) => rule.id !== undefined)) return pairs
  for (const row of old.rules.keys()) if (row < now.rules.length) pair(row, row)
  return pairs
}

interface Rows {
  readonly old: DecisionTable
  readonly now: DecisionTable
  readonly pairs: ReadonlyMap<number, number>
  readonly both: Both
}

/** In the order of the new table; rows that went stand where they were. */
function rowChanges({ old, now, pairs, both }: Rows): RowChange[] {
  const oldOf = new Map([...pairs].map(([before, after]) => [after, before]))
  const changes: (RowChange & { place: number })[] = []
  for (const row of now.rules.keys()) {
    const before = oldOf.get(row)
    if (before === undefined) {
      const cells = both.map(({ after }) => ({ column: after.name, before: '', after: textAt(now, row, after) }))
      changes.push({ kind: 'added', before: undefined, after: row, cells, place: row + 0.5 })
      continue
    }
    const cells = both.flatMap((column): ChangedCell[] => {
      const [was, is] = [textAt(old, before, column.before), textAt(now, row, column.after)]
      return was.trim() === is.trim() ? [] : [{ column: column.after.name, before: was, after: is }]
    })
    if (cells.length > 0) changes.push({ kind: 'changed', before, after: row, cells, place: row + 0.5 })
  }
  for (const row of old.rules.keys())
    if (!pairs.has(row)) {
      const cells = both.map(({ before }) => ({ column: before.name, before: textAt(old, row, before), after: '' }))
      changes.push({ kind: 'removed', before: row, after: undefined, cells, place: row })
    }
  return changes.sort((one, other) => one.place - other.place).map(({ place: _place, ...change }) => change)
}

function settingsOf(old: DecisionTable, now: DecisionTable, both: Both): TableDifference['settings'] {
  const found: { what: string; of: string; before: string; after: string }[] = []
  const note = (what: string, of: string, texts: readonly [string | undefined, string | undefined]) => {
    const [before = '', after = ''] = texts
    if (before.trim() !== after.trim()) found.push({ what, of, before, after })
  }
  note('hitPolicy', '', [old.hitPolicy, now.hitPolicy])
  note('aggregation', '', [old.aggregation, now.aggregation])
  for (const { before, after } of both) {
    if (before.part === 'input') note('values', after.name, [old.inputs[before.at]?.values?.text, now.inputs[after.at]?.values?.text])
    if (before.part !== 'output') continue
    const [was, is] = [old.outputs[before.at], now.outputs[after.at]]
    note('values', after.name, [was?.values?.text, is?.values?.text])
    note('default', after.name, [was?.defaultEntry?.text, is?.defaultEntry?.text])
  }
  return found
}
