import { Button, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CaseRecord } from '../rules/case-records.ts'
import type { AddMeasure } from '../rules/case-requests.ts'
import { caseScreenWords } from './case-screen-words.ts'
import { today } from './case-visits.tsx'

/** What is done against the risks, which risk has nothing yet, and the form that adds a measure. */
export function CaseMeasures({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const [isOpen, setOpen] = useState(false)
  const { file, measures, can } = record
  const uncovered = file.risks.filter((risk) => !measures.some((one) => one.risk === risk && one.round === file.round))
  return (
    <Section
      title={t('measures')}
      extra={can.addMeasure && !isOpen ? <Button onClick={() => setOpen(true)}>{t('addMeasure')}</Button> : undefined}
    >
      <div className="bf-stack">
        {isOpen ? <MeasureForm record={record} close={() => setOpen(false)} risk={uncovered[0] ?? file.risks[0]} /> : null}
        {uncovered.length > 0 && can.addMeasure ? <Notice kind="warning">{t('uncovered', { risks: uncovered.join('、') })}</Notice> : null}
        {measures.length === 0 ? <p className="bf-quiet">{t('noMeasures')}</p> : null}
        <ul className="case-list-plain">
          {measures.map((measure) => (
            <li key={measure.caseMeasureId}>
              <strong>{measure.category}</strong> · {measure.content}
              <span className="bf-source">
                {[
                  measure.risk,
                  measure.endedOn === null
                    ? t('ongoing', { from: measure.startedOn })
                    : t('until', { from: measure.startedOn, to: measure.endedOn }),
                  measure.round > 1 ? t('round', { n: measure.round }) : '',
                  measure.byName,
                ]
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

function MeasureForm({ record, risk: first, close }: { record: CaseRecord; risk: string | undefined; close: () => void }) {
  const t = useT(caseScreenWords)
  const ui = useT(uiWords)
  const { file, words } = record
  const [risk, setRisk] = useState(first)
  const [category, setCategory] = useState<string>()
  const [content, setContent] = useState('')
  const [startedOn, setStartedOn] = useState(today)
  const [endedOn, setEndedOn] = useState('')
  const { error, isBusy, onSubmit } = useSending(async () => {
    if (risk === undefined || category === undefined || !isReady) return
    const measure: AddMeasure = { risk, category, content: content.trim(), startedOn, ...(endedOn === '' ? {} : { endedOn }) }
    await write('POST', `/cases/files/${file.caseId}/measures`, measure)
    close()
  })
  const isReady = risk !== undefined && category !== undefined && content.trim().length > 1 && startedOn !== ''
  const others = words.risks.filter((one) => !file.risks.includes(one))
  const options = (given: readonly string[]) => given.map((word) => ({ value: word, label: word }))
  return (
    <form className="bf-stack" onSubmit={onSubmit}>
      <div className="bf-form-grid">
        <Field label={t('risk')} isRequired>
          {(control) => <Select {...control} value={risk ?? null} options={options([...file.risks, ...others])} onChange={setRisk} />}
        </Field>
        <Field label={t('category')} isRequired>
          {(control) => (
            <Select
              {...control}
              showSearch
              placeholder={t('chooseOne')}
              value={category ?? null}
              options={options(words.categories)}
              onChange={setCategory}
            />
          )}
        </Field>
      </div>
      <Field label={t('content')} hint={t('contentHint')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={2}
            maxLength={2000}
            value={content}
            onChange={(event) => setContent(event.target.value)}
          />
        )}
      </Field>
      <div className="bf-form-grid">
        <Field label={t('startedOn')} isRequired>
          {(control) => (
            <input {...control} type="date" className="bf-input" value={startedOn} onChange={(event) => setStartedOn(event.target.value)} />
          )}
        </Field>
        <Field label={t('endedOn')}>
          {(control) => (
            <input {...control} type="date" className="bf-input" value={endedOn} onChange={(event) => setEndedOn(event.target.value)} />
          )}
        </Field>
      </div>
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
