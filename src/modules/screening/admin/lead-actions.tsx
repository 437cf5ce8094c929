import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CloseLeads, ReturnLead } from '../contract.ts'
import type { LeadFile } from '../rules/lead-records.ts'
import { OtherLeadActions } from './lead-other-actions.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { SendLeadsDialog } from './send-dialog.tsx'

/** What may be done with a lead besides answering it; each button is there only where the server says so. */
export function LeadActions({ lead, done }: { lead: LeadFile; done: () => void }) {
  const t = useT(leadScreenWords)
  const [open, setOpen] = useState<'send' | 'return' | 'close'>()
  const { can } = lead
  const giveBack = async (note: string) => {
    await write('POST', `/screening/leads/${lead.leadId}/return`, { revision: lead.revision, note } satisfies ReturnLead)
    done()
  }
  const finish = async (note: string) => {
    await write('POST', '/screening/leads/close', { leadIds: [lead.leadId], ...(note === '' ? {} : { note }) } satisfies CloseLeads)
    done()
  }
  const returnTitle = t(lead.state === 'answered' ? 'returnToVillage' : 'returnToTownship')
  return (
    <div className="bf-page-actions">
      <OtherLeadActions leadIds={[lead.leadId]} done={done} />
      {can.return ? <Button onClick={() => setOpen('return')}>{returnTitle}</Button> : null}
      {can.send ? (
        <Button type="primary" onClick={() => setOpen('send')}>
          {t('sendChosen')}
        </Button>
      ) : null}
      {can.close ? (
        <Button type="primary" onClick={() => setOpen('close')}>
          {t('closeChosen')}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={open === 'return'}
        title={returnTitle}
        confirmText={returnTitle}
        reason={{ label: t('returnReason'), minLength: 2 }}
        confirm={giveBack}
        close={() => setOpen(undefined)}
      >
        {t('returnText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'close'}
        title={t('closeTitle', { n: 1 })}
        confirmText={t('closeChosen')}
        reason={{ label: t('closeNote'), minLength: 0 }}
        confirm={finish}
        close={() => setOpen(undefined)}
      >
        {t('closeText')}
      </ConfirmDialog>
      {open === 'send' ? <SendLeadsDialog choice={{ leadIds: [lead.leadId] }} sent={done} close={() => setOpen(undefined)} /> : null}
    </div>
  )
}
