import { useCallback, useMemo, useState, type ReactNode } from 'react'
import type { DecisionTable, Definitions, DrgElement } from '#kernel/pure/decisions/index.ts'
import type { CellPlace, CellRange } from '#ui/data/sheet-moves.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FactCard, ParameterValue } from '../contract.ts'
import { ColumnPanel } from './column-panel.tsx'
import type { TableEditorProps } from './editor-props.ts'
import { editorWords } from './editor-words.ts'
import { ExpressionEditor } from './expression-editor.tsx'
import { linkNames } from './link-names.ts'
import { changedCellsOf, decisionsOf } from './model-diff.ts'
import { columnsOf, isDecision, logicOf, type TableColumn } from './table-columns.ts'
import { diffTables } from './table-diff.ts'
import { addColumn, withFact, withLogic } from './table-edit.ts'
import { AddColumn, HitSettings } from './table-settings.tsx'
import { TableSheet } from './table-sheet.tsx'
import { TableTools } from './table-tools.tsx'

interface OneDecisionProps extends TableEditorProps {
  element: DrgElement
  goal: CellPlace | undefined
  /** How the checks stand. */
  summary: ReactNode
}

/** One decision of the model: its table with the tools, or its expression. */
export function OneDecision(props: OneDecisionProps) {
  const { history, isOpen, facts, parameters, published, element, goal, save, summary } = props
  const { definitions } = history.present
  const t = useT(editorWords)
  const language = useLanguage()
  const logic = logicOf(element)
  const [range, setRange] = useState<CellRange>({ from: { row: 0, column: 0 }, to: { row: 0, column: 0 } })
  const [panel, setPanel] = useState<'column' | 'add'>()
  // Where this decision leads by itself; whoever leads from outside afterwards has the word.
  const [own, setOwn] = useState<{ place: CellPlace; after: CellPlace | undefined }>()
  const lead = (place: CellPlace) => setOwn({ place, after: goal })
  const table = logic?.kind === 'table' ? logic.table : undefined
  const columns = useMemo(
    () => (table === undefined ? [] : columnsOf(table, element, { definitions, facts, language })),
    [table, element, definitions, facts, language],
  )
  const changedCells = useMemo(
    () => changedIn(published, { name: element.name, table, columns }),
    [published, element.name, table, columns],
  )
  const onPlace = useCallback((_place: CellPlace, next: CellRange) => setRange(next), [])
  const onHead = useCallback(
    (column: number) => {
      setOwn({ place: { row: 0, column }, after: goal })
      setPanel('column')
    },
    [goal],
  )
  const putDefinitions = (next: Definitions) => history.change({ ...history.present, definitions: next })
  const known = [
    ...facts,
    ...parameters.map((one) => ({ name: one.name, type: isNumeric(one.value) ? ('number' as const) : ('text' as const) })),
  ]
  if (logic?.kind === 'literal')
    return (
      <ExpressionEditor
        definitions={definitions}
        element={element}
        text={logic.text}
        change={isOpen ? (text) => putDefinitions(withLogic(definitions, element, { kind: 'literal', text })) : undefined}
      />
    )
  if (table === undefined) return <p className="bf-quiet">{t('otherLogic')}</p>
  const change = isOpen
    ? (next: DecisionTable) => {
        const written = withLogic(definitions, element, next)
        const decision = written.elements.find((one) => one.name === element.name)
        putDefinitions(decision !== undefined && isDecision(decision) ? linkNames(written, decision, table, known) : written)
      }
    : undefined
  const column = columns[range.from.column]
  const lookAt = (fact: FactCard, next: DecisionTable) => {
    const written = withLogic(definitions, element, next)
    const decision = written.elements.find((one) => one.name === element.name)
    putDefinitions(decision !== undefined && isDecision(decision) ? withFact(written, decision, fact) : written)
  }
  return (
    <>
      {change === undefined ? (
        <div className="policies-tools">
          <span className="bf-quiet">{t('readOnly')}</span>
          {summary}
        </div>
      ) : (
        <TableTools
          table={table}
          columns={columns}
          range={range}
          change={change}
          goTo={(row) => lead({ row, column: range.from.column })}
          history={history}
          panel={{ open: panel, set: setPanel }}
          summary={summary}
        />
      )}
      {panel === 'column' && column !== undefined ? (
        <ColumnPanel
          table={table}
          column={column}
          facts={facts}
          change={change}
          lookAt={(fact) => lookAt(fact, withInput(table, column, fact))}
          close={() => setPanel(undefined)}
        />
      ) : null}
      {panel === 'add' && change !== undefined ? (
        <AddColumn
          table={table}
          facts={facts}
          change={change}
          addFact={(fact) => lookAt(fact, addColumn(table, 'input', fact.name, fact.type === 'text' ? 'string' : fact.type))}
          close={() => setPanel(undefined)}
        />
      ) : null}
      <TableSheet
        name={element.name}
        table={table}
        columns={columns}
        changedCells={changedCells}
        change={change}
        onKey={(key) => (key === 'undo' ? history.undo() : key === 'redo' ? history.redo() : save())}
        goTo={own !== undefined && own.after === goal ? own.place : goal}
        onPlace={onPlace}
        onHead={onHead}
        offered={parameters.map((one) => one.name)}
      />
      <HitSettings table={table} change={change} />
      {change === undefined ? null : <p className="bf-quiet">{t('keys')}</p>}
    </>
  )
}

/** Numbers of a parameter are written as decimals; null is a number not yet set. */
function isNumeric(value: ParameterValue['value']): boolean {
  return value === null || typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
}

function withInput(table: DecisionTable, column: TableColumn, fact: FactCard): DecisionTable {
  const typeRef = fact.type === 'text' ? 'string' : fact.type
  const inputs = table.inputs.map((one, at) =>
    at === column.at ? { expression: { kind: 'literal' as const, text: fact.name, typeRef } } : one,
  )
  return { ...table, inputs }
}

function changedIn(
  published: Definitions | undefined,
  now: { name: string; table: DecisionTable | undefined; columns: readonly TableColumn[] },
): ReadonlySet<string> {
  const old = published === undefined ? undefined : decisionsOf(published).get(now.name)
  const logic = old === undefined ? undefined : logicOf(old)
  const { table } = now
  if (logic?.kind !== 'table' || table === undefined || logic.table === table) return new Set()
  const names = new Map(now.columns.map((column) => [columnName(table, column), column.key]))
  return changedCellsOf(diffTables(logic.table, table), (column) => names.get(column))
}

function columnName(table: DecisionTable, { part, at }: TableColumn): string {
  if (part === 'input') return `input ${table.inputs[at]?.expression.text.trim() ?? ''}`
  if (part === 'note') return `note ${table.annotations[at]?.name ?? ''}`
  const output = table.outputs[at]
  return `output ${output?.name ?? output?.label ?? (table.outputs.length === 1 ? (table.outputLabel ?? '') : '')}`
}
