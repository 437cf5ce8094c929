import type { TableFinding } from './check.ts'
import { checkTable, type CheckOptions } from './check-table.ts'
import { tableOf } from './compile-decision.ts'
import type { PreparedModel } from './interpret.ts'

/** What the check found in the table of one element of a model. */
export interface CheckedElement {
  readonly id: string | undefined
  readonly name: string
  readonly findings: readonly TableFinding[]
}

/** Checks every decision and function of the main model whose logic is a table. A finding of severity `error` stands against publishing. */
export function checkModel(model: PreparedModel, options: CheckOptions = {}): CheckedElement[] {
  const { main } = model.graph
  return main.elements.flatMap((element) => {
    const found = tableOf(model, { model: main, element })
    return found === undefined ? [] : [{ id: element.id, name: element.name, findings: checkTable(found.table, found.place, options) }]
  })
}
