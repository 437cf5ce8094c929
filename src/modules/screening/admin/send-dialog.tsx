import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { SendLeads } from '../contract.ts'
import type { LeadRefusal, SentLeads } from '../rules/lead-records.ts'
import { leadScreenWords } from './lead-screen-words.ts'

export type LeadChoice = Pick<SendLeads, 'leadIds' | 'filter'>

/** Who gets how many, until when, and what cannot be sent: shown before anything is sent (ux.md D3). */
export function SendDialog({ choice, sent, close }: { choice: LeadChoice; sent: () => void; close: () => void }) {
  const t = useT(leadScreenWords)
  const ui = useT(uiWords)
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const send = (isDryRun: boolean) =>
    write<SentLeads>('POST', '/screening/leads/send', {
      ...choice,
      isDryRun,
      ...(note === '' || isDryRun ? {} : { note }),
    } satisfies SendLeads)
  const preview = useQuery({ queryKey: ['screening-send', choice], queryFn: () => send(true), staleTime: 0, gcTime: 0 })
  const total = preview.data?.receivers.reduce((sum, one) => sum + one.count, 0) ?? 0
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await send(false)
      close()
      sent()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <Modal open onCancel={close} title={t('sendTitle')} footer={null} width="42rem">
      <Loaded query={preview} lines={4}>
        {(found) => (
          <div className="bf-stack">
            {total === 0 ? <Notice kind="warning">{t('sendNone')}</Notice> : <p>{t('sendDue', { day: found.dueOn })}</p>}
            {total === 0 ? null : <Receivers found={found} />}
            <Refusals refused={found.refused} />
            {total === 0 ? null : (
              <Field label={t('sendNote')}>
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
          {t('sendDo', { n: total })}
        </Button>
      </div>
    </Modal>
  )
}

function Receivers({ found }: { found: SentLeads }) {
  const t = useT(leadScreenWords)
  return (
    <div className="bf-scroll" style={{ maxHeight: '18rem' }}>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('sendWho')}</th>
            <th scope="col" className="bf-number">
              {t('sendCount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.receivers.map((one) => (
            <tr key={`${one.areaPath} ${one.name}`}>
              <td>
                {one.name} {one.fallsToTownship ? <StatusTag level="amber" text={t('sendFalls')} /> : null}
              </td>
              <td className="bf-number">{one.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const known = new Set(Object.keys(leadScreenWords))

/** What was refused, counted by reason. */
export function Refusals({ refused }: { refused: readonly LeadRefusal[] }) {
  const t = useT(leadScreenWords)
  if (refused.length === 0) return null
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  // Safe: asked in the condition.
  const say = (reason: string) => (known.has(`reason.${reason}`) ? t(`reason.${reason}` as keyof typeof leadScreenWords) : reason)
  return (
    <Notice kind="warning">
      {t('sendRefused', { n: refused.length })}
      {[...counts].map(([reason, count]) => `${say(reason)} ${count}`).join('；')}
    </Notice>
  )
}
