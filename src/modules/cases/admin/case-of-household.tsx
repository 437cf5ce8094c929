import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { Timeline } from '#ui/data/timeline.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseCard, CaseRecord } from '../rules/case-records.ts'
import type { OpenCase } from '../rules/case-requests.ts'
import { actionWords, outcomeWords } from '../rules/case-words.ts'
import { actionsOf } from './case-asks.ts'
import { useCaseEntries } from './case-history.tsx'
import { MissingList } from './case-missing.tsx'
import { CaseDue, CaseTags, useOffice } from './case-parts.tsx'
import { useCaseRecord } from './case-queries.ts'
import { CaseStepper } from './case-stepper.tsx'
import { turnsOf } from './case-story.ts'
import { CaseStyles } from './case-styles.tsx'
import { caseScreenWords } from './case-screen-words.ts'

/** 下一步 of a household: its case with what is missing, how it went in each round, and earlier cases (ux.md D5). */
export function CasesOfHousehold({ householdId }: { householdId: string }) {
  const t = useT(caseScreenWords)
  const mayOpen = useMay('cases.case:open')
  const cases = useQuery({
    queryKey: ['cases', 'of-household', householdId],
    queryFn: () => read<{ items: CaseCard[] }>(`/cases/of-household/${householdId}`),
  })
  return (
    <Loaded query={cases} lines={3}>
      {({ items: [newest, ...earlier] }) => (
        <div className="bf-stack">
          <CaseStyles />
          {newest === undefined ? <p className="bf-quiet">{t('householdNone')}</p> : <NewestCase caseId={newest.caseId} />}
          {mayOpen && (newest === undefined || newest.state === 'ended') ? <OpenCaseButton householdId={householdId} /> : null}
          {earlier.length === 0 ? null : <EarlierCases cases={earlier} />}
        </div>
      )}
    </Loaded>
  )
}

function NewestCase({ caseId }: { caseId: string }) {
  const record = useCaseRecord(caseId)
  return <Loaded query={record}>{(found) => <CaseSummary record={found} />}</Loaded>
}

const fewEntries = 6

function CaseSummary({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const office = useOffice()
  const go = useGo()
  const entries = useCaseEntries()(record)
  const { file, events } = record
  const { main } = actionsOf(record)
  return (
    <>
      <p className="bf-row">
        <CaseTags file={file} />
      </p>
      {file.state === 'ended' ? null : (
        <p>
          {t('held')}：{office(file)} · <CaseDue file={file} />
        </p>
      )}
      <CaseStepper step={file.step} events={events} isSmall />
      {main === undefined ? null : (
        <>
          <p>
            <strong>{say(actionWords[main.action])}</strong>{' '}
            {main.missing.length === 0 ? t('allThere') : t('missingBlocks', { n: main.missing.length })}
          </p>
          <MissingList items={main.missing} />
        </>
      )}
      <div className="bf-row">
        <Button type={main === undefined ? 'default' : 'primary'} onClick={() => go(`/cases/files/${file.caseId}`)}>
          {t('toCase')}
        </Button>
        <span className="bf-quiet bf-figures">{file.caseNo}</span>
      </div>
      <Turns record={record} />
      <Timeline label={t('history')} entries={entries.slice(0, fewEntries)} />
      {entries.length <= fewEntries ? null : (
        <details>
          <summary>{t('olderEntries', { n: entries.length - fewEntries })}</summary>
          <Timeline label={t('history')} entries={entries.slice(fewEntries)} />
        </details>
      )}
    </>
  )
}

/** Identified and eliminated, round by round; only where the household came back. */
function Turns({ record }: { record: CaseRecord }) {
  const t = useT(caseScreenWords)
  const turns = turnsOf(record.events)
  if (turns.length < 2) return null
  return (
    <div>
      <h3>{t('historyOfRounds')}</h3>
      <ul className="case-list-plain">
        {turns.map((turn) => (
          <li key={turn.round}>
            <strong>{t('round', { n: turn.round })}</strong>{' '}
            <span className="bf-figures">
              {[
                t('turnBegan', { day: turn.beganOn }),
                ...(turn.identifiedOn === null ? [] : [t('turnIdentified', { day: turn.identifiedOn })]),
                ...(turn.eliminatedOn === null ? [] : [t('turnEliminated', { day: turn.eliminatedOn })]),
                ...(turn.revertedOn === null ? [] : [t('turnReverted', { day: turn.revertedOn })]),
              ].join(' · ')}
            </span>
            {turn.reason === null ? null : <span className="bf-source">{t('reasonText', { text: turn.reason })}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function EarlierCases({ cases }: { cases: readonly CaseCard[] }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  return (
    <div>
      <h3>{t('earlier')}</h3>
      <ul className="case-list-plain">
        {cases.map((file) => (
          <li key={file.caseId}>
            <PageLink to={`/cases/files/${file.caseId}`}>{file.caseNo}</PageLink>{' '}
            <span className="bf-figures">{t('until', { from: file.openedOn, to: file.endedOn ?? '' })}</span>{' '}
            {file.outcome === null ? null : say(outcomeWords[file.outcome])}
          </li>
        ))}
      </ul>
    </div>
  )
}

function OpenCaseButton({ householdId }: { householdId: string }) {
  const t = useT(caseScreenWords)
  const go = useGo()
  const [isOpen, setOpen] = useState(false)
  const open = async (note: string) => {
    const { caseId } = await write<{ caseId: string }>('POST', '/cases/files', { householdId, source: 'visit', note } satisfies OpenCase)
    go(`/cases/files/${caseId}`)
  }
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t('openCase')}</Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={t('openCaseTitle')}
        confirmText={t('openCase')}
        reason={{ label: t('openCaseNote'), minLength: 2 }}
        confirm={open}
        close={() => setOpen(false)}
      >
        {t('openCaseText')}
      </ConfirmDialog>
    </div>
  )
}
