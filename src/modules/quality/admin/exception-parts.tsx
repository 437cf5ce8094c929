import { Button, Input } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { DecideException } from '../contract.ts'
import type { ExceptionDecision } from '../rules/exception-states.ts'
import type { ExceptionRecord } from '../rules/worklist-records.ts'
import { localTime } from './finding-parts.tsx'
import { exceptionWords } from './quality-words.ts'

const levels = { asked: 'amber', granted: 'green', refused: 'grey', ended: 'grey', expired: 'grey' } as const satisfies Record<
  ExceptionRecord['state'],
  Level
>

/** How an exception stands: state, last day, who decided and what he said. */
export function ExceptionStanding({ exception }: { exception: ExceptionRecord }) {
  const t = useT(exceptionWords)
  const { state, untilOn, decidedName, decidedNote } = exception
  return (
    <>
      <StatusTag level={levels[state]} text={t(`state.${state}`)} />
      {untilOn === null ? null : <span className="bf-source bf-figures">{t('until', { day: untilOn })}</span>}
      {decidedName === null ? null : (
        <span className="bf-source">
          {decidedName}
          {decidedNote === null ? '' : `：${decidedNote}`}
        </span>
      )}
    </>
  )
}

/** The exceptions of one finding, each with what may be decided about it. */
export function ExceptionLines({ exceptions }: { exceptions: readonly ExceptionRecord[] }) {
  const t = useT(exceptionWords)
  return exceptions.map((exception) => (
    <Notice key={exception.exceptionId} kind={exception.state === 'asked' ? 'warning' : 'info'}>
      <p>
        {exception.reason}（{t(`covers.${exception.covers}`)}）
        <span className="bf-source">
          {exception.askedName} {localTime(exception.askedAt)}
        </span>
      </p>
      <ExceptionStanding exception={exception} /> <ExceptionActions exception={exception} />
    </Notice>
  ))
}

/** What may be decided about an exception; each button is there only where the server says so. */
export function ExceptionActions({ exception }: { exception: ExceptionRecord }) {
  const t = useT(exceptionWords)
  const [open, setOpen] = useState<ExceptionDecision>()
  const [untilOn, setUntilOn] = useState(exception.longestOn)
  const { can, exceptionId, revision } = exception
  const decide = async (decision: ExceptionDecision, note: string) => {
    await write('POST', `/quality/exceptions/${exceptionId}/decide`, {
      revision,
      decision,
      ...(decision === 'grant' ? { untilOn } : {}),
      ...(note === '' ? {} : { note }),
    } satisfies DecideException)
  }
  if (!can.grant && !can.refuse && !can.end) return null
  return (
    <span className="bf-row">
      {(['grant', 'refuse', 'end'] as const).map((decision) =>
        can[decision] ? (
          <Button key={decision} size="small" type={decision === 'grant' ? 'primary' : 'default'} onClick={() => setOpen(decision)}>
            {t(decision)}
          </Button>
        ) : null,
      )}
      {!can.grant && can.refuse ? <span className="bf-source">{t('own')}</span> : null}
      {open === undefined ? null : (
        <ConfirmDialog
          isOpen
          title={t(`${open}Title`)}
          confirmText={t(open)}
          reason={{ label: t(open === 'grant' ? 'remark' : 'remarkNeeded'), minLength: open === 'grant' ? 0 : 4 }}
          confirm={(note) => decide(open, note)}
          close={() => setOpen(undefined)}
        >
          {t(`${open}Text`)}
          {open === 'grant' ? (
            <Field label={t('untilOn', { day: exception.longestOn })} isRequired>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  max={exception.longestOn}
                  value={untilOn}
                  onChange={(event) => setUntilOn(event.target.value)}
                />
              )}
            </Field>
          ) : null}
        </ConfirmDialog>
      )}
    </span>
  )
}
