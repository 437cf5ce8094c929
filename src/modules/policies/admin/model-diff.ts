import type { Definitions, DrgElement } from '#kernel/pure/decisions/index.ts'
import { logicOf } from './table-columns.ts'
import { diffTables, type TableDifference } from './table-diff.ts'

/** One decision that two versions say otherwise. */
export type DecisionDifference = { readonly decision: string } & (
  | { readonly kind: 'added' | 'removed' }
  | { readonly kind: 'table'; readonly difference: TableDifference; readonly element: DrgElement }
  | { readonly kind: 'expression'; readonly before: string; readonly after: string }
)

/** The decisions of a model that differ from those of an older one, told by their names. */
export function diffModels(old: Definitions, now: Definitions): DecisionDifference[] {
  const [before, after] = [decisionsOf(old), decisionsOf(now)]
  const removed = [...before.keys()].filter((name) => !after.has(name)).map((decision) => ({ decision, kind: 'removed' as const }))
  const others = [...after].flatMap(([decision, element]): DecisionDifference[] => {
    const was = before.get(decision)
    if (was === undefined) return [{ decision, kind: 'added' }]
    const [left, right] = [logicOf(was), logicOf(element)]
    if (left?.kind === 'table' && right?.kind === 'table') {
      const difference = diffTables(left.table, right.table)
      return difference.rows.length + difference.columns.length + difference.settings.length === 0
        ? []
        : [{ decision, kind: 'table', difference, element }]
    }
    const [text, next] = [left?.kind === 'literal' ? left.text : '', right?.kind === 'literal' ? right.text : '']
    return text.trim() === next.trim() ? [] : [{ decision, kind: 'expression', before: text, after: next }]
  })
  return [...removed, ...others]
}

/** The decisions and functions of a model that decide by something, by name. */
export function decisionsOf(definitions: Definitions): Map<string, DrgElement> {
  return new Map(definitions.elements.filter((one) => logicOf(one) !== undefined).map((one) => [one.name, one]))
}

/** The cells of a table that differ from the old model, as `row key` of the editor. */
export function changedCellsOf(difference: TableDifference | undefined, keyOf: (column: string) => string | undefined): Set<string> {
  const cells = new Set<string>()
  for (const row of difference?.rows ?? [])
    for (const { column } of row.kind === 'removed' ? [] : row.cells) {
      const key = keyOf(column)
      if (key !== undefined && row.after !== undefined) cells.add(`${row.after} ${key}`)
    }
  return cells
}
