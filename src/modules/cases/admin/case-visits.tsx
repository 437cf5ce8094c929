import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { visitFindings, visitMethods, type CaseRecord, type VisitFinding, type VisitMethod } from '../rules/case-records.ts'
import type { AddVisit } from '../rules/case-requests.ts'
import { stepWords, visitFindingWords, visitMethodWords } from '../rules/case-words.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** The visits of a case, and the form that adds one. */
export function CaseVisits({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const visits = [...record.visits].sort((one, other) => (one.visitedOn < other.visitedOn ? 1 : -1))
  return (
    <Section
      title={t('visits')}
      extra={record.can.addVisit && !isOpen ? <Button onClick={() => setOpen(true)}>{t('addVisit')}</Button> : undefined}
    >
      <div className="bf-stack">
        {isOpen ? <VisitForm caseId={record.file.caseId} close={() => setOpen(false)} /> : null}
        {visits.length === 0 ? <p className="bf-quiet">{t('noVisits')}</p> : null}
        <ul className="case-list-plain">
          {visits.map((visit) => (
            <li key={visit.caseVisitId}>
              <span className="bf-figures">{visit.visitedOn}</span> {say(visitMethodWords[visit.method])} · {visit.visitors.join('、')} ·{' '}
              <strong>{say(visitFindingWords[visit.finding])}</strong>
              <span className="bf-source">
                {[say(stepWords[visit.step]), visit.round > 1 ? t('round', { n: visit.round }) : '', visit.note]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  )
}

/** Day, way, visitors and what was found; the note comes last and may stay empty. */
function VisitForm({ caseId, close }: { caseId: string; close: () => void }) {
  const t = useT(caseScreenWords)
  const ui = useT(uiWords)
  const say = useSay()
  const [visitedOn, setVisitedOn] = useState(today)
  const [method, setMethod] = useState<VisitMethod>('home')
  const [names, setNames] = useState('')
  const [finding, setFinding] = useState<VisitFinding>()
  const [note, setNote] = useState('')
  const visitors = names.split(/[、，,；;\s]+/).filter((name) => name !== '')
  const isReady = visitedOn !== '' && visitors.length > 0 && finding !== undefined
  const { error, isBusy, onSubmit } = useSending(async () => {
    if (finding === undefined || !isReady) return
    await write('POST', `/cases/files/${caseId}/visits`, { visitedOn, method, visitors, finding, note: note.trim() } satisfies AddVisit)
    close()
  })
  return (
    <form className="bf-stack" onSubmit={onSubmit}>
      <div className="bf-form-grid">
        <Field label={t('visitedOn')} isRequired>
          {(control) => (
            <input {...control} type="date" className="bf-input" value={visitedOn} onChange={(event) => setVisitedOn(event.target.value)} />
          )}
        </Field>
        <Field label={t('visitors')} hint={t('visitorsHint')} isRequired>
          {(control) => (
            <input {...control} className="bf-input" maxLength={200} value={names} onChange={(event) => setNames(event.target.value)} />
          )}
        </Field>
      </div>
      <fieldset className="bf-choices">
        <legend>{t('method')}</legend>
        {visitMethods.map((one) => (
          <label key={one}>
            <input type="radio" name="visit-method" checked={one === method} onChange={() => setMethod(one)} /> {say(visitMethodWords[one])}
          </label>
        ))}
      </fieldset>
      <ChoiceCards
        legend={t('finding')}
        choices={visitFindings.map((key) => ({ key, label: say(visitFindingWords[key]), hint: t(`findingHint.${key}`) }))}
        chosen={finding}
        choose={setFinding}
      />
      <Field label={t('note')}>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <Problem error={error} />
      <div className="bf-row">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {ui('save')}
        </Button>
        <Button onClick={close}>{ui('cancel')}</Button>
      </div>
    </form>
  )
}

/** The day on this machine's wall, in the county's time. */
export function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
}
