import { DescriptionList } from '#ui/data/description-list.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Meeting } from '../../rules/meetings/meeting-records.ts'
import type { Share } from '../../rules/meetings/meeting-share.ts'
import type { MeetingEntry } from './meeting-entry.ts'
import { meetingWords } from './meeting-screen-words.ts'

/** What every part of the page of a meeting is handed. */
export interface MeetingPart {
  readonly meeting: Meeting
  readonly entry: MeetingEntry
  readonly change: (part: Partial<MeetingEntry>) => void
  readonly isFixed: boolean
}

/** When, where, who presided, and which other meeting it belongs to. */
export function MeetingHead({ meeting, entry, change, isFixed }: MeetingPart) {
  const t = useT(meetingWords)
  const { reason, correctsId, correctedBy, state } = meeting
  return (
    <>
      {correctsId === null ? null : (
        <Notice kind="info">
          {t('corrects', { reason: reason ?? '' })} <PageLink to={`/cases/meetings/${correctsId}`}>{t('openCorrected')}</PageLink>
        </Notice>
      )}
      {correctedBy === null ? null : (
        <Notice kind="warning">
          {t('correctedBy')} <PageLink to={`/cases/meetings/${correctedBy}`}>{t('openCorrection')}</PageLink>
        </Notice>
      )}
      {state === 'dropped' ? <Notice kind="warning">{t('dropped', { reason: reason ?? '' })}</Notice> : null}
      <Section>{isFixed ? <Held meeting={meeting} /> : <Fields entry={entry} change={change} meeting={meeting} />}</Section>
    </>
  )
}

function Held({ meeting }: { meeting: Meeting }) {
  const t = useT(meetingWords)
  const chair = meeting.people.find((one) => one.memberId === meeting.chairId)?.name ?? '—'
  const { closedName, closedAt } = meeting
  const by =
    closedName === null || closedAt === null
      ? t('calledBy', { name: meeting.calledName })
      : t('closedBy', { name: closedName, at: new Date(Date.parse(closedAt) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') })
  return (
    <>
      <DescriptionList
        items={[
          { key: 'heldOn', label: t('heldOn'), value: meeting.heldOn },
          { key: 'place', label: t('place'), value: meeting.place },
          { key: 'chair', label: t('chair'), value: chair },
          { key: 'sheet', label: t('sheet'), value: t(meeting.hasSheet ? 'sheetThere' : 'sheetMissing') },
        ]}
      />
      <p className="bf-quiet">{by}</p>
    </>
  )
}

function Fields({ entry, change, meeting }: Pick<MeetingPart, 'entry' | 'change' | 'meeting'>) {
  const t = useT(meetingWords)
  const chairs = entry.people.filter((one) => meeting.terms.mayChair.includes(one.capacity))
  return (
    <div className="bf-form-grid">
      <Field label={t('heldOn')} isRequired>
        {(control) => (
          <input
            {...control}
            type="date"
            className="bf-input"
            value={entry.heldOn}
            onChange={(event) => change({ heldOn: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('place')} isRequired>
        {(control) => (
          <input
            {...control}
            className="bf-input"
            maxLength={80}
            value={entry.place}
            onChange={(event) => change({ place: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('chair')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={entry.chairId ?? ''}
            onChange={(event) => change({ chairId: event.target.value === '' ? null : event.target.value })}
          >
            <option value="">{t('choose')}</option>
            {chairs.map((one) => (
              <option key={one.appraiserId} value={one.appraiserId}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

/** A share in words. */
export function useSayShare(): (share: Share) => string {
  const t = useT(meetingWords)
  return ({ num, den, over }) => t(over ? 'over' : 'atLeast', { num, den })
}
