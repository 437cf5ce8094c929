import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CheckSheet } from '../../rules/exits/check-records.ts'
import type { CheckNote, NoteChecks } from '../../rules/exits/check-requests.ts'
import { today } from '../case-visits.tsx'
import { checkScreenWords } from './check-screen-words.ts'

const results = ['none', 'nothing', 'found'] as const
type Result = (typeof results)[number]
interface Draft {
  readonly departments: readonly string[]
  readonly people: readonly string[]
  readonly requestedOn: string
  readonly cameOn: string
  readonly result: Result
  readonly word: string
  readonly what: string
}

/** What still lacks a result, for whom it lacks. */
function lacking({ departments, members, checks }: CheckSheet) {
  const came = (department: string, personId: string) =>
    checks.some((one) => one.withdrawnReason === null && one.result !== null && one.department === department && one.personId === personId)
  return (department: string, personId: string) =>
    members.some((one) => one.personId === personId) && departments.includes(department) && !came(department, personId)
}

/** Results of many departments and members at once; what was found one by one. Everything that lacks a result is chosen beforehand. */
export function CheckNoteForm({ sheet, close }: { sheet: CheckSheet; close: (done?: { noted: number; kept: number }) => void }) {
  const t = useT(checkScreenWords)
  const ui = useT(uiWords)
  const isLacking = lacking(sheet)
  const [draft, setDraft] = useState<Draft>(() => ({
    departments: sheet.departments.filter((one) => sheet.members.some(({ personId }) => isLacking(one, personId))),
    people: sheet.members.map(({ personId }) => personId),
    requestedOn: today(),
    cameOn: today(),
    result: 'nothing',
    word: '',
    what: '',
  }))
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const notes = notesOf(draft, isLacking)
  const isReady = notes.length > 0 && (draft.result !== 'found' || (notes.length === 1 && draft.what.trim().length >= 2))
  const { error, isBusy, onSubmit } = useSending(async () => {
    if (!isReady) return
    close(await write<{ noted: number; kept: number }>('POST', `/cases/files/${sheet.caseId}/checks`, { notes } satisfies NoteChecks))
  })
  return (
    <form className="bf-stack" onSubmit={onSubmit}>
      <Checks
        legend={t('departments')}
        choices={sheet.departments.map((one) => ({ key: one, label: one }))}
        chosen={draft.departments}
        choose={(departments) => change({ departments })}
      />
      <Checks
        legend={t('who')}
        choices={sheet.members.map(({ personId, name }) => ({ key: personId, label: name }))}
        chosen={draft.people}
        choose={(people) => change({ people })}
      />
      <fieldset className="bf-choices">
        <legend>{t('result')}</legend>
        {results.map((one) => (
          <label key={one}>
            <input type="radio" name="check-result" checked={draft.result === one} onChange={() => change({ result: one })} />{' '}
            {t(`result.${one}`)}
          </label>
        ))}
      </fieldset>
      <Dates draft={draft} change={change} />
      {draft.result === 'found' ? <Found sheet={sheet} draft={draft} change={change} /> : null}
      <Problem error={error} />
      <div className="bf-row">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {t('save', { n: notes.length })}
        </Button>
        <Button onClick={() => close()}>{ui('cancel')}</Button>
      </div>
    </form>
  )
}

type Change = (part: Partial<Draft>) => void

function Dates({ draft, change }: { draft: Draft; change: Change }) {
  const t = useT(checkScreenWords)
  return (
    <div className="bf-form-grid">
      <Field label={t('requestedOn')} isRequired>
        {(control) => (
          <input
            {...control}
            type="date"
            className="bf-input"
            value={draft.requestedOn}
            onChange={(event) => change({ requestedOn: event.target.value })}
          />
        )}
      </Field>
      {draft.result === 'none' ? null : (
        <Field label={t('cameOn')} isRequired>
          {(control) => (
            <input
              {...control}
              type="date"
              className="bf-input"
              value={draft.cameOn}
              onChange={(event) => change({ cameOn: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

function Found({ sheet, draft, change }: { sheet: CheckSheet; draft: Draft; change: Change }) {
  const t = useT(checkScreenWords)
  return (
    <>
      <p className="bf-quiet">{t('foundHint')}</p>
      <div className="bf-form-grid">
        <Field label={t('word')}>
          {(control) => (
            <select {...control} className="bf-input" value={draft.word} onChange={(event) => change({ word: event.target.value })}>
              <option value="">{t('noWord')}</option>
              {sheet.words.map((word) => (
                <option key={word} value={word}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('what')} isRequired>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              maxLength={500}
              value={draft.what}
              onChange={(event) => change({ what: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  )
}

function Checks(props: {
  legend: string
  choices: readonly { key: string; label: string }[]
  chosen: readonly string[]
  choose: (keys: readonly string[]) => void
}) {
  const { legend, choices, chosen, choose } = props
  return (
    <fieldset className="bf-choices">
      <legend>{legend}</legend>
      <div className="income-members">
        {choices.map(({ key, label }) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={(event) => choose(event.target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function notesOf(draft: Draft, isLacking: (department: string, personId: string) => boolean): CheckNote[] {
  const { result, requestedOn, cameOn, word, what } = draft
  const isFound = result === 'found'
  const more = {
    requestedOn,
    cameOn: result === 'none' ? null : cameOn,
    result: result === 'none' ? null : result,
    word: isFound && word !== '' ? word : null,
    what: isFound ? what.trim() : null,
  }
  return draft.departments.flatMap((department) =>
    draft.people.filter((personId) => isLacking(department, personId)).map((personId) => ({ personId, department, ...more })),
  )
}
