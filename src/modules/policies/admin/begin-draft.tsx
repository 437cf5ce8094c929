import { Button } from 'antd'
import { useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { ChoiceCards } from '#ui/forms/choice-cards.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { PolicyText } from '../contract.ts'
import { startDraft } from './policy-calls.ts'
import { policyWords, publishWords } from './policy-words.ts'

/** Segments of a county's path: nation 0, province 1, prefecture 2. */
const countyDepth = 3

/** Begins a draft with the content that is shown; who decided it, from which day and by which document is said first. */
export function BeginDraft({ text, openVersion }: { text: PolicyText; openVersion: (versionId: string) => void }) {
  const t = useT(policyWords)
  const [isOpen, setOpen] = useState(false)
  const isCurrent = text.policy.current?.versionId === text.version.versionId
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t(isCurrent ? 'draft' : 'draftFrom')}
      </Button>
      {isOpen ? <Dialog text={text} openVersion={openVersion} close={() => setOpen(false)} /> : null}
    </>
  )
}

function Dialog({ text, openVersion, close }: { text: PolicyText; openVersion: (versionId: string) => void; close: () => void }) {
  const t = useT(policyWords)
  const words = useT(publishWords)
  const { countyName } = useCaller()
  const { policy, version, content, examples } = text
  const depth = version.areaPath.split('.').length - 1
  const isSuperior = depth < countyDepth
  const [whose, setWhose] = useState<'own' | 'superior'>(isSuperior && policy.latitude === 'fixed' ? 'superior' : 'own')
  const [from, setFrom] = useState<string>(() => dayOf(Date.now()))
  const [documentNo, setDocumentNo] = useState('')
  const [documentTitle, setDocumentTitle] = useState(version.documentTitle)
  const areaPath = isSuperior ? (whose === 'superior' ? version.areaPath : undefined) : version.areaPath
  const begin = async () => {
    const draft = await startDraft(policy.key, {
      content,
      examples,
      effectiveFrom: from,
      effectiveTo: null,
      paper: { documentNo: documentNo.trim(), documentTitle, clause: version.clause },
      note: '',
      ...(areaPath === undefined ? {} : { areaPath }),
    })
    openVersion(draft.versionId)
  }
  return (
    <ConfirmDialog isOpen title={t('draft')} confirmText={t('draftBegin')} confirm={begin} close={close}>
      <div className="bf-stack">
        <p>{t('draftText')}</p>
        {isSuperior ? (
          <ChoiceCards<'own' | 'superior'>
            legend={t('draftWhose')}
            chosen={whose}
            choose={setWhose}
            choices={[
              { key: 'own', label: countyName, hint: t(policy.latitude === 'fixed' ? 'draftOwnFixed' : 'draftOwn') },
              { key: 'superior', label: version.areaName, hint: t('draftSuperior') },
            ]}
          />
        ) : null}
        <Field label={words('effectiveFrom')}>
          {(control) => (
            <input
              {...control}
              type="date"
              className="bf-input"
              value={from}
              onChange={(event) => event.target.value !== '' && setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={words('documentNo')} hint={t('draftLater')}>
          {(control) => (
            <input {...control} className="bf-input" value={documentNo} onChange={(event) => setDocumentNo(event.target.value)} />
          )}
        </Field>
        <Field label={words('documentTitle')}>
          {(control) => (
            <input {...control} className="bf-input" value={documentTitle} onChange={(event) => setDocumentTitle(event.target.value)} />
          )}
        </Field>
      </div>
    </ConfirmDialog>
  )
}
