import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ExtensionRecord, ProblemRecord } from '../rules/problem-records.ts'
import { screenWords } from './screen-words.ts'

/** More time: asked by the unit with a reason, decided by another person. */
export function TimePart({ record: { card, extensions, mayAskTime } }: { record: ProblemRecord }) {
  const t = useT(screenWords)
  const [isAsking, setAsking] = useState(false)
  if (extensions.length === 0 && !mayAskTime) return null
  return (
    <Section title={t('time')}>
      <ul className="rect-plain">
        {extensions.map((one) => (
          <Extension key={one.extensionId} extension={one} />
        ))}
      </ul>
      {mayAskTime ? (
        isAsking ? (
          <AskForm problemId={card.problemId} revision={card.revision} />
        ) : (
          <Button onClick={() => setAsking(true)}>{t('askTime')}</Button>
        )
      ) : null}
    </Section>
  )
}

function Extension({ extension }: { extension: ExtensionRecord }) {
  const t = useT(screenWords)
  const [error, setError] = useState<unknown>()
  const { askedName: name, askedUntil: until, reason, decidedName, state, note } = extension
  const decide = (decision: 'grant' | 'refuse') =>
    void write('POST', `/rectification/extensions/${extension.extensionId}/decide`, { decision }).catch(setError) // shown below
  return (
    <li>
      {t('time.asked', { name, until, reason })}
      {state === 'asked' ? null : (
        <div>{[t(`time.${state}`, { by: decidedName ?? '', until }), note].filter((part) => part !== '').join('：')}</div>
      )}
      {extension.can.decide ? (
        <div className="rect-acts">
          <Button type="primary" size="small" onClick={() => decide('grant')}>
            {t('grant')}
          </Button>
          <Button size="small" onClick={() => decide('refuse')}>
            {t('refuse')}
          </Button>
        </div>
      ) : null}
      <Problem error={error} />
    </li>
  )
}

function AskForm({ problemId, revision }: { problemId: string; revision: number }) {
  const t = useT(screenWords)
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const isReady = until !== '' && reason.trim().length >= 2
  const send = () => {
    setError(undefined)
    void write('POST', `/rectification/problems/${problemId}/time`, { revision, until, reason: reason.trim() }).catch(setError) // shown below
  }
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) send()
      }}
    >
      <Field label={t('until')} isRequired>
        {(control) => (
          <input {...control} type="date" className="bf-input" value={until} onChange={(event) => setUntil(event.target.value)} />
        )}
      </Field>
      <Field label={t('reason')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Problem error={error} />
      <Button type="primary" htmlType="submit" disabled={!isReady}>
        {t('askTime')}
      </Button>
    </form>
  )
}
