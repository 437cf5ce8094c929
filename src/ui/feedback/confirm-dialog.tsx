import { Button, Modal } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { Problem } from './faces.tsx'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

interface ConfirmDialogProps {
  isOpen: boolean
  title: string
  /** What will happen: how many, whose, and whether it can be undone. */
  children: ReactNode
  confirmText: string
  isDangerous?: boolean
  /** Asks for a reason of at least this many characters and hands it to `confirm`. */
  reason?: { label: string; minLength: number }
  /** Does it; a refusal is shown in the dialog, which then stays open. */
  confirm: (reason: string) => Promise<void>
  close: () => void
}

/** Asks before something that touches many rows or cannot be taken back; can ask for a reason. */
export function ConfirmDialog({ isOpen, close, title, ...rest }: ConfirmDialogProps) {
  return (
    <Modal open={isOpen} onCancel={close} title={title} footer={null} destroyOnHidden width="34rem">
      <ConfirmForm close={close} {...rest} />
    </Modal>
  )
}

/** The same question inside a dialog that is already open. */
export function ConfirmForm({ children, confirmText, isDangerous, reason, confirm, close }: Omit<ConfirmDialogProps, 'isOpen' | 'title'>) {
  const t = useT(uiWords)
  const [text, setText] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const reasonId = useId()
  const isReady = reason === undefined || text.trim().length >= reason.minLength
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await confirm(text.trim())
      close()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isBusy) void run() // `run` shows its own refusal
      }}
    >
      <div className="bf-dialog-text">{children}</div>
      {reason === undefined ? null : (
        <div className="bf-field">
          <label htmlFor={reasonId}>{reason.label}</label>
          <textarea
            id={reasonId}
            className="bf-input"
            rows={2}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" danger={isDangerous === true} loading={isBusy} disabled={!isReady}>
          {confirmText}
        </Button>
      </div>
    </form>
  )
}
