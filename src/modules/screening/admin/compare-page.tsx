import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { ListExport } from '#ui/data/export-button.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Stepper } from '#ui/feedback/stepper.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ComparisonRun, RunState } from '../contract.ts'
import { beginRun, runsKey, useDemands, useRuns } from './compare-calls.ts'
import { compareWords } from './compare-words.ts'
import { useMonthName, useRuleNames } from './lead-parts.tsx'
import { ListDrop } from './list-drop.tsx'
import { useListUploads } from './list-uploads.ts'
import { areComplete, TermsForm, type RunTerms } from './terms-form.tsx'
import { wizardWords } from './wizard-words.ts'

export const compareSteps = ['stepFiles', 'stepColumns', 'stepRun', 'stepResult'] as const
export const runLevels = { staged: 'amber', running: 'amber', done: 'green', failed: 'red' } as const satisfies Record<RunState, Level>
const kept = 'bangfu.compare-terms'

/** Step 1: what for, and which files (ux.md D8). The run is made with the first file; below, earlier runs. */
export function ComparePage() {
  const t = useT(compareWords)
  const go = useGo()
  const mayCompare = useMay('screening.list:compare')
  const queries = useQueryClient()
  const [terms, setTerms] = useState<RunTerms>(lastTerms)
  const run = useRef<Promise<{ runId: string }>>(undefined)
  const runs = useRuns()
  const runId = async () => {
    const { month, ...rest } = terms
    run.current ??= beginRun({ month, terms: rest })
    try {
      return (await run.current).runId
    } catch (fault) {
      run.current = undefined // the next file tries again
      throw fault
    }
  }
  const [begun, setBegun] = useState<string>()
  const uploads = useListUploads(runId, (id, isLast) => {
    setBegun(id)
    keepTerms(terms)
    void queries.invalidateQueries({ queryKey: runsKey }) // the list shows its own failure
    if (isLast) go(`/screening/compare/${id}`)
  })
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={<ListExport needs="screening.list:compare" lists={[{ label: t('runs'), path: '/screening/runs/export' }]} />}
      actions={
        begun === undefined ? undefined : (
          <Button type="primary" onClick={() => go(`/screening/compare/${begun}`)}>
            {t('next')}
          </Button>
        )
      }
    >
      {mayCompare ? (
        <>
          <Stepper label={t('steps')} steps={compareSteps.map((step) => t(step))} current={0} />
          <Section title={t('newRun')}>
            <TermsForm terms={terms} change={setTerms} />
            <DemandNote />
          </Section>
          <ListDrop uploads={uploads.uploads} add={uploads.add} drop={uploads.drop} isDisabled={!areComplete(terms)} />
        </>
      ) : null}
      <Section title={t('runs')}>
        <Loaded query={runs}>{({ items }) => (items.length === 0 ? <EmptyFace todo={t('noRuns')} /> : <RunTable runs={items} />)}</Loaded>
      </Section>
    </PageFrame>
  )
}

/** Says which lists leave out who has no authorisation, where there are any. */
function DemandNote() {
  const w = useT(wizardWords)
  const names = useRuleNames()
  const demanded = (useDemands().data?.items ?? []).filter((one) => one.isDemanded)
  if (demanded.length === 0) return null
  return (
    <p className="bf-quiet">
      {w('demanded', { lists: demanded.map((one) => names.list(one.list)).join('、') })}{' '}
      <PageLink to="/screening/authorisations">{w('seeAuthorisations')}</PageLink>
    </p>
  )
}

function RunTable({ runs }: { runs: readonly ComparisonRun[] }) {
  const t = useT(compareWords)
  const monthName = useMonthName()
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('started')}</th>
            <th scope="col" className="bf-number">
              {t('rows')}
            </th>
            <th scope="col" className="bf-number">
              {t('leads')}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.runId}>
              <td>
                <PageLink to={`/screening/compare/${run.runId}`}>{monthName(run.month)}</PageLink>
              </td>
              <td>
                <StatusTag level={runLevels[run.state]} text={t(`state.${run.state}`)} />
              </td>
              <td className="bf-figures">{run.startedAt}</td>
              <td className="bf-number">{run.rowsRead.toLocaleString('en')}</td>
              <td className="bf-number">
                <PageLink to="/screening/leads" search={{ view: 'all', month: run.month }}>
                  {run.leads.toLocaleString('en')}
                </PageLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** What was written last time in this browser: offices and documents, no person. The month is the one before this. */
function lastTerms(): RunTerms {
  const now = new Date()
  const before = new Date(now.getFullYear(), now.getMonth() - 1, 1)
  const month = `${before.getFullYear()}${String(before.getMonth() + 1).padStart(2, '0')}`
  const empty = { month, sender: '', sharingItem: '', purpose: '', legalBasis: '', expiresOn: '', retentionDays: 0 }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(kept) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return empty
    const text = (name: string) => {
      const value: unknown = Reflect.get(stored, name)
      return typeof value === 'string' ? value : ''
    }
    const days: unknown = Reflect.get(stored, 'retentionDays')
    return {
      month,
      sender: text('sender'),
      sharingItem: text('sharingItem'),
      purpose: text('purpose'),
      legalBasis: text('legalBasis'),
      expiresOn: text('expiresOn'),
      retentionDays: typeof days === 'number' ? days : 0,
    }
  } catch {
    return empty
  }
}

function keepTerms({ month: _ofThisRun, ...terms }: RunTerms): void {
  try {
    localStorage.setItem(kept, JSON.stringify(terms))
  } catch {
    // a private window may refuse to store: next month it is written again
  }
}
