import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyExample } from '../contract.ts'
import { checkWords } from './check-words.ts'
import { jsonOfText, sayJson, singleOf, textOfJson } from './example-values.ts'
import { HouseholdExample } from './household-example.tsx'
import type { ExampleOutcome } from './model-check.ts'

interface ExamplesPanelProps {
  examples: readonly PolicyExample[]
  outcomes: readonly ExampleOutcome[]
  /** The facts that the model looks at. */
  facts: readonly string[]
  /** The decision that the examples ask. */
  decision: string
  change: ((examples: PolicyExample[]) => void) | undefined
  goTo: (decision: string, row: number) => void
  /** Of a policy about households: an example may be taken from one of them. */
  policyKey: string | undefined
}

/** The examples beside a table: green as expected, red with what was found, each with the row that said so. */
export function ExamplesPanel(props: ExamplesPanelProps) {
  const { examples, outcomes, change, decision, policyKey } = props
  const t = useT(checkWords)
  const [isFinding, setFinding] = useState(false)
  const passed = outcomes.filter((one) => one.isEqual).length
  const add = () => {
    const first = examples[0]
    const expected =
      first === undefined ? { [decision]: null } : Object.fromEntries(Object.keys(first.expected).map((name) => [name, null]))
    change?.([...examples, { name: t('newName', { n: examples.length + 1 }), facts: {}, expected }])
  }
  return (
    <div className="bf-stack">
      <div className="bf-row">
        {examples.length === 0 || outcomes.length !== examples.length ? null : (
          <StatusTag
            level={passed === examples.length ? 'green' : 'red'}
            text={t(passed === examples.length ? 'allPassed' : 'somePassed', { n: examples.length, passed })}
          />
        )}
        <span className="bf-spring" />
        {change === undefined ? null : <Button onClick={add}>{t('add')}</Button>}
        {change === undefined || policyKey === undefined ? null : (
          <Button aria-expanded={isFinding} onClick={() => setFinding(!isFinding)}>
            {t('fromHousehold')}
          </Button>
        )}
      </div>
      <p className="bf-quiet">{t('examplesHint')}</p>
      {isFinding && policyKey !== undefined ? (
        <HouseholdExample
          policyKey={policyKey}
          facts={props.facts}
          decision={decision}
          add={(example) => {
            change?.([...examples, example])
            setFinding(false)
          }}
        />
      ) : null}
      {examples.length === 0 ? <p className="bf-quiet">{t('noExamples')}</p> : null}
      <div className="bf-stack policies-scroll">
        {examples.map((example, at) => (
          <Example
            // oxlint-disable-next-line react/no-array-index-key -- names may stand twice while they are written
            key={at}
            {...props}
            example={example}
            outcome={outcomes[at]}
            put={
              change === undefined
                ? undefined
                : (next) =>
                    change(
                      next === undefined
                        ? examples.filter((_, place) => place !== at)
                        : examples.map((one, place) => (place === at ? next : one)),
                    )
            }
          />
        ))}
      </div>
    </div>
  )
}

interface ExampleProps extends ExamplesPanelProps {
  example: PolicyExample
  outcome: ExampleOutcome | undefined
  put: ((next: PolicyExample | undefined) => void) | undefined
}

function Example({ example, outcome, put, facts, goTo }: ExampleProps) {
  const t = useT(checkWords)
  const language = useLanguage()
  const isGood = outcome?.isEqual === true
  const say = (values: PolicyExample['expected']) =>
    Object.values(values)
      .map((value) => sayJson(value, language))
      .join(language === 'zh' ? '，' : ', ')
  const names = Array.from(new Set([...facts, ...Object.keys(example.facts)]))
  const missing = (outcome?.unknown ?? []).filter((name) => example.facts[name] === undefined)
  return (
    <details className={`policies-example ${outcome === undefined ? 'policies-example-open' : isGood ? '' : 'policies-example-bad'}`}>
      <summary>
        <span className="policies-example-name">{example.name}</span>
        {outcome === undefined ? null : <StatusTag level={isGood ? 'green' : 'red'} text={t(isGood ? 'passed' : 'failed')} />}
        <span>{t('expected', { value: say(example.expected) })}</span>
        {outcome === undefined || isGood ? null : <span className="bf-problem">{t('found', { value: say(outcome.found) })}</span>}
      </summary>
      {(outcome?.fired ?? []).flatMap(({ decision, rows }) =>
        rows.map((row) => (
          <Button key={`${decision} ${row}`} size="small" type="link" onClick={() => goTo(decision, row)}>
            {decision}：{t('byRow', { rows: row + 1 })}
          </Button>
        )),
      )}
      {missing.length === 0 ? null : <p className="bf-quiet">{t('missing', { names: missing.join('、') })}</p>}
      <ExampleFields example={example} names={names} put={put} />
      {put === undefined ? null : (
        <div className="bf-row">
          {outcome === undefined || isGood ? null : (
            <Button onClick={() => put({ ...example, expected: outcome.found })}>{t('takeFound')}</Button>
          )}
          <Button danger onClick={() => put(undefined)}>
            {t('remove')}
          </Button>
        </div>
      )}
    </details>
  )
}

/** Name, day, facts and what is expected; an empty fact is unknown. */
function ExampleFields({ example, names, put }: { example: PolicyExample; names: readonly string[]; put: ExampleProps['put'] }) {
  const t = useT(checkWords)
  const { asOf, ...rest } = example
  const field = (label: string, value: string, take: (text: string) => void) => (
    <label key={label}>
      <span className="bf-quiet">{label}</span>
      <input
        className="bf-input"
        value={value}
        readOnly={put === undefined}
        placeholder={t('emptyFact')}
        onChange={(event) => take(event.target.value)}
      />
    </label>
  )
  return (
    <div className="policies-pairs">
      {field(t('name'), example.name, (name) => put?.({ ...example, name: name === '' ? ' ' : name }))}
      {field(t('asOf'), asOf ?? '', (text) => put?.(/^\d{4}-\d{2}-\d{2}$/.test(text) ? { ...example, asOf: text } : rest))}
      {names.map((name) =>
        field(name, textOfJson(example.facts[name]), (text) =>
          put?.({ ...example, facts: { ...example.facts, [name]: singleOf(jsonOfText(text)) } }),
        ),
      )}
      {Object.entries(example.expected).map(([name, value]) =>
        field(`→ ${name}`, textOfJson(value), (text) => put?.({ ...example, expected: { ...example.expected, [name]: jsonOfText(text) } })),
      )}
    </div>
  )
}
