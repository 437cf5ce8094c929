import { useQuery, useQueryClient } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Timeline } from '#ui/data/timeline.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LeadFile } from '../rules/lead-records.ts'
import { AnswerForm } from './answer-form.tsx'
import { LeadActions } from './lead-actions.tsx'
import { LeadStateTags, placeOf, useMonthName } from './lead-parts.tsx'
import { LeadReasons } from './lead-reasons.tsx'
import { leadScreenWords } from './lead-screen-words.ts'

interface LeadPaneProps {
  leadId: string
  /** Called when the lead was answered, sent, returned or closed. */
  done: () => void
  back?: () => void
}

/** One lead: the household, why it is a lead, what was found, what happened. */
export function LeadPane({ leadId, done, back }: LeadPaneProps) {
  const t = useT(leadScreenWords)
  const queries = useQueryClient()
  const file = useQuery({ queryKey: ['screening', 'lead', leadId], queryFn: () => read<LeadFile>(`/screening/leads/${leadId}`) })
  const finish = () => {
    done()
    void queries.invalidateQueries({ queryKey: ['screening'] }) // lists and counts are read again
    void queries.invalidateQueries({ queryKey: ['today'] })
  }
  return (
    <div className="bf-stack">
      {back === undefined ? null : (
        <button type="button" className="bf-link screening-back" onClick={back}>
          ← {t('backToList')}
        </button>
      )}
      <Loaded query={file}>
        {(lead) => (
          <>
            <LeadHead lead={lead} />
            <Section title={t('why')}>
              <LeadReasons lead={lead} />
            </Section>
            {lead.can.answer ? <AnswerForm lead={lead} done={finish} /> : null}
            <LeadActions lead={lead} done={finish} />
            <LeadHistory lead={lead} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function LeadHead({ lead }: { lead: LeadFile }) {
  const t = useT(leadScreenWords)
  const monthName = useMonthName()
  const { household } = lead
  return (
    <Section
      title={household?.headName ?? t('hiddenHousehold')}
      extra={
        <div className="bf-row">
          <LeadStateTags lead={lead} />
        </div>
      }
    >
      {household === null ? null : (
        <p>
          {placeOf(household)} · {[household.householdType, household.monitorCategory].filter((kind) => kind !== '').join('、') || '—'} ·{' '}
          {t('people', { n: household.memberCount })} · {monthName(lead.month)}
          <span className="bf-source bf-figures">{t('householdNo', { no: household.householdNo })}</span>
          <PageLink to={`/registry/households/${household.householdId}`}>{t('openHousehold')}</PageLink>
        </p>
      )}
      {lead.returnNote === null ? null : <Notice kind="warning">{t('returnedNote', { note: lead.returnNote })}</Notice>}
      {lead.answer === null ? null : (
        <Notice kind="info">
          <strong>{t(`answer.${lead.answer}`)}</strong> {lead.answerNote === null ? null : t('answerNote', { note: lead.answerNote })}
        </Notice>
      )}
    </Section>
  )
}

function LeadHistory({ lead }: { lead: LeadFile }) {
  const t = useT(leadScreenWords)
  const monthName = useMonthName()
  return (
    <Section title={t('history')}>
      <Timeline
        label={t('history')}
        entries={lead.events.map((event, index) => ({
          key: String(index),
          at: localTime(event.at),
          title: `${t(`event.${event.kind}`)} · ${event.byName}`,
          ...(event.note === null ? {} : { note: event.note }),
        }))}
      />
      {lead.others.length === 0 ? null : (
        <>
          <h3>{t('others')}</h3>
          <ul>
            {lead.others.map((other) => (
              <li key={other.leadId}>
                <PageLink to={`/screening/leads/${other.leadId}`}>{monthName(other.month)}</PageLink> {t(`state.${other.state}`)}{' '}
                {other.answer === null ? '' : t(`answer.${other.answer}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

/** A moment in the county's time, `2023-12-18 09:00`. */
function localTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
