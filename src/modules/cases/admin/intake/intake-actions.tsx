import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { ConfirmDialog, ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { intakeRefusals, type IntakeFile, type IntakeRefusal } from '../../rules/intake/intake-records.ts'
import type { ActOnIntake } from '../../rules/intake/intake-requests.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { actOnIntake } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

interface ActionsProps {
  intake: IntakeFile
  /** It was changed and stays open. */
  changed: () => void
  /** It was handled: the next one opens. */
  done: () => void
}

/** What may be done with an intake; each button is there only where the server says so. */
export function IntakeActions({ intake, changed, done }: ActionsProps) {
  const t = useT(intakeScreenWords)
  const [open, setOpen] = useState<'close' | 'return' | 'send' | 'unlink' | 'reopen'>()
  const [error, setError] = useState<unknown>()
  const { can, caseId, revision, intakeId } = intake
  const act = (given: Omit<ActOnIntake, 'revision'>) => actOnIntake(intakeId, { revision, ...given })
  const now = async (given: Omit<ActOnIntake, 'revision'>, then: () => void) => {
    try {
      await act(given)
      setError(undefined)
      then()
    } catch (fault) {
      setError(fault)
      changed()
    }
  }
  const asked = (action: 'return' | 'unlink' | 'reopen', then: () => void) => async (reason: string) => {
    await act({ action, reason })
    then()
  }
  const close = () => setOpen(undefined)
  const hasOpenCase = intake.earlier.cases.some((one) => one.isOpen)
  return (
    <>
      <Problem error={error} />
      <div className="bf-page-actions">
        {caseId === null ? null : <PageLink to={`/cases/files/${caseId}`}>{t('caseLink')}</PageLink>}
        {can.reopen ? <Button onClick={() => setOpen('reopen')}>{t('reopen')}</Button> : null}
        {can.unlink ? <Button onClick={() => setOpen('unlink')}>{t('unlink')}</Button> : null}
        {can.return ? <Button onClick={() => setOpen('return')}>{t('return')}</Button> : null}
        {can.send ? <Button onClick={() => setOpen('send')}>{t('send')}</Button> : null}
        {can.close ? <Button onClick={() => setOpen('close')}>{t('close')}</Button> : null}
        {can.link && intake.state === 'matched' ? <Button onClick={() => void now({ action: 'link' }, changed)}>{t('link')}</Button> : null}
        {can['open-case'] ? (
          <Button type="primary" onClick={() => void now({ action: 'open-case' }, done)}>
            {t(hasOpenCase ? 'joinCase' : 'openCase')}
          </Button>
        ) : null}
      </div>
      <ReasonDialog word="return" isOpen={open === 'return'} confirm={asked('return', done)} close={close} text={t('returnText')} />
      <ReasonDialog word="unlink" isOpen={open === 'unlink'} confirm={asked('unlink', changed)} close={close} />
      <ReasonDialog word="reopen" isOpen={open === 'reopen'} confirm={asked('reopen', changed)} close={close} />
      {open === 'close' ? (
        <CloseDialog
          close={close}
          confirm={async (given) => {
            await act({ action: 'close', ...given })
            done()
          }}
        />
      ) : null}
      {open === 'send' ? (
        <SendIntakeDialog
          close={close}
          confirm={async (given) => {
            await act({ action: 'send', ...given })
            done()
          }}
        />
      ) : null}
    </>
  )
}

function ReasonDialog(props: {
  word: 'return' | 'unlink' | 'reopen'
  isOpen: boolean
  text?: string
  confirm: (reason: string) => Promise<void>
  close: () => void
}) {
  const t = useT(intakeScreenWords)
  const { word, text = '', ...rest } = props
  return (
    <ConfirmDialog title={t(word)} confirmText={t(word)} reason={{ label: t(`${word}Reason`), minLength: 2 }} {...rest}>
      {text}
    </ConfirmDialog>
  )
}

/** Closes without a case: as what, and why. */
export function CloseDialog(props: { close: () => void; confirm: (given: { outcome: IntakeRefusal; reason: string }) => Promise<void> }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const [outcome, setOutcome] = useState<IntakeRefusal>('not-belonging')
  return (
    <Modal open onCancel={props.close} title={t('close')} footer={null} destroyOnHidden width="34rem">
      <ConfirmForm
        close={props.close}
        confirmText={t('close')}
        reason={{ label: t('closeReason'), minLength: 2 }}
        confirm={(reason) => props.confirm({ outcome, reason })}
      >
        <Field label={t('closeAs')}>
          {(control) => (
            <Select
              {...control}
              className="intake-wide"
              value={outcome}
              onChange={setOutcome}
              options={intakeRefusals.map((key) => ({ value: key, label: say(intakeWords[`outcome.${key}`]) }))}
            />
          )}
        </Field>
      </ConfirmForm>
    </Modal>
  )
}

/** Hands it to a village or township of one's own area. */
export function SendIntakeDialog(props: { close: () => void; confirm: (given: { toArea: string }) => Promise<void> }) {
  const t = useT(intakeScreenWords)
  const [toArea, setToArea] = useState('')
  return (
    <Modal open onCancel={props.close} title={t('send')} footer={null} destroyOnHidden width="34rem">
      <ConfirmForm close={props.close} confirmText={t('send')} confirm={() => props.confirm({ toArea })}>
        <Field label={t('sendTo')} isRequired>
          {(control) => <AreaSelect {...control} value={toArea} onChange={setToArea} />}
        </Field>
      </ConfirmForm>
    </Modal>
  )
}
