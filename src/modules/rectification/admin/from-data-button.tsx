import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import { fromDataWords } from './from-data-words.ts'
import { useCampaigns } from './queries.ts'

interface Made {
  readonly campaignId: string
  readonly added: number
  readonly reopened: number
  readonly known: number
}
type Chosen = { readonly findingIds: readonly string[] } | { readonly leadIds: readonly string[] }

/** Findings as problems; hung into the pages of quality. */
export function FindingsToProblems({ findingIds, done }: { findingIds: readonly string[]; done: () => void }) {
  return <FromDataButton chosen={{ findingIds }} done={done} />
}

/** Leads as problems; hung into the pages of screening. */
export function LeadsToProblems({ leadIds, done }: { leadIds: readonly string[]; done: () => void }) {
  return <FromDataButton chosen={{ leadIds }} done={done} />
}

function FromDataButton({ chosen, done }: { chosen: Chosen; done: () => void }) {
  const t = useT(fromDataWords)
  const [isOpen, setOpen] = useState(false)
  const [isDone, setDone] = useState(false)
  const n = 'findingIds' in chosen ? chosen.findingIds.length : chosen.leadIds.length
  const close = () => {
    setOpen(false)
    // Only now: reading the list again takes the page's choice, and this dialog, away.
    if (isDone) done()
    setDone(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('button')}</Button>
      <Modal
        open={isOpen}
        onCancel={close}
        title={t('findingIds' in chosen ? 'findings' : 'leads', { n })}
        footer={null}
        destroyOnHidden
        width="34rem"
      >
        <FromDataForm chosen={chosen} made={() => setDone(true)} close={close} />
      </Modal>
    </>
  )
}

const fresh = 'new'

function FromDataForm({ chosen, made, close }: { chosen: Chosen; made: () => void; close: () => void }) {
  const t = useT(fromDataWords)
  const ui = useT(uiWords)
  const queries = useQueryClient()
  const campaigns = useCampaigns()
  const [picked, setPicked] = useState('')
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const [result, setResult] = useState<Made>()
  const items = campaigns.data?.items ?? []
  const campaign = picked === '' ? (items[0]?.campaignId ?? fresh) : picked
  const isReady = campaigns.data !== undefined && (campaign !== fresh || name.trim().length >= 2)
  const submit = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const campaignId = campaign === fresh ? await addCampaign(name.trim()) : campaign
      const path = `/rectification/problems/${'findingIds' in chosen ? 'from-findings' : 'from-leads'}`
      setResult({ ...(await write<Omit<Made, 'campaignId'>>('POST', path, { campaignId, ...chosen })), campaignId })
      made()
      void queries.invalidateQueries({ queryKey: ['rectification'] }) // lists and counts are read again
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  if (result !== undefined)
    return (
      <div className="bf-stack">
        <Notice kind="success">{t('done', { added: result.added, reopened: result.reopened, known: result.known })}</Notice>
        <div className="bf-dialog-actions">
          <PageLink to="/rectification/problems" search={{ campaignId: result.campaignId, view: 'open' }}>
            {t('open')}
          </PageLink>
          <Button onClick={close}>{t('close')}</Button>
        </div>
      </div>
    )
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isBusy) void submit() // shows its own refusal
      }}
    >
      <p>{t('note')}</p>
      <Field label={t('campaign')} isRequired>
        {(control) => (
          <Select
            {...control}
            loading={campaigns.isPending}
            value={campaigns.data === undefined ? null : campaign}
            onChange={setPicked}
            options={[...items.map((one) => ({ value: one.campaignId, label: one.name })), { value: fresh, label: t('another') }]}
          />
        )}
      </Field>
      {campaign === fresh ? (
        <Field label={t('newCampaign')} isRequired>
          {(control) => (
            <input {...control} className="bf-input" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      ) : null}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}

async function addCampaign(name: string): Promise<string> {
  // The local day of the office.
  const startedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  return (await write<{ campaignId: string }>('POST', '/rectification/campaigns', { name, documentNo: '', startedOn })).campaignId
}
