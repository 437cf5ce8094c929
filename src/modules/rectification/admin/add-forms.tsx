import { Button, Modal, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { sourceKinds, type SourceKind } from '../rules/problem-sources.ts'
import { sourceWords } from '../rules/problem-words.ts'
import { CampaignField } from './campaign-field.tsx'
import { useCampaigns } from './queries.ts'
import { screenWords } from './screen-words.ts'

/** A dialog with a form: its button, its fields, and the refusal. */
export function FormButton(props: { label: string; isReady: boolean; submit: () => Promise<void>; children: ReactNode }) {
  const { label, isReady, submit, children } = props
  const t = useT(screenWords)
  const ui = useT(uiWords)
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const send = async () => {
    if (!isReady || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      await submit()
      setOpen(false)
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Modal open={isOpen} onCancel={() => setOpen(false)} title={label} footer={null} destroyOnHidden width="36rem">
        <form
          className="bf-stack"
          onSubmit={(event) => {
            event.preventDefault()
            void send() // shows its own refusal
          }}
        >
          {children}
          <Problem error={error} />
          <div className="bf-dialog-actions">
            <Button onClick={() => setOpen(false)}>{ui('cancel')}</Button>
            <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
              {t('save')}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}

export function TextField(props: {
  label: string
  hint?: string
  value: string
  change: (value: string) => void
  isRequired?: boolean
  type?: 'text' | 'date'
}) {
  const { label, hint, value, change, isRequired = false, type = 'text' } = props
  return (
    <Field label={label} hint={hint} isRequired={isRequired}>
      {(control) => (
        <input
          {...control}
          className="bf-input"
          type={type}
          maxLength={100}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  )
}

/** Opens a campaign under which problems are listed. */
export function AddCampaignButton() {
  const t = useT(screenWords)
  const go = useGo()
  const [name, setName] = useState('')
  const [documentNo, setDocumentNo] = useState('')
  const [dueOn, setDueOn] = useState('')
  const submit = async () => {
    // The local day of the office.
    const startedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const body = { name: name.trim(), documentNo: documentNo.trim(), startedOn, ...(dueOn === '' ? {} : { dueOn }) }
    const { campaignId } = await write<{ campaignId: string }>('POST', '/rectification/campaigns', body)
    go('/rectification/problems', { campaignId, view: 'all' })
  }
  return (
    <FormButton label={t('addCampaign')} isReady={name.trim().length >= 2} submit={submit}>
      <TextField label={t('name')} hint={t('nameHint')} value={name} change={setName} isRequired />
      <TextField label={t('documentNo')} value={documentNo} change={setDocumentNo} />
      <TextField label={t('dueOn')} value={dueOn} change={setDueOn} type="date" />
    </FormButton>
  )
}

/** Writes one problem down. */
export function AddProblemButton({ campaignId: chosen }: { campaignId: string }) {
  const t = useT(screenWords)
  const go = useGo()
  const [draft, setDraft] = useState({
    campaignId: '',
    class: '',
    description: '',
    requirement: '',
    householdNo: '',
    areaPath: '',
    subject: '',
  })
  const [sourceKind, setSourceKind] = useState<SourceKind>('inspection')
  const campaigns = useCampaigns()
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }))
  const campaignId = draft.campaignId === '' ? chosen : draft.campaignId
  const isReady =
    campaignId !== '' &&
    draft.class.trim() !== '' &&
    draft.description.trim().length >= 2 &&
    (draft.householdNo.trim() !== '' || draft.areaPath !== '')
  const submit = async () => {
    const said = Object.fromEntries(Object.entries(draft).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])))
    const { problemId } = await write<{ problemId: string }>('POST', '/rectification/problems', { ...said, campaignId, sourceKind })
    go(`/rectification/problems/${problemId}`)
  }
  return (
    <FormButton label={t('add')} isReady={isReady} submit={submit}>
      <CampaignField label={t('campaign')} value={campaignId} change={(value) => change({ campaignId: value })} />
      <SourceField value={sourceKind} change={setSourceKind} />
      <Field label={t('class')} isRequired>
        {(control) => (
          <>
            <input
              {...control}
              className="bf-input"
              list="rect-classes"
              maxLength={60}
              value={draft.class}
              onChange={(event) => change({ class: event.target.value })}
            />
            <datalist id="rect-classes">
              {(campaigns.data?.classes ?? []).map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('description')} isRequired>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={3}
            maxLength={2000}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        )}
      </Field>
      <TextField
        label={t('householdNo')}
        hint={t('householdHint')}
        value={draft.householdNo}
        change={(householdNo) => change({ householdNo })}
      />
      <Field label={t('place')}>
        {(control) => <AreaSelect {...control} value={draft.areaPath} onChange={(areaPath) => change({ areaPath })} />}
      </Field>
      <TextField label={t('subject')} value={draft.subject} change={(subject) => change({ subject })} />
      <TextField label={t('requirement')} value={draft.requirement} change={(requirement) => change({ requirement })} />
    </FormButton>
  )
}

/** Where a problem comes from. */
export function SourceField({ value, change, label }: { value: SourceKind; change: (kind: SourceKind) => void; label?: string }) {
  const t = useT(screenWords)
  const say = useSay()
  return (
    <Field label={label ?? t('source')} isRequired>
      {(control) => (
        <Select<SourceKind>
          {...control}
          value={value}
          onChange={change}
          options={sourceKinds.map((kind) => ({ value: kind, label: say(sourceWords[kind]) }))}
        />
      )}
    </Field>
  )
}
