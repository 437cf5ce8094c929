import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import type { Move, State } from '../rules/template.ts'
import { bothWords } from './designer-choices.ts'
import { moved, nextKey, type Draft } from './designer-draft.ts'
import type { PartProps } from './designer-part.ts'
import { flowKeys, flowOf } from './designer-flows.ts'
import { FormulaInput } from './designer-formula.tsx'
import { CheckList } from './designer-check-list.tsx'
import { RoleChecks } from './designer-roles.tsx'
import { designerWords } from './designer-words.ts'

const tones = ['plain', 'busy', 'good', 'bad'] as const

/** States and the buttons that lead from one to the next. */
export function StatesPart(props: PartProps) {
  const { draft, change } = props
  const t = useT(designerWords)
  return (
    <>
      <Labelled label={t('flowPreset')}>
        {(control) => (
          <select
            {...control}
            className="bf-input ledger-short"
            value=""
            onChange={(event) => {
              const flow = flowKeys.find((one) => one === event.target.value)
              if (flow !== undefined) change((before) => ({ ...before, ...flowOf(flow, before.access.write) }))
            }}
          >
            <option value="">—</option>
            {flowKeys.map((key) => (
              <option key={key} value={key}>
                {t(`flow.${key}`)} · {t(`flow.${key}.hint`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <h3>{t('states')}</h3>
      <ol className="ledger-fields">
        {draft.states.map((state, at) => (
          <StateLine key={state.key} {...props} state={state} at={at} />
        ))}
      </ol>
      <div>
        <button type="button" className="bf-chip" onClick={() => change((before) => addState(before, t('newState')))}>
          ＋ {t('addState')}
        </button>
      </div>
      <h3>{t('moves')}</h3>
      <ol className="ledger-fields">
        {(draft.moves ?? []).map((move, at) => (
          <MoveLine key={move.key} {...props} move={move} at={at} />
        ))}
      </ol>
      <div>
        <button type="button" className="bf-chip" onClick={() => change((before) => addMove(before, t('newMove')))}>
          ＋ {t('addMove')}
        </button>
      </div>
    </>
  )
}

function addState(draft: Draft, name: string): Draft {
  const key = nextKey(
    's',
    draft.states.map((state) => state.key),
  )
  return { ...draft, states: [...draft.states, { key, name: bothWords(`${name}${draft.states.length}`), tone: 'busy' }] }
}

function addMove(draft: Draft, name: string): Draft {
  const moves = draft.moves ?? []
  const key = nextKey(
    'm',
    moves.map((move) => move.key),
  )
  const from = draft.states[0]?.key ?? ''
  const into = draft.states[draft.states.length - 1]?.key ?? from
  return { ...draft, moves: [...moves, { key, name: bothWords(name), from: [from], into, by: [...draft.access.write] }] }
}

function StateLine({ draft, change, problems, state, at }: PartProps & { state: State; at: number }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const put = (next: State) => change((before) => ({ ...before, states: before.states.map((one) => (one.key === state.key ? next : one)) }))
  const isUsed = (draft.moves ?? []).some((move) => move.from.includes(state.key) || move.into === state.key)
  const said = problems.filter((one) => one.at === `states.${state.key}`).map((one) => one.said[language])
  const { settled: _settled, ...unsettled } = state
  return (
    <li className="ledger-field" data-at={`states.${state.key}`}>
      <div className="ledger-field-line">
        <span className="bf-figures bf-quiet">{at + 1}</span>
        <input
          className="bf-input"
          aria-label={t('stateName', { n: at + 1 })}
          maxLength={60}
          value={state.name.zh}
          onChange={(event) => put({ ...state, name: bothWords(event.target.value) })}
        />
        <select
          className="bf-input"
          aria-label={t('tone')}
          value={state.tone ?? 'plain'}
          onChange={(event) => put({ ...state, tone: tones.find((one) => one === event.target.value) ?? 'plain' })}
        >
          {tones.map((tone) => (
            <option key={tone} value={tone}>
              {t(`tone.${tone}`)}
            </option>
          ))}
        </select>
        <label className="bf-check">
          <input
            type="checkbox"
            aria-label={t('settledOf', { name: state.name.zh })}
            checked={state.settled === true}
            onChange={(event) => put(event.target.checked ? { ...state, settled: true } : unsettled)}
          />
          {t('settled')}
        </label>
        <span className="ledger-tools">
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('up', { name: state.name.zh })}
            disabled={at === 0}
            onClick={() => change((before) => ({ ...before, states: moved(before.states, at, -1) }))}
          >
            ↑
          </button>
          <button
            type="button"
            className="ledger-icon"
            aria-label={t('removeOf', { name: state.name.zh })}
            title={isUsed ? t('stateUsed') : undefined}
            disabled={isUsed || draft.states.length === 1}
            onClick={() => change((before) => ({ ...before, states: before.states.filter((one) => one.key !== state.key) }))}
          >
            ✕
          </button>
        </span>
      </div>
      {said.length === 0 ? null : <p className="bf-problem">▲ {said.join('；')}</p>}
    </li>
  )
}

function MoveLine({ draft, change, problems, move, at }: PartProps & { move: Move; at: number }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const put = (patch: Partial<Move>) => {
    const next = Object.fromEntries(Object.entries({ ...move, ...patch }).filter(([, value]) => value !== undefined))
    // Safe: only entries that are undefined go, and those are optional.
    change((before) => ({ ...before, moves: (before.moves ?? []).map((one) => (one.key === move.key ? (next as Move) : one)) }))
  }
  const said = problems.filter((one) => one.at.startsWith(`moves.${move.key}`)).map((one) => one.said[language])
  const fillable = draft.fields.filter((field) => !isWorkedOut(field))
  const name = move.name.zh
  return (
    <li className="ledger-field" data-at={`moves.${move.key}`}>
      <div className="ledger-pair">
        <Labelled label={t('moveName', { n: at + 1 })}>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              maxLength={60}
              value={name}
              onChange={(event) => put({ name: bothWords(event.target.value) })}
            />
          )}
        </Labelled>
        <CheckList
          legend={t('moveFrom')}
          choices={draft.states.map((state) => ({ key: state.key, name: state.name[language] }))}
          chosen={move.from}
          change={(from) => from.length > 0 && put({ from })}
        />
        <Labelled label={t('moveInto')}>
          {(control) => (
            <select {...control} className="bf-input" value={move.into} onChange={(event) => put({ into: event.target.value })}>
              {draft.states.map((state) => (
                <option key={state.key} value={state.key}>
                  {state.name[language]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <div className="ledger-options">
        <label>
          <input
            type="checkbox"
            checked={move.byAnother === true}
            onChange={(event) => put({ byAnother: event.target.checked ? true : undefined })}
          />{' '}
          {t('byAnother')}
        </label>
        <label>
          <input
            type="checkbox"
            checked={move.reason === true}
            onChange={(event) => put({ reason: event.target.checked ? true : undefined })}
          />{' '}
          {t('reason')}
        </label>
      </div>
      <details>
        <summary>
          {t('moreOf', { name })} · {t('moveBy')}
        </summary>
        <div className="ledger-more">
          <RoleChecks legend={t('moveBy')} chosen={move.by} change={(by) => by.length > 0 && put({ by })} />
          <CheckList
            legend={t('needs')}
            choices={fillable.map((field) => ({ key: field.key, name: field.name[language] }))}
            chosen={move.needs ?? []}
            change={(needs) => put({ needs: needs.length === 0 ? undefined : needs })}
          />
          {draft.fields.some(({ kind }) => isFiles(kind)) ? (
            <Labelled label={t('evidence')}>
              {(control) => (
                <select
                  {...control}
                  className="bf-input ledger-short"
                  value={move.evidence ?? 0}
                  onChange={(event) => put({ evidence: Number(event.target.value) || undefined })}
                >
                  {[0, 1, 2, 3, 4, 5].map((count) => (
                    <option key={count} value={count}>
                      {count}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          ) : null}
          <FormulaInput label={t('holds')} value={move.holds} fields={draft.fields} change={(holds) => put({ holds })} />
        </div>
      </details>
      <div className="ledger-tools">
        <button
          type="button"
          className="bf-link"
          onClick={() => change((before) => ({ ...before, moves: (before.moves ?? []).filter((one) => one.key !== move.key) }))}
        >
          {t('removeOf', { name })}
        </button>
      </div>
      {said.length === 0 ? null : <p className="bf-problem">▲ {said.join('；')}</p>}
    </li>
  )
}
