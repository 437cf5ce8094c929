import { useCallback, useMemo, useState } from 'react'
import { writeDmn, type DecisionTable, type Definitions, type DrgElement } from '#kernel/pure/decisions/index.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import type { CellPlace, CellRange } from '#ui/data/sheet-moves.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FactCard, ParameterValue, PolicyExample } from '../contract.ts'
import { CheckList } from './check-list.tsx'
import { checkWords } from './check-words.ts'
import { ColumnPanel } from './column-panel.tsx'
import { editorWords } from './editor-words.ts'
import { ExamplesPanel } from './examples-panel.tsx'
import { ExpressionEditor } from './expression-editor.tsx'
import type { SaidFinding } from './model-check.ts'
import { linkNames } from './link-names.ts'
import { changedCellsOf, decisionsOf } from './model-diff.ts'
import { columnsOf, inputNames, isDecision, logicOf, type TableColumn } from './table-columns.ts'
import { diffTables } from './table-diff.ts'
import { addColumn, withFact, withLogic } from './table-edit.ts'
import { AddColumn, HitSettings } from './table-settings.tsx'
import { TableSheet } from './table-sheet.tsx'
import { TableTools } from './table-tools.tsx'
import type { History } from './use-history.ts'
import { useModelCheck } from './use-model-check.ts'
import { rowOfExample } from './row-of-example.ts'

/** What is under the officer's hands: the model and its examples, undone and redone together. */
export interface Draft {
  readonly definitions: Definitions
  readonly examples: readonly PolicyExample[]
}

/** A row to begin at. */
export interface Lead {
  readonly decision: string
  readonly row: number
}

export interface TableEditorProps {
  history: History<Draft>
  isOpen: boolean
  facts: readonly FactCard[]
  parameters: readonly Pick<ParameterValue, 'name' | 'value'>[]
  /** The decision that examples ask. */
  decision: string
  /** The version in force: its cells that were changed are marked. */
  published: Definitions | undefined
  save: () => void
  /** Of a policy about households: its key. */
  householdPolicy?: string | undefined
  lead?: Lead | undefined
}

/** The decision table editor: tables as tabs, the sheet, checks and examples beside it. */
export function TableEditor(props: TableEditorProps) {
  const { history, isOpen, facts, parameters, decision, save, lead } = props
  const { present, change } = history
  const { definitions, examples } = present
  const t = useT(checkWords)
  const words = useT(editorWords)
  const language = useLanguage()
  const elements = useMemo(() => [...decisionsOf(definitions).values()], [definitions])
  const [chosen, setChosen] = useState(lead?.decision ?? decision)
  const element = elements.find((one) => one.name === chosen) ?? elements[elements.length - 1]
  const [goal, setGoal] = useState<CellPlace | undefined>(lead === undefined ? undefined : { row: lead.row, column: 0 })
  const check = useModelCheck({ definitions, facts, parameters, examples, decision, language })
  const findings = check.answer?.findings
  const put = (next: Partial<Draft>) => change({ ...present, ...next })
  const goToRow = (name: string, row: number, column = 0) => {
    setChosen(name)
    setGoal({ row, column })
  }
  if (element === undefined) return null
  const bad = new Set(findings?.filter((one) => one.severity === 'error').map((one) => one.decision))
  return (
    <>
      <Section>
        {elements.length < 2 ? null : (
          <div className="policies-tabs" role="group" aria-label={words('decisions')}>
            {elements.map((one) => (
              <button
                key={one.name}
                type="button"
                aria-pressed={one === element}
                className={one === element ? 'policies-tab policies-tab-on' : 'policies-tab'}
                onClick={() => setChosen(one.name)}
              >
                {one.name}
                {bad.has(one.name) ? <span className="policies-tab-bad">▲{words('tabError')}</span> : null}
              </button>
            ))}
          </div>
        )}
        <OneDecision key={element.name} {...props} element={element} goal={goal} save={save} />
      </Section>
      <div className="policies-room">
        <Section title={t('title')}>
          <CheckList
            findings={findings}
            isRunning={check.isRunning}
            goTo={(finding) => goToRow(finding.decision, finding.rows[0] ?? 0, columnAt(definitions, finding))}
            {...(isOpen
              ? {
                  keepExample: (finding: SaidFinding) =>
                    put({ examples: [...examples, exampleOf(finding, { name: t('gapName', { n: examples.length + 1 }), decision })] }),
                  addRow: (finding: SaidFinding) => {
                    const added = rowOfExample(definitions, finding)
                    if (added === undefined) return
                    put({ definitions: added.definitions })
                    goToRow(finding.decision, added.row, added.column)
                  },
                }
              : {})}
          />
        </Section>
        <Section title={t('examples')}>
          <ExamplesPanel
            examples={examples}
            outcomes={check.answer?.outcomes ?? []}
            facts={inputNames(definitions).filter((name) => !parameters.some((one) => one.name === name))}
            decision={decision}
            change={isOpen ? (next) => put({ examples: next }) : undefined}
            goTo={goToRow}
            policyKey={props.householdPolicy}
          />
        </Section>
      </div>
    </>
  )
}

function exampleOf(finding: SaidFinding, { name, decision }: { name: string; decision: string }): PolicyExample {
  const facts = finding.example.map(({ fact, value }) => [fact, typeof value === 'object' ? null : value] as const)
  return { name, facts: Object.fromEntries(facts), expected: { [decision]: null } }
}

/** The column of the sheet that a finding speaks of. */
function columnAt(definitions: Definitions, { decision, input, output }: SaidFinding): number {
  const element = decisionsOf(definitions).get(decision)
  const logic = element === undefined ? undefined : logicOf(element)
  if (logic?.kind !== 'table') return 0
  const { inputs, outputs } = logic.table
  const at = inputs.findIndex((one) => input !== undefined && (one.label === input || one.expression.text.trim() === input))
  if (at >= 0) return at
  const result = outputs.findIndex((one) => output !== undefined && (one.label ?? one.name) === output)
  return output === undefined ? 0 : inputs.length + Math.max(result, 0)
}

function OneDecision(props: TableEditorProps & { element: DrgElement; goal: CellPlace | undefined }) {
  const { history, isOpen, facts, parameters, published, element, goal, save } = props
  const { definitions } = history.present
  const t = useT(editorWords)
  const language = useLanguage()
  const logic = logicOf(element)
  const [range, setRange] = useState<CellRange>({ from: { row: 0, column: 0 }, to: { row: 0, column: 0 } })
  const [panel, setPanel] = useState<'column' | 'add'>()
  const [own, setOwn] = useState<CellPlace>()
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
  const onHead = useCallback((column: number) => {
    setOwn({ row: 0, column })
    setPanel('column')
  }, [])
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
        <p className="bf-quiet">{t('readOnly')}</p>
      ) : (
        <TableTools
          table={table}
          columns={columns}
          range={range}
          change={change}
          goTo={(row) => setOwn({ row, column: range.from.column })}
          history={history}
          panel={{ open: panel, set: setPanel }}
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
        goTo={own ?? goal}
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

/** The text that is kept: DMN XML. */
export function contentOf({ definitions }: Draft): string {
  return writeDmn(definitions)
}
