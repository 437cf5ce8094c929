import { Button } from 'antd'
import { useState } from 'react'
import { upload, write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { AppliedImport, StagedImport } from '../rules/import-records.ts'
import type { SourceKind } from '../rules/problem-sources.ts'
import { sourceWords } from '../rules/problem-words.ts'
import { AddCampaignButton, SourceField } from './add-forms.tsx'
import { MendRows } from './import-mend.tsx'
import { CampaignField } from './campaign-field.tsx'
import { importRowWords, screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'

/** An existing ledger from a file or a paste: read, shown, then written whole or not at all. */
export function ImportPage() {
  const t = useT(screenWords)
  const [campaignId, setCampaignId] = useState('')
  const [sourceKind, setSourceKind] = useState<SourceKind>('inspection')
  const [text, setText] = useState('')
  const [staged, setStaged] = useState<StagedImport>()
  const [applied, setApplied] = useState<AppliedImport>()
  const [error, setError] = useState<unknown>()
  const send = async (file: File | undefined) => {
    if (file === undefined || campaignId === '') return
    setError(undefined)
    setApplied(undefined)
    try {
      setStaged(await upload<StagedImport>('/rectification/imports', file, { query: { campaignId, sourceKind } }))
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <PageFrame title={t('importTitle')} note={t('importNote')} extra={<AddCampaignButton />}>
      <RectificationStyles />
      <div className="bf-filters">
        <CampaignField label={t('campaign')} value={campaignId} change={setCampaignId} />
        <SourceField label={t('fallback')} value={sourceKind} change={setSourceKind} />
      </div>
      {applied === undefined ? null : (
        <Notice kind="success">
          {t('applied', { added: applied.added, known: applied.known, left: applied.left })}{' '}
          <PageLink to="/rectification/problems" search={{ campaignId, view: 'all' }}>
            {t('toLedger')}
          </PageLink>
        </Notice>
      )}
      {staged === undefined ? (
        <Section>
          {campaignId === '' ? <p className="bf-quiet">{t('needCampaign')}</p> : null}
          <FileDrop
            label={t('importFile')}
            accept=".xlsx,.xls,.csv,.txt"
            isDisabled={campaignId === ''}
            onFiles={([file]) => void send(file) /* shows its own refusal */}
          />
          <Field label={t('paste')}>
            {(control) => (
              <textarea {...control} className="bf-input" rows={4} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          <Button
            disabled={campaignId === '' || text.trim() === ''}
            onClick={() => void send(new File([text], '粘贴.txt', { type: 'text/plain' })) /* as above */}
          >
            {t('readPaste')}
          </Button>
        </Section>
      ) : (
        <Staged
          staged={staged}
          changed={setStaged}
          ended={(outcome) => {
            setStaged(outcome?.rest)
            setApplied(outcome)
          }}
        />
      )}
      <Problem error={error} />
    </PageFrame>
  )
}

interface StagedProps {
  staged: StagedImport
  /** Rows were mended. */
  changed: (staged: StagedImport) => void
  ended: (applied: AppliedImport | undefined) => void
}

function Staged({ staged, changed, ended }: StagedProps) {
  const t = useT(screenWords)
  const say = useSay()
  const [error, setError] = useState<unknown>()
  const { counts, bad, columns, importId } = staged
  const apply = async (leaveBad: boolean) =>
    ended(await write<AppliedImport>('POST', `/rectification/imports/${importId}/apply`, { leaveBad }))
  const discard = async () => {
    await write('POST', `/rectification/imports/${importId}/discard`, {})
    ended(undefined)
  }
  const doIt = (work: () => Promise<void>) => void work().catch(setError) // shown below
  const notes = Object.entries(counts.notes)
  return (
    <Section title={staged.fileName}>
      <p>
        <strong>{t('readResult', { ...counts, notes: '' })}</strong>
      </p>
      <p className="bf-quiet">{`${t('columnsFound')}：${columns.map(({ label, column }) => `${column} ${label}`).join('、')}`}</p>
      {notes.length === 0 ? null : (
        <ul className="bf-lines">
          {notes.map(([note, n]) => (
            <li key={note}>{`${say(importRowWords[note as keyof typeof importRowWords])}：${String(n)}`}</li> // Safe: the words hold every note
          ))}
        </ul>
      )}
      {bad.length === 0 ? null : <MendRows key={bad.map(({ row }) => row).join(' ')} staged={staged} mended={changed} />}
      {counts.good === 0 ? null : <FirstRows staged={staged} />}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={() => doIt(discard)}>{t('discard')}</Button>
        <Button type="primary" disabled={counts.good === 0} onClick={() => doIt(() => apply(bad.length > 0))}>
          {t(bad.length > 0 ? 'applyGood' : 'apply', { n: counts.good })}
        </Button>
      </div>
    </Section>
  )
}

function FirstRows({ staged: { head } }: { staged: StagedImport }) {
  const t = useT(screenWords)
  const say = useSay()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a table that is wider than the page must be moved by the arrows
    <div className="bf-scroll" tabIndex={0} role="group" aria-label={t('firstRows')}>
      <table className="bf-table">
        <caption>{t('firstRows')}</caption>
        <thead>
          <tr>
            {[t('problem'), t('source'), t('class'), t('place'), t('unit'), t('due'), t('state')].map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.slice(0, 20).map((row) => (
            <tr key={row.row}>
              <td>{row.description}</td>
              <td>{say(sourceWords[row.sourceKind])}</td>
              <td>{row.class}</td>
              <td>{row.place}</td>
              <td>{[row.unitName, row.headName ?? ''].filter((part) => part !== '').join(' · ')}</td>
              <td>{row.dueOn ?? '—'}</td>
              <td>{row.isDone ? t('isDone') : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
