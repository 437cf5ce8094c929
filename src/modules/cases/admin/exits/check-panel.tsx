import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CaseCheck, CheckSheet } from '../../rules/exits/check-records.ts'
import { MissingList } from '../case-missing.tsx'
import { CheckFlags } from './check-flags.tsx'
import { CheckNoteForm } from './check-note-form.tsx'
import { checkScreenWords } from './check-screen-words.ts'
import { IncomeStyles } from '../income/income-styles.tsx'

/** The department check of a case: who was asked about whom, what came, what was found and what it means. */
export function CheckPanel({ caseId }: { caseId: string }) {
  const found = useQuery({ queryKey: ['cases', 'checks', caseId], queryFn: () => read<CheckSheet>(`/cases/files/${caseId}/checks`) })
  return (
    <Loaded query={found} lines={4}>
      {(sheet) => <Check sheet={sheet} />}
    </Loaded>
  )
}

function Check({ sheet }: { sheet: CheckSheet }) {
  const t = useT(checkScreenWords)
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const departments = sheet.missing.filter(({ code }) => code === 'check.department')
  return (
    <div className="bf-stack">
      <IncomeStyles />
      {sheet.isExempt ? <Notice kind="info">{t('exempt')}</Notice> : <Matrix sheet={sheet} />}
      {sheet.isExempt ? null : departments.length === 0 ? (
        <p>● {t('complete')}</p>
      ) : (
        <details>
          <summary>{`${t('missing')}（${departments.length}）`}</summary>
          <MissingList items={departments} />
        </details>
      )}
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      {isOpen ? (
        <CheckNoteForm
          sheet={sheet}
          close={(done) => {
            setOpen(false)
            if (done !== undefined) setSaid(t(done.kept > 0 ? 'savedKept' : 'saved', done))
          }}
        />
      ) : sheet.can.note && departments.length > 0 ? (
        <div className="bf-row">
          <Button onClick={() => setOpen(true)}>{t('note')}</Button>
          <PageLink to="/cases/checks">{t('toMany')}</PageLink>
        </div>
      ) : null}
      <CheckFlags sheet={sheet} />
      {sheet.advice === null ? null : (
        <p className="bf-quiet">
          {t('advice')}：{sheet.advice.join('；')}
        </p>
      )}
    </div>
  )
}

/** Departments × members; a result that came stands with its day. */
function Matrix({ sheet }: { sheet: CheckSheet }) {
  const t = useT(checkScreenWords)
  const held = sheet.checks.filter(({ withdrawnReason }) => withdrawnReason === null)
  const at = (department: string, personId: string) => held.find((one) => one.department === department && one.personId === personId)
  return (
    <ScrollBox>
      <table className="bf-table check-matrix" aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col">{t('department')}</th>
            {sheet.members.map(({ personId, name }) => (
              <th key={personId} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.departments.map((department) => (
            <tr key={department}>
              <th scope="row">{department}</th>
              {sheet.members.map(({ personId }) => (
                <td key={personId}>
                  <Cell check={at(department, personId)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Cell({ check }: { check: CaseCheck | undefined }) {
  const t = useT(checkScreenWords)
  if (check === undefined) return <span className="bf-quiet">{t('notAsked')}</span>
  const { result, requestedOn, cameOn } = check
  if (result === null) return <StatusTag level="grey" text={t('waiting', { day: requestedOn })} />
  return (
    <span className="check-cell">
      <StatusTag level={result === 'nothing' ? 'green' : 'amber'} text={t(result)} />
      <span className="bf-source bf-figures">{t('came', { day: cameOn ?? '' })}</span>
    </span>
  )
}
