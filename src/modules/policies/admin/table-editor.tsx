import { useMemo, useState } from 'react'
import type { Definitions } from '#kernel/pure/decisions/index.ts'
import type { CellPlace } from '#ui/data/sheet-moves.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyExample } from '../contract.ts'
import { CheckList } from './check-list.tsx'
import { checksId, CheckSummary } from './check-summary.tsx'
import { checkWords } from './check-words.ts'
import type { Draft, TableEditorProps } from './editor-props.ts'
import { editorWords } from './editor-words.ts'
import { ExamplesPanel } from './examples-panel.tsx'
import type { SaidFinding } from './model-check.ts'
import { decisionsOf } from './model-diff.ts'
import { OneDecision } from './one-decision.tsx'
import { rowOfExample } from './row-of-example.ts'
import { inputNames, logicOf } from './table-columns.ts'
import { useModelCheck } from './use-model-check.ts'

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
        <OneDecision
          key={element.name}
          {...props}
          element={element}
          goal={goal}
          save={save}
          summary={<CheckSummary check={check} exampleCount={examples.length} />}
        />
      </Section>
      <div className="policies-room" id={checksId}>
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
