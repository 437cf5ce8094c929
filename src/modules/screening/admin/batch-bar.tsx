import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { SendRefusals } from '#ui/feedback/send-dialog.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CloseLeads, LeadFilter } from '../contract.ts'
import type { ClosedLeads } from '../rules/lead-records.ts'
import type { InboxView } from './lead-queries.ts'
import { OtherLeadActions } from './lead-other-actions.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { SendLeadsDialog, useRefusalTexts, type LeadChoice } from './send-dialog.tsx'

interface BatchBarProps {
  filter: LeadFilter
  text: string
  view: InboxView
  chosen: readonly string[]
  clear: () => void
}

/** Many leads at once: send the chosen or all that are new, close the chosen; refusals are said one by one. */
export function BatchBar({ filter, text, view, chosen, clear }: BatchBarProps) {
  const t = useT(leadScreenWords)
  const refusals = useRefusalTexts()
  const queries = useQueryClient()
  const [choice, setChoice] = useState<LeadChoice>()
  const [isClosing, setClosing] = useState(false)
  const [closed, setClosed] = useState<ClosedLeads>()
  const maySend = useMay('screening.lead:assign')
  const mayPrint = useMay('screening.visit-list:print')
  const refresh = () => {
    clear()
    void queries.invalidateQueries({ queryKey: ['screening'] }) // lists and counts are read again
    void queries.invalidateQueries({ queryKey: ['today'] })
  }
  const close = async (note: string) => {
    setClosed(
      await write<ClosedLeads>('POST', '/screening/leads/close', {
        leadIds: [...chosen],
        ...(note === '' ? {} : { note }),
      } satisfies CloseLeads),
    )
    refresh()
  }
  if (!maySend && !mayPrint) return null
  const sendsAll = view === 'new' && text === ''
  return (
    <>
      {maySend ? (
        <div className="bf-row">
          <span>{t('chosen', { n: chosen.length })}</span>
          <Button disabled={chosen.length === 0} onClick={() => setClosing(true)}>
            {t('closeChosen')}
          </Button>
          {chosen.length === 0 ? null : <OtherLeadActions leadIds={chosen} done={refresh} />}
          <Button
            disabled={chosen.length === 0}
            type={sendsAll ? 'default' : 'primary'}
            onClick={() => setChoice({ leadIds: [...chosen] })}
          >
            {t('sendChosen')}
          </Button>
          {sendsAll ? (
            <Button type="primary" onClick={() => setChoice({ filter })}>
              {t('sendAllNew')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {closed === undefined ? null : (
        <>
          {closed.closed === 0 ? null : <Notice kind="success">{t('closeDone', { n: closed.closed })}</Notice>}
          <SendRefusals refused={closed.refused} texts={refusals} />
        </>
      )}
      {choice === undefined ? null : <SendLeadsDialog choice={choice} sent={refresh} close={() => setChoice(undefined)} />}
      <ConfirmDialog
        isOpen={isClosing}
        title={t('closeTitle', { n: chosen.length })}
        confirmText={t('closeChosen')}
        reason={{ label: t('closeNote'), minLength: 0 }}
        confirm={close}
        close={() => setClosing(false)}
      >
        {t('closeText')}
      </ConfirmDialog>
    </>
  )
}
