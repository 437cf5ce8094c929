import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Template } from '../rules/template.ts'
import { TextPart } from './designer-field-more.tsx'
import { moreWords } from './designer-more-words.ts'
import type { PartProps } from './designer-part.ts'

/** A share of the records of a state is drawn by a published seed for a second look by somebody else. */
export function SamplingPart({ draft, change, problems }: PartProps) {
  const t = useT(moreWords)
  const language = useLanguage()
  const { sampling } = draft
  const put = (next: Template['sampling']) =>
    change(({ sampling: _before, ...rest }) => (next === undefined ? rest : { ...rest, sampling: next }))
  const movesFrom = (state: string) => (draft.moves ?? []).filter(({ from }) => from.includes(state))
  const starts = draft.states.filter(({ key }) => movesFrom(key).length > 0)
  const [first] = starts
  const begin = (state: string) => ({
    state,
    percent: sampling?.percent ?? 5,
    atLeast: sampling?.atLeast ?? 1,
    move: movesFrom(state)[0]?.key ?? '',
  })
  const count = (text: string, most: number) => Math.min(most, Math.max(1, Number.parseInt(text, 10) || 1))
  const said = problems.filter(({ at }) => at.startsWith('sampling')).map((one) => one.said[language])
  return (
    <div data-at="sampling" className="ledger-group">
      <h3>{t('sampling')}</h3>
      <label className="bf-check">
        <input
          type="checkbox"
          checked={sampling !== undefined}
          disabled={sampling === undefined && first === undefined}
          onChange={(event) => put(event.target.checked && first !== undefined ? begin(first.key) : undefined)}
        />
        {t('sampled')}
      </label>
      {first === undefined ? <p className="bf-quiet">{t('samplingNoMove')}</p> : null}
      {sampling === undefined ? null : (
        <>
          <div className="ledger-pair">
            <Labelled label={t('samplingState')}>
              {(control) => (
                <select {...control} className="bf-input" value={sampling.state} onChange={(event) => put(begin(event.target.value))}>
                  {starts.map((state) => (
                    <option key={state.key} value={state.key}>
                      {state.name[language]}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
            <TextPart
              label={t('samplingPercent')}
              value={String(sampling.percent)}
              most={3}
              isNumber
              change={(text) => put({ ...sampling, percent: count(text, 100) })}
            />
            <TextPart
              label={t('samplingLeast')}
              value={String(sampling.atLeast)}
              most={4}
              isNumber
              change={(text) => put({ ...sampling, atLeast: count(text, 9999) })}
            />
            <Labelled label={t('samplingMove')}>
              {(control) => (
                <select
                  {...control}
                  className="bf-input"
                  value={sampling.move}
                  onChange={(event) => put({ ...sampling, move: event.target.value })}
                >
                  {movesFrom(sampling.state).map((move) => (
                    <option key={move.key} value={move.key}>
                      {move.name[language]}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          </div>
          <p className="ledger-why">
            {t('samplingSays', {
              state: draft.states.find(({ key }) => key === sampling.state)?.name[language] ?? '',
              percent: sampling.percent,
              least: sampling.atLeast,
              move: draft.moves?.find(({ key }) => key === sampling.move)?.name[language] ?? '',
            })}
          </p>
        </>
      )}
      {said.length === 0 ? null : <p className="bf-problem">▲ {said.join('；')}</p>}
    </div>
  )
}
