import { Button } from 'antd'
import { useState } from 'react'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { CaseRecord } from '../rules/case-records.ts'
import { CaseClockPanel } from './case-clocks.tsx'
import { CaseHead } from './case-head.tsx'
import { CaseHistory } from './case-history.tsx'
import { CaseNext } from './case-next.tsx'
import { CasePanels } from './case-panels.tsx'
import { CaseTags } from './case-parts.tsx'
import { QueueLine, useCaseQueue, type CaseQueue } from './case-queue.tsx'
import { readCaseFile, useCaseRecord } from './case-queries.ts'
import { CaseSteps } from './case-steps-part.tsx'
import { CaseStyles } from './case-styles.tsx'
import { caseScreenWords } from './case-screen-words.ts'

/** 个案: one household's case with its stepper, what is missing at the right, papers and history (ux.md D6). */
export function CasePage() {
  const caseId = usePageParam('caseId')
  return <CaseOf key={caseId} caseId={caseId} />
}

function CaseOf({ caseId }: { caseId: string }) {
  const t = useT(caseScreenWords)
  const go = useGo()
  const record = useCaseRecord(caseId)
  const queue = useCaseQueue(caseId)
  const file = record.data?.file
  return (
    <PageFrame
      title={file === undefined ? t('untitled') : t('title', { name: file.headName ?? t('nameless') })}
      extra={
        <>
          {file === undefined ? null : <CaseTags file={file} />}
          <span className="bf-spring" />
          <QueueLine queue={queue} />
          {file === undefined ? null : <Button onClick={() => go(`/registry/households/${file.householdId}`)}>{t('openHousehold')}</Button>}
          <Button onClick={() => go('/cases/files', queue.search)}>{t('backToList')}</Button>
        </>
      }
    >
      <CaseStyles />
      <Loaded query={record} lines={12}>
        {(found) => <CaseBody record={found} queue={queue} />}
      </Loaded>
    </PageFrame>
  )
}

function CaseBody({ record, queue }: { record: CaseRecord; queue: CaseQueue }) {
  const t = useT(caseScreenWords)
  const [said, setSaid] = useState('')
  const { caseId, heldBy } = record.file
  const finish = async (action: string) => {
    // The next of the list; where there is none, the same case for as long as it stays with this office.
    const isLast = queue.isOn && queue.others === 0
    const stays = isLast && (await readCaseFile(caseId).catch(() => undefined))?.file.heldBy === heldBy
    if (queue.isOn && !stays) queue.finish()
    else setSaid(t('doneStill', { action }))
  }
  return (
    <>
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      <CaseHead record={record} />
      <div className="case-columns">
        <div className="bf-stack">
          <CasePanels record={record} />
          <CaseSteps record={record} />
        </div>
        <div className="case-side">
          <CaseNext record={record} done={(action) => void finish(action) /* a case that cannot be read sends to the list */} />
          <CaseClockPanel caseId={record.file.caseId} revision={record.file.revision} />
          <CaseHistory record={record} />
        </div>
      </div>
    </>
  )
}
