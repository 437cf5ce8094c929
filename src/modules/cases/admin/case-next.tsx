import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseRecord, NextAction } from '../rules/case-records.ts'
import { stepAfter } from '../rules/case-steps.ts'
import { actionWords, stepWords } from '../rules/case-words.ts'
import { ActForm } from './case-act-form.tsx'
import { actionsOf } from './case-asks.ts'
import { MissingList } from './case-missing.tsx'
import { useOffice } from './case-parts.tsx'
import { caseScreenWords } from './case-screen-words.ts'

interface NextProps {
  record: CaseRecord
  /** Called after an action, with its name for people. */
  done: (action: string) => void
}

/** 下一步: the one thing to do with exactly what is missing before it, and the others behind a fold (ux.md D6). */
export function CaseNext({ record, done }: NextProps) {
  const t = useT(caseScreenWords)
  const office = useOffice()
  const { main, others } = actionsOf(record)
  const { file } = record
  const nobody = file.state === 'ended' ? t('endedNext') : t('nothingNext', { office: office(file) })
  return (
    <div className="case-next">
      <Section title={t('next')}>
        <div className="bf-stack">
          {main === undefined ? (
            <p>{nobody}</p>
          ) : (
            <MainAction key={`${file.caseId} ${file.revision}`} record={record} next={main} done={done} />
          )}
          {others.length === 0 ? null : <OtherActions record={record} others={others} done={done} />}
        </div>
      </Section>
    </div>
  )
}

function MainAction({ record, next, done }: NextProps & { next: NextAction }) {
  const t = useT(caseScreenWords)
  const label = useActionLabel()(record, next)
  const blocking = next.missing.filter(({ blocks }) => blocks)
  const warning = next.missing.filter(({ blocks }) => !blocks)
  return (
    <>
      {blocking.length === 0 ? (
        <p className="case-there">{t('allThere')}</p>
      ) : (
        <>
          <p>{t('missingBlocks', { n: blocking.length })}</p>
          <MissingList items={blocking} householdId={record.file.householdId} />
        </>
      )}
      {warning.length === 0 ? null : (
        <>
          <p>{t('missingWarns')}</p>
          <MissingList items={warning} householdId={record.file.householdId} />
        </>
      )}
      <ActForm record={record} next={next} label={label} done={() => done(label)} />
    </>
  )
}

function OtherActions({ record, others, done }: NextProps & { others: readonly NextAction[] }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const [open, setOpen] = useState<NextAction>()
  const close = () => setOpen(undefined)
  return (
    <details className="case-others">
      <summary>{t('otherActions')}</summary>
      <ul>
        {others.map((next) => (
          <li key={next.action}>
            <Button onClick={() => setOpen(next)}>{say(actionWords[next.action])}</Button>
            <span className="bf-quiet">{t(`explain.${next.action}`)}</span>
          </li>
        ))}
      </ul>
      {open === undefined ? null : (
        <Modal open onCancel={close} title={say(actionWords[open.action])} footer={null} width="34rem">
          <div className="bf-stack">
            <p>{t(`explain.${open.action}`)}</p>
            {open.missing.length === 0 ? null : <MissingList items={open.missing} />}
            <ActForm
              record={record}
              next={open}
              label={say(actionWords[open.action])}
              done={() => {
                close()
                done(say(actionWords[open.action]))
              }}
            />
          </div>
        </Modal>
      )}
    </details>
  )
}

/** What the button of an action says: for passing, where the case goes. */
function useActionLabel(): (record: CaseRecord, next: NextAction) => string {
  const t = useT(caseScreenWords)
  const say = useSay()
  return ({ file }, { action, to }) => {
    if (action !== 'pass') return say(actionWords[action])
    const step = to[0] ?? stepAfter(file.step)
    return step === undefined ? t('passDone') : t('passTo', { step: say(stepWords[step]) })
  }
}
