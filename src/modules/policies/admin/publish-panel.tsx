import { Button } from 'antd'
import { useState } from 'react'
import { isApiError } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyFinding, PolicyText, VersionEvent } from '../contract.ts'
import { checkWords } from './check-words.ts'
import { plainFeel } from './plain-feel.ts'
import { stepDraft, type DraftStep } from './policy-calls.ts'
import { publishWords } from './policy-words.ts'
import { PublishDialog } from './publish-dialog.tsx'
import type { RoomProps } from './room-frame.tsx'
import type { VersionDraft, VersionMeta } from './use-version-draft.ts'
import { VersionList } from './version-list.tsx'

interface PublishPanelProps extends RoomProps {
  draft: VersionDraft
  goToRow: (decision: string, row: number) => void
}

/** Document and days, what stands against publication, who does what, and all versions. */
export function PublishPanel({ text, draft, goToRow, openVersion }: PublishPanelProps) {
  const t = useT(publishWords)
  const { version } = text
  const [refused, setRefused] = useState<readonly PolicyFinding[]>([])
  const isOpen = ['draft', 'returned', 'submitted'].includes(version.state)
  return (
    <>
      <div className="policies-room">
        <Section title={t('paper')}>
          <PaperForm draft={draft} isOpen={version.can.edit} />
        </Section>
        <div className="bf-stack">
          {isOpen ? (
            <Section title={t('before')}>
              <Before findings={withRefused(text.findings, refused)} isDirty={draft.isDirty} goToRow={goToRow} />
              <Steps text={text} draft={draft} noteRefused={setRefused} />
            </Section>
          ) : null}
          {text.events.length === 0 ? null : (
            <Section title={t('history')}>
              <Events events={text.events} />
            </Section>
          )}
        </div>
      </div>
      <Section title={t('versions')}>
        <VersionList text={text} openVersion={openVersion} />
      </Section>
    </>
  )
}

function PaperForm({ draft, isOpen }: { draft: VersionDraft; isOpen: boolean }) {
  const t = useT(publishWords)
  const { meta, setMeta } = draft
  const put = (change: Partial<VersionMeta>) => setMeta({ ...meta, ...change })
  if (!isOpen) return <PaperFacts meta={meta} />
  const paper = (name: keyof VersionMeta['paper'], hint?: string) => (
    <Field label={t(name)} hint={hint}>
      {(control) => (
        <input
          {...control}
          className="bf-input"
          value={meta.paper[name]}
          onChange={(event) => put({ paper: { ...meta.paper, [name]: event.target.value } })}
        />
      )}
    </Field>
  )
  return (
    <div className="bf-form-grid">
      {paper('documentNo', t('documentNoHint'))}
      {paper('documentTitle')}
      {paper('clause')}
      <Field label={t('effectiveFrom')}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="bf-input"
            value={meta.effectiveFrom}
            onChange={(event) => event.target.value !== '' && put({ effectiveFrom: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('effectiveTo')}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="bf-input"
            value={meta.effectiveTo ?? ''}
            onChange={(event) => put({ effectiveTo: event.target.value === '' ? null : event.target.value })}
          />
        )}
      </Field>
      <Field label={t('changeNote')}>
        {(control) => (
          <textarea {...control} className="bf-input" rows={2} value={meta.note} onChange={(event) => put({ note: event.target.value })} />
        )}
      </Field>
    </div>
  )
}

/** Of a version that can no longer be changed. */
function PaperFacts({ meta }: { meta: VersionMeta }) {
  const t = useT(publishWords)
  const { documentNo, documentTitle, clause } = meta.paper
  return (
    <DescriptionList
      items={[
        { key: 'no', label: t('documentNo'), value: documentNo },
        { key: 'title', label: t('documentTitle'), value: documentTitle },
        { key: 'clause', label: t('clause'), value: clause },
        { key: 'from', label: t('effectiveFrom'), value: meta.effectiveFrom },
        { key: 'to', label: t('lastDay'), value: meta.effectiveTo },
        { key: 'note', label: t('changeNote'), value: meta.note },
      ]}
    />
  )
}

const levels = { error: 'red', warning: 'amber', note: 'grey' } as const

/** What the server found in the kept text, as sentences that lead to their row. */
function Before({
  findings: found,
  isDirty,
  goToRow,
}: {
  findings: readonly PolicyFinding[]
  isDirty: boolean
  goToRow: PublishPanelProps['goToRow']
}) {
  const t = useT(publishWords)
  const language = useLanguage()
  const kinds = useT(checkWords)
  const errors = found.filter((one) => one.severity === 'error').length
  const order: PolicyFinding['severity'][] = ['error', 'warning', 'note']
  const findings = [...found].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
  return (
    <div className="bf-stack">
      {isDirty ? <Notice kind="warning">{t('saveFirst')}</Notice> : null}
      {errors === 0 ? <StatusTag level="green" text={t('ready')} /> : <p className="bf-problem">{t('stops', { n: errors })}</p>}
      <ul className="policies-findings">
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.zh}`} className="policies-finding">
            <StatusTag level={levels[finding.severity]} text={kinds(finding.severity)} />
            <p>{plainFeel(finding[language], language)}</p>
            {finding.rows[0] === undefined ? null : (
              <Button size="small" onClick={() => goToRow(finding.decision, (finding.rows[0] ?? 1) - 1)}>
                {t('toRow', { row: finding.rows[0] })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What a step was refused for stands among what was found before: the check of a step looks longer. */
function withRefused(found: readonly PolicyFinding[], refused: readonly PolicyFinding[]): PolicyFinding[] {
  return [...found, ...refused.filter((one) => !found.some((other) => other.zh === one.zh))]
}

/** The findings in a refusal of the server. */
function refusedIn(error: unknown): PolicyFinding[] {
  const problems = isApiError(error) ? error.details['problems'] : undefined
  // Safe: `policies.not-publishable` carries the findings of the check (kernel/server/policies).
  return Array.isArray(problems) ? (problems as PolicyFinding[]).filter((one) => typeof one.zh === 'string') : []
}

/** The steps that the caller may take now; each says beforehand what it does. */
function Steps({ text, draft, noteRefused }: { text: PolicyText; draft: VersionDraft; noteRefused: (refused: PolicyFinding[]) => void }) {
  const t = useT(publishWords)
  const [open, setOpen] = useState<DraftStep | 'publish'>()
  const { version } = text
  const { can } = version
  const errors = text.findings.filter((one) => one.severity === 'error').length
  const close = () => setOpen(undefined)
  const noting = async (sent: Promise<unknown>) => {
    try {
      await sent
    } catch (error) {
      noteRefused(refusedIn(error))
      throw error
    }
  }
  const step = (did: DraftStep) => async (note: string) => {
    await noting(stepDraft(version.versionId, did, { revision: draft.revision, note }))
  }
  return (
    <>
      {version.state === 'submitted' && !can.publish ? <Notice kind="info">{t(can.return ? 'needsAnother' : 'waits')}</Notice> : null}
      <div className="bf-row policies-steps">
        {can.discard ? <Button onClick={() => setOpen('discard')}>{t('discard')}</Button> : null}
        {can.return ? <Button onClick={() => setOpen('return')}>{t('return')}</Button> : null}
        {can.submit ? (
          <Button type="primary" disabled={draft.isDirty} onClick={() => setOpen('submit')}>
            {t('submit')}
          </Button>
        ) : null}
        {can.publish ? (
          <Button type="primary" disabled={errors > 0} onClick={() => setOpen('publish')}>
            {t('publish')}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog isOpen={open === 'submit'} title={t('submitTitle')} confirmText={t('submit')} confirm={step('submit')} close={close}>
        <p>{t('submitText')}</p>
        {errors > 0 ? <p className="bf-problem">{t('submitErrors', { n: errors })}</p> : null}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'return'}
        title={t('returnTitle')}
        confirmText={t('return')}
        reason={{ label: t('returnReason'), minLength: 2 }}
        confirm={step('return')}
        close={close}
      >
        {null}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'discard'}
        title={t('discardTitle')}
        confirmText={t('discard')}
        isDangerous
        confirm={step('discard')}
        close={close}
      >
        {t('discardText')}
      </ConfirmDialog>
      <PublishDialog isOpen={open === 'publish'} text={text} revision={draft.revision} noting={noting} close={close} />
    </>
  )
}

function Events({ events }: { events: readonly VersionEvent[] }) {
  const t = useT(publishWords)
  return (
    <Timeline
      label={t('history')}
      entries={events.map(({ kind, byName, at, note }) => ({
        key: `${kind} ${at}`,
        at: chinaMoment(at),
        title: `${byName} ${t(`event.${kind}`)}`,
        ...(note === '' ? {} : { note }),
        level: kind === 'published' ? 'green' : kind === 'returned' ? 'red' : 'grey',
      }))}
    />
  )
}

/** A moment in China's time as screens write it: 2026-11-22 09:20. */
export function chinaMoment(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
