import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Check, Deadline } from '../rules/template.ts'
import { bothWords } from './designer-choices.ts'
import { nextKey, type Draft } from './designer-draft.ts'
import { TextPart } from './designer-field-more.tsx'
import type { PartProps } from './designer-part.ts'
import { FormulaInput } from './designer-formula.tsx'
import { SamplingPart } from './designer-sampling.tsx'
import { UniquePart } from './designer-unique.tsx'
import { designerWords } from './designer-words.ts'

/** Deadlines, numbering and checks. */
export function TermsPart(props: PartProps) {
  const t = useT(designerWords)
  const { draft, change } = props
  return (
    <>
      <h3>{t('deadlines')}</h3>
      {(draft.deadlines ?? []).map((deadline) => (
        <DeadlineLine key={deadline.key} {...props} deadline={deadline} />
      ))}
      {(draft.deadlines ?? []).length < 6 ? (
        <div>
          <button type="button" className="bf-chip" onClick={() => change((before) => addDeadline(before, t('newDeadline')))}>
            ＋ {t('addDeadline')}
          </button>
        </div>
      ) : null}
      <Numbering {...props} />
      <UniquePart {...props} />
      <SamplingPart {...props} />
      <h3>{t('checks')}</h3>
      <p className="bf-quiet">{t('checksNote')}</p>
      {(draft.checks ?? []).map((check, at) => (
        <CheckLine key={check.key} {...props} check={check} at={at} />
      ))}
      <div>
        <button type="button" className="bf-chip" onClick={() => change(addCheck)}>
          ＋ {t('addCheck')}
        </button>
      </div>
    </>
  )
}

function addDeadline(draft: Draft, name: string): Draft {
  const deadlines = draft.deadlines ?? []
  const key = nextKey(
    'd',
    deadlines.map((one) => one.key),
  )
  return { ...draft, deadlines: [...deadlines, { key, name: bothWords(name), from: 'made', days: 10, calendar: 'working', remind: [80] }] }
}

function addCheck(draft: Draft): Draft {
  const checks = draft.checks ?? []
  const number = draft.fields.find(({ kind }) => kind === 'number' || kind === 'money')
  const holds = `${(number ?? draft.fields[0])?.name.zh ?? ''} ${number === undefined ? '!= null' : '>= 0'}`
  return {
    ...draft,
    checks: [
      ...checks,
      {
        key: nextKey(
          'c',
          checks.map((one) => one.key),
        ),
        holds,
        says: bothWords('请核对'),
        level: 'warn',
      },
    ],
  }
}

function DeadlineLine({ draft, change, deadline }: PartProps & { deadline: Deadline }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const put = (patch: Partial<Deadline>) =>
    change((before) => ({
      ...before,
      deadlines: (before.deadlines ?? []).map((one) => (one.key === deadline.key ? { ...one, ...patch } : one)),
    }))
  const remove = () => change((before) => ({ ...before, deadlines: (before.deadlines ?? []).filter((one) => one.key !== deadline.key) }))
  return (
    <div className="ledger-field bf-stack" data-at={`deadlines.${deadline.key}`}>
      <div className="ledger-pair">
        <TextPart label={t('deadlineName')} value={deadline.name.zh} change={(zh) => put({ name: bothWords(zh) })} />
        <Labelled label={t('deadlineFrom')}>
          {(control) => (
            <select {...control} className="bf-input" value={deadline.from} onChange={(event) => put({ from: event.target.value })}>
              <option value="made">{t('fromMade')}</option>
              {draft.states.map((state) => (
                <option key={state.key} value={`state:${state.key}`}>
                  {t('fromState', { name: state.name[language] })}
                </option>
              ))}
              {draft.fields
                .filter(({ kind }) => kind === 'date' || kind === 'month')
                .map((field) => (
                  <option key={field.key} value={`field:${field.key}`}>
                    {t('fromField', { name: field.name[language] })}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
        <TextPart
          label={t('days')}
          value={String(deadline.days)}
          isNumber
          most={4}
          change={(text) => put({ days: Math.min(3650, Math.max(0, Number.parseInt(text, 10) || 0)) })}
        />
        <Labelled label={t('calendar')}>
          {(control) => (
            <select
              {...control}
              className="bf-input"
              value={deadline.calendar}
              onChange={(event) => put({ calendar: event.target.value === 'working' ? 'working' : 'calendar' })}
            >
              <option value="working">{t('calendar.working')}</option>
              <option value="calendar">{t('calendar.calendar')}</option>
            </select>
          )}
        </Labelled>
      </div>
      <button type="button" className="bf-link" onClick={remove}>
        {t('removeOf', { name: deadline.name.zh })}
      </button>
    </div>
  )
}

function Numbering({ draft, change }: PartProps) {
  const t = useT(designerWords)
  const { numbering, ...without } = draft
  const put = (next: Draft['numbering']) => change((before) => (next === undefined ? without : { ...before, numbering: next }))
  return (
    <>
      <h3>{t('numbering')}</h3>
      <label className="bf-check">
        <input
          type="checkbox"
          checked={numbering !== undefined}
          onChange={(event) => put(event.target.checked ? { prefix: '', per: 'year', digits: 4 } : undefined)}
        />
        {t('numbered')}
      </label>
      {numbering === undefined ? null : (
        <div className="ledger-pair">
          <TextPart label={t('prefix')} value={numbering.prefix} most={12} change={(prefix) => put({ ...numbering, prefix })} />
          <Labelled label={t('per')}>
            {(control) => (
              <select
                {...control}
                className="bf-input"
                value={numbering.per}
                onChange={(event) => put({ ...numbering, per: event.target.value === 'year' ? 'year' : 'township-year' })}
              >
                <option value="year">{t('per.year')}</option>
                <option value="township-year">{t('per.township-year')}</option>
              </select>
            )}
          </Labelled>
        </div>
      )}
    </>
  )
}

function CheckLine({ draft, change, check, at }: PartProps & { check: Check; at: number }) {
  const t = useT(designerWords)
  const put = (patch: Partial<Check>) =>
    change((before) => ({ ...before, checks: (before.checks ?? []).map((one) => (one.key === check.key ? { ...one, ...patch } : one)) }))
  return (
    <div className="ledger-field bf-stack" data-at={`checks.${check.key}`}>
      <FormulaInput
        label={t('checkHolds', { n: at + 1 })}
        value={check.holds}
        fields={draft.fields}
        change={(holds) => put({ holds: holds ?? '' })}
      />
      <div className="ledger-pair">
        <TextPart label={t('checkSays')} value={check.says.zh} most={200} change={(zh) => put({ says: bothWords(zh) })} />
        <Labelled label={t('checkLevel')}>
          {(control) => (
            <select
              {...control}
              className="bf-input"
              value={check.level}
              onChange={(event) => put({ level: event.target.value === 'refuse' ? 'refuse' : 'warn' })}
            >
              <option value="refuse">{t('check.refuse')}</option>
              <option value="warn">{t('check.warn')}</option>
            </select>
          )}
        </Labelled>
      </div>
      <button
        type="button"
        className="bf-link"
        onClick={() => change((before) => ({ ...before, checks: (before.checks ?? []).filter((one) => one.key !== check.key) }))}
      >
        {t('removeOf', { name: `${t('checks')} ${at + 1}` })}
      </button>
    </div>
  )
}
