import { Button } from 'antd'
import { useState } from 'react'
import { download } from '#kernel/browser/api/index.ts'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { stepWords } from '../../rules/case-words.ts'
import type { CaseStep } from '../../rules/case-steps.ts'
import type { CasePapers, PaperRecord } from '../../rules/papers/paper-records.ts'
import { today } from '../case-visits.tsx'
import { PaperPages } from './paper-pages.tsx'
import { pagesPath, useCasePapers } from './paper-queries.ts'
import { paperScreenWords } from './paper-screen-words.ts'
import { SendPages } from './paper-send.tsx'
import { PaperStyles, Unseen } from './paper-styles.tsx'

/** 文书和附件 of a case: print, sign, photograph; what was photographed can be looked at. */
export function PaperPanel({ caseId }: { caseId: string }) {
  const t = useT(paperScreenWords)
  const papers = useCasePapers(caseId)
  return (
    <Section title={t('title')}>
      <PaperStyles />
      <Loaded query={papers} lines={4}>
        {(found) => <Papers caseId={caseId} found={found} />}
      </Loaded>
    </Section>
  )
}

function Papers({ caseId, found }: { caseId: string; found: CasePapers }) {
  const t = useT(paperScreenWords)
  const now = found.papers.filter((paper) => paper.step === found.step)
  const earlier = found.papers.filter((paper) => paper.step !== found.step)
  return (
    <div className="bf-stack">
      {now.length === 0 ? <p className="bf-quiet">{t('none')}</p> : <PaperList caseId={caseId} papers={now} />}
      {earlier.length === 0 ? null : (
        <details className="paper-earlier">
          <summary>{t('earlier', { n: earlier.length })}</summary>
          <PaperList caseId={caseId} papers={earlier} />
        </details>
      )}
      <Evidence caseId={caseId} found={found} />
    </div>
  )
}

function PaperList({ caseId, papers }: { caseId: string; papers: readonly PaperRecord[] }) {
  return (
    <ul className="paper-list">
      {papers.map((paper) => (
        <PaperRow key={`${paper.step} ${paper.key}`} caseId={caseId} paper={paper} />
      ))}
    </ul>
  )
}

const levels: Readonly<Record<PaperRecord['state'], Level>> = { 'not-printed': 'grey', printed: 'amber', signed: 'green' }

function PaperRow({ caseId, paper }: { caseId: string; paper: PaperRecord }) {
  const t = useT(paperScreenWords)
  const say = useSay()
  const name = say(paper)
  // Safe: the server names steps.
  const step = say(stepWords[paper.step as CaseStep])
  const told = [
    step,
    paper.isAsked ? t('asked') : t('offered'),
    paper.signedOn !== null ? t('signedOn', { day: paper.signedOn }) : '',
    paper.signedOn === null && paper.printedAt !== null
      ? t('printedBy', { name: paper.printedName ?? '', day: dayOf(paper.printedAt) })
      : '',
  ]
  return (
    <li>
      <div className="paper-head">
        <strong>{name}</strong> <StatusTag level={levels[paper.state]} text={t(`state.${paper.state}`)} />
        <span className="bf-source">{told.filter((part) => part !== '').join(' · ')}</span>
      </div>
      <PaperPages pages={paper.pages} titleOf={(n) => t('lookTitle', { name, n })} canWithdraw={paper.canFile} />
      <PaperActions caseId={caseId} paper={paper} name={name} />
    </li>
  )
}

function PaperActions({ caseId, paper, name }: { caseId: string; paper: PaperRecord; name: string }) {
  const t = useT(paperScreenWords)
  const [busy, setBusy] = useState('')
  const [error, setError] = useState<unknown>()
  const [signedOn, setSignedOn] = useState<string>()
  const print = async (format: 'docx' | 'pdf') => {
    setBusy(format)
    setError(undefined)
    await download(`/cases/files/${caseId}/papers/${encodeURIComponent(paper.key)}`, { format }).catch(setError)
    setBusy('')
  }
  return (
    <div className="bf-row paper-actions">
      {paper.canPrint ? (
        <>
          <Button loading={busy === 'docx'} onClick={() => void print('docx') /* shows its own refusal */}>
            {t('word')}
            <Unseen text={name} />
          </Button>
          <Button loading={busy === 'pdf'} onClick={() => void print('pdf') /* shows its own refusal */}>
            {t('pdf')}
            <Unseen text={name} />
          </Button>
          {paper.canPrintWhole ? <PrintWhole caseId={caseId} paper={paper} name={name} /> : null}
        </>
      ) : (
        <span className="bf-quiet">{t('own')}</span>
      )}
      {paper.canFile ? (
        <>
          <SendPages
            text={paper.pages.length === 0 ? t('file') : t('fileMore')}
            label={t('fileOf', { name })}
            path={pagesPath(caseId, paper)}
            query={signedOn === undefined || signedOn === '' ? {} : { signedOn }}
            isPrimary={paper.isAsked && paper.pages.length === 0}
          />
          {signedOn === undefined ? (
            <Button type="link" onClick={() => setSignedOn(today())}>
              {t('signedOther')}
              <Unseen text={name} />
            </Button>
          ) : (
            <Field label={t('signedOnLabel')}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  className="bf-input"
                  max={today()}
                  value={signedOn}
                  onChange={(event) => setSignedOn(event.target.value)}
                />
              )}
            </Field>
          )}
        </>
      ) : null}
      <Problem error={error} />
    </div>
  )
}

/** Prints with whole identity numbers, after a reason that is kept. */
function PrintWhole({ caseId, paper, name }: { caseId: string; paper: PaperRecord; name: string }) {
  const t = useT(paperScreenWords)
  const [isOpen, setOpen] = useState(false)
  const print = (reason: string) =>
    download(`/cases/files/${caseId}/papers/${encodeURIComponent(paper.key)}/whole`, { format: 'pdf', reason })
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {t('whole')}
        <Unseen text={name} />
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={t('whole')}
        confirmText={t('wholePrint')}
        reason={{ label: t('wholeReason'), minLength: 4 }}
        confirm={print}
      >
        {t('wholeAsk', { name })}
      </ConfirmDialog>
    </>
  )
}

function Evidence({ caseId, found }: { caseId: string; found: CasePapers }) {
  const t = useT(paperScreenWords)
  return (
    <div className="paper-evidence">
      <strong>{t('evidence')}</strong>
      {found.attachments.length === 0 ? <span className="bf-quiet">{t('noEvidence')}</span> : null}
      <PaperPages pages={found.attachments} titleOf={(n) => t('evidenceTitle', { n })} canWithdraw={found.can.file} />
      {found.can.file ? <SendPages text={t('addEvidence')} label={t('addEvidence')} path={`/cases/files/${caseId}/attachments`} /> : null}
    </div>
  )
}

/** The county's day of a moment. */
function dayOf(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
}
