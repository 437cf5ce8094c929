import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '../data/scroll-box.tsx'
import { StatusTag } from '../data/status-tag.tsx'
import { Field } from '../forms/field.tsx'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'
import { Notice, Problem } from './faces.tsx'
import { Loaded } from './loaded.tsx'

/** Who would get how many until when, and what stays. */
export interface SendPreview {
  /** YYYY-MM-DD. */
  readonly dueOn: string
  /** A year on the way to that day whose holidays are not known yet. */
  readonly unknownYear: number | null
  readonly receivers: readonly { key: string; name: string; count: number; isInstead: boolean }[]
  readonly refused: readonly { reason: string }[]
}

interface SendDialogProps {
  /** The choice that is sent: another choice is asked for anew. */
  queryKey: readonly unknown[]
  /** Without a note: only says what would be done. */
  send: (how: { isDryRun: boolean; note?: string }) => Promise<SendPreview>
  texts: {
    title: string
    /** Until when it is to be done. */
    due: (day: string) => string
    /** Heading of the counts. */
    count: string
    /** Why somebody else gets it than usual. */
    instead: string
    none: string
    /** Heads the reasons for what stays. */
    refused: (count: number) => string
    reason: (reason: string) => string
  }
  sent: () => void
  close: () => void
}

/** Who gets how many, until when, and what stays: shown before anything is sent (ux.md D3). */
export function SendDialog({ queryKey, send, texts, sent, close }: SendDialogProps) {
  const ui = useT(uiWords)
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const preview = useQuery({ queryKey: ['send', ...queryKey], queryFn: () => send({ isDryRun: true }), staleTime: 0, gcTime: 0 })
  const total = preview.data?.receivers.reduce((sum, one) => sum + one.count, 0) ?? 0
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await send({ isDryRun: false, ...(note.trim() === '' ? {} : { note: note.trim() }) })
      close()
      sent()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <Modal open onCancel={close} title={texts.title} footer={null} width="42rem">
      <Loaded query={preview} lines={4}>
        {(found) => (
          <div className="bf-stack">
            {total === 0 ? <Notice kind="warning">{texts.none}</Notice> : <p>{texts.due(found.dueOn)}</p>}
            {total === 0 || found.unknownYear === null ? null : (
              <Notice kind="warning">{ui('unknownYear', { year: String(found.unknownYear) })}</Notice>
            )}
            {total === 0 ? null : <Receivers receivers={found.receivers} texts={texts} />}
            <SendRefusals refused={found.refused} texts={texts} />
            {total === 0 ? null : (
              <Field label={ui('sendNote')}>
                {(control) => <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />}
              </Field>
            )}
          </div>
        )}
      </Loaded>
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" disabled={total === 0} loading={isBusy} onClick={() => void run() /* shows its own refusal */}>
          {ui('sendDo', { n: total })}
        </Button>
      </div>
    </Modal>
  )
}

function Receivers({ receivers, texts }: { receivers: SendPreview['receivers']; texts: SendDialogProps['texts'] }) {
  const ui = useT(uiWords)
  return (
    <div className="bf-receivers">
      <ScrollBox>
        <table className="bf-table">
          <thead>
            <tr>
              <th scope="col">{ui('sendWho')}</th>
              <th scope="col" className="bf-number">
                {texts.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {receivers.map((one) => (
              <tr key={`${one.key} ${one.name}`}>
                <td>
                  {one.name} {one.isInstead ? <StatusTag level="amber" text={texts.instead} /> : null}
                </td>
                <td className="bf-number">{one.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  )
}

/** What was refused of many, counted by reason. */
export function SendRefusals(props: { refused: SendPreview['refused']; texts: Pick<SendDialogProps['texts'], 'refused' | 'reason'> }) {
  const { refused, texts } = props
  if (refused.length === 0) return null
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return (
    <Notice kind="warning">
      {texts.refused(refused.length)}
      {[...counts].map(([reason, count]) => `${texts.reason(reason)} ${count}`).join('；')}
    </Notice>
  )
}
