import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { SendFindings } from '../contract.ts'
import type { SentFindings } from '../rules/worklist-records.ts'
import { qualityWords } from './quality-words.ts'

export type FindingChoice = Pick<SendFindings, 'findingIds' | 'filter'>

/** Who gets how many, until when, and what stays: shown before anything is sent. */
export function SendDialog({ choice, sent, close }: { choice: FindingChoice; sent: () => void; close: () => void }) {
  const t = useT(qualityWords)
  const ui = useT(uiWords)
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const send = (isDryRun: boolean) =>
    write<SentFindings>('POST', '/quality/findings/send', {
      ...choice,
      isDryRun,
      ...(note.trim() === '' || isDryRun ? {} : { note: note.trim() }),
    } satisfies SendFindings)
  const preview = useQuery({ queryKey: ['quality-send', choice], queryFn: () => send(true), staleTime: 0, gcTime: 0 })
  const total = preview.data?.receivers.reduce((sum, one) => sum + one.count, 0) ?? 0
  const run = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await send(false)
      close()
      sent()
      void queries.invalidateQueries({ queryKey: ['quality'] }) // lists and counts are read again
      void queries.invalidateQueries({ queryKey: ['today'] })
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

function Receivers({ found }: { found: SentFindings }) {
  const t = useT(qualityWords)
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

const isKnown = (key: string): key is keyof typeof qualityWords => key in qualityWords

/** What stays, counted by reason. */
function Refusals({ refused }: { refused: SentFindings['refused'] }) {
  const t = useT(qualityWords)
  if (refused.length === 0) return null
  const counts = new Map<string, number>()
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const say = (reason: string) => {
    const key = `reason.${reason}`
    return isKnown(key) ? t(key) : reason
  }
  return (
    <Notice kind="warning">
      {t('sendRefused', { n: refused.length })}
      {[...counts].map(([reason, count]) => `${say(reason)} ${count}`).join('；')}
    </Notice>
  )
}
