import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IntakeFile } from '../../rules/intake/intake-records.ts'
import { intakeWords } from '../../rules/intake/intake-words.ts'
import { IntakeActions } from './intake-actions.tsx'
import { IntakeHousehold } from './intake-household.tsx'
import { IntakeTags, senderOf, useDifficulties } from './intake-parts.tsx'
import { loadIntake, localMoment } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

interface PaneProps {
  intakeId: string
  /** Called when it was handled: the next one opens. */
  done: () => void
  back: () => void
}

/** One intake: what was said, whose household it may be, what may be done, what happened. */
export function IntakePane({ intakeId, done, back }: PaneProps) {
  const t = useT(intakeScreenWords)
  const queries = useQueryClient()
  const file = useQuery({ queryKey: ['cases', 'intake', intakeId], queryFn: () => loadIntake(intakeId) })
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['cases'] }) // lists and counts are read again
    void queries.invalidateQueries({ queryKey: ['today'] })
  }
  return (
    <div className="bf-stack">
      <button type="button" className="bf-link bf-beside-back" onClick={back}>
        ← {t('back')}
      </button>
      <Loaded query={file}>
        {(intake) => (
          <>
            <IntakeSaid intake={intake} />
            <IntakeHousehold intake={intake} changed={again} />
            <IntakeActions
              intake={intake}
              changed={again}
              done={() => {
                done()
                again()
              }}
            />
            <IntakeHistory intake={intake} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function IntakeSaid({ intake }: { intake: IntakeFile }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const hard = useDifficulties()
  const [whole, setWhole] = useState<{ phone: string | null; idNumber: string | null }>()
  const [isAsking, setAsking] = useState(false)
  const { reporterName, reporterRelation } = intake
  const items = [
    { key: 'phone', label: t('phone'), value: whole?.phone ?? intake.phoneMasked },
    ...(intake.idMasked === null ? [] : [{ key: 'id', label: t('idNumber'), value: whole?.idNumber ?? intake.idMasked }]),
    { key: 'hard', label: t('hard'), value: hard(intake) },
    { key: 'received', label: t('received'), value: `${say(intakeWords[`channel.${intake.channel}`])} ${localMoment(intake.receivedAt)}` },
    ...(senderOf(intake) === '' ? [] : [{ key: 'sender', label: t('sender'), value: senderOf(intake) }]),
    ...(reporterName === null ? [] : [{ key: 'reporter', label: t('reporter'), value: `${reporterName} ${reporterRelation ?? ''}` }]),
    { key: 'receipts', label: t('receipts'), value: intake.receipts.map(({ receiptNo }) => receiptNo).join('、') },
  ]
  return (
    <Section
      title={`${intake.name ?? t('erased')} · ${[intake.township, intake.village].join(' ')}`}
      extra={
        <div className="bf-row">
          <IntakeTags card={intake} />
        </div>
      }
    >
      <DescriptionList items={items} />
      {intake.text === null ? null : <p className="intake-text">{intake.text}</p>}
      {intake.reason === null ? null : <p className="intake-text">{intake.reason}</p>}
      {intake.can.show && whole === undefined ? (
        <div className="bf-row">
          <Button size="small" onClick={() => setAsking(true)}>
            {t('show')}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('show')}
        confirmText={t('show')}
        reason={{ label: t('showReason'), minLength: 2 }}
        confirm={async (reason) => setWhole(await write('POST', `/cases/intakes/${intake.intakeId}/show`, { reason }))}
        close={() => setAsking(false)}
      >
        {t('showText')}
      </ConfirmDialog>
    </Section>
  )
}

function IntakeHistory({ intake }: { intake: IntakeFile }) {
  const t = useT(intakeScreenWords)
  const say = useSay()
  const { earlier } = intake
  return (
    <Section title={t('history')}>
      <Timeline
        label={t('history')}
        entries={intake.events.map((event, index) => ({
          key: String(index),
          at: localMoment(event.at),
          title: `${t(`event.${event.action}`)} · ${event.actorName}`,
          ...(event.text === null && event.reason === null ? {} : { note: event.text ?? event.reason ?? '' }),
        }))}
      />
      {earlier.intakes.length === 0 ? null : (
        <>
          <h3>{t('others')}</h3>
          <ul>
            {earlier.intakes.map((one) => (
              <li key={one.intakeId}>
                <PageLink to="/cases/intakes" search={{ view: one.state === 'closed' ? 'closed' : 'open', intake: one.intakeId }}>
                  {one.receivedOn} {say(intakeWords[`channel.${one.channel}`])}
                </PageLink>{' '}
                {say(intakeWords[`state.${one.state}`])}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
