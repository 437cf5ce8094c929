import type { Definitions } from '#kernel/pure/decisions/index.ts'
import type { SaidFinding } from './model-check.ts'
import { decisionsOf } from './model-diff.ts'
import { logicOf } from './table-columns.ts'
import { withLogic, writeCells, type CellWrite } from './table-edit.ts'

/** A new row at the end that takes exactly what a gap leaves; the officer writes the result. `column` is the first result. */
export function rowOfExample(
  definitions: Definitions,
  finding: SaidFinding,
): { definitions: Definitions; row: number; column: number } | undefined {
  const element = decisionsOf(definitions).get(finding.decision)
  const logic = element === undefined ? undefined : logicOf(element)
  if (element === undefined || logic?.kind !== 'table') return undefined
  const { table } = logic
  const row = table.rules.length
  const writes = table.inputs.map((input, at): CellWrite => {
    const found = finding.example.find(({ fact }) => fact === (input.label ?? input.expression.text.trim()))
    return { row, column: { part: 'input', at }, text: found?.range ?? '-' }
  })
  return { definitions: withLogic(definitions, element, writeCells(table, writes)), row, column: table.inputs.length }
}
