import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseClocks, ClockRecord } from '../rules/clocks/clock-records.ts'
import { clockKindWords, limitWords, pauseReasonWords } from '../rules/clocks/clock-words.ts'
import { stepWords } from '../rules/case-words.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** The clocks of a case: what runs until when, how much of it is used, and whose days its steps took. */
export function CaseClockPanel({ caseId, revision }: { caseId: string; revision: number }) {
  const t = useT(caseScreenWords)
  const clocks = useQuery({
    queryKey: ['cases', 'clocks', caseId, revision],
    queryFn: () => read<CaseClocks>(`/cases/files/${caseId}/clocks`),
  })
  const found = clocks.data
  if (found === undefined || found.clocks.length === 0) return null
  const { own, others } = found.time
  const running = found.clocks.filter(({ state }) => state !== 'stopped')
  const stopped = found.clocks.filter(({ state }) => state === 'stopped')
  return (
    <Section title={t('clockPanel')} extra={<span className="bf-quiet">{t('timeSpent', { own, others })}</span>}>
      <div className="bf-stack">
        {running.map((clock) => (
          <ClockLine key={clock.clockId} clock={clock} />
        ))}
        {stopped.length === 0 ? null : (
          <details>
            <summary>{t('stoppedClocks', { n: stopped.length })}</summary>
            {stopped.map((clock) => (
              <ClockLine key={clock.clockId} clock={clock} />
            ))}
          </details>
        )}
      </div>
    </Section>
  )
}

function ClockLine({ clock }: { clock: ClockRecord }) {
  const t = useT(caseScreenWords)
  const say = useSay()
  const { kind, step, limit, days, calendar, state, dueOn, daysLeft, share, elapsed, pauses, stoppedOn, unknownYear } = clock
  const isStopped = state === 'stopped'
  const isLate = days > 0 && daysLeft < 0
  const level = isLate ? 'red' : share >= 0.75 ? 'amber' : 'green'
  const held = pauses.find(({ resumedOn }) => resumedOn === null)
  const name = kind === 'step' ? say(stepWords[step]) : say(clockKindWords[kind])
  return (
    <div className="case-clock">
      <div className="case-clock-line">
        <strong>{name}</strong>
        <span className="bf-quiet">{say(limitWords[limit])}</span>
        <span className="bf-spring" />
        {days === 0 ? (
          <span className="bf-figures">{t('usedDays', { n: elapsed })}</span>
        ) : isStopped ? (
          <span className="bf-figures">{t('usedOf', { n: elapsed, days })}</span>
        ) : held === undefined ? (
          <StatusTag level={isLate ? 'red' : share >= 0.75 ? 'amber' : 'grey'} text={leftText(t, { daysLeft, calendar })} />
        ) : (
          <StatusTag level="grey" text={t('heldFor', { reason: say(pauseReasonWords[held.reason]) })} />
        )}
      </div>
      {days === 0 ? null : (
        <span className="case-clock-track" aria-hidden="true">
          <span
            className={`case-clock-fill case-clock-${level}`}
            style={{ width: `${Math.max(2, Math.min(100, Math.round(share * 100)))}%` }}
          />
        </span>
      )}
      <span className="bf-source bf-figures">
        {[
          t(`${calendar}Days`, { n: days }),
          isStopped ? t('stoppedOn', { day: stoppedOn ?? '' }) : dueOn === null ? '' : t('dueDay', { day: dueOn }),
          unknownYear === null ? '' : t('unknownYear', { year: String(unknownYear) }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </div>
  )
}

type Words = (key: 'overdueBy' | 'overdueByDays' | 'dueToday' | 'daysLeft' | 'calendarLeft', values?: { n: number }) => string

function leftText(t: Words, { daysLeft, calendar }: Pick<ClockRecord, 'daysLeft' | 'calendar'>): string {
  if (daysLeft < 0) return t(calendar === 'working' ? 'overdueBy' : 'overdueByDays', { n: -daysLeft })
  if (daysLeft === 0) return t('dueToday')
  return t(calendar === 'working' ? 'daysLeft' : 'calendarLeft', { n: daysLeft })
}
