import { useState } from 'react'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { leastOf } from '../../rules/meetings/meeting-share.ts'
import { capacityWords } from '../../rules/meetings/meeting-words.ts'
import { MeetingBody } from './meeting-body.tsx'
import { votersOf } from './meeting-entry.ts'
import { useSayShare, type MeetingPart } from './meeting-head.tsx'
import { meetingWords } from './meeting-screen-words.ts'

/** Who came: one box for each, with the number that is needed as it is ticked. */
export function Attendance({ meeting, entry, change, isFixed }: MeetingPart) {
  const t = useT(meetingWords)
  const say = useSay()
  const sayShare = useSayShare()
  const [isEdited, setEdited] = useState(false)
  const { terms } = meeting
  const voters = votersOf(entry, terms).filter((one) => one.votes)
  const there = voters.filter((one) => one.attended === true).length
  const entitled = voters.length
  const tick = (came: boolean, id?: string) =>
    change({ people: entry.people.map((one) => (id === undefined || one.appraiserId === id ? { ...one, came } : one)) })
  const rules = t('rules', {
    entitled,
    needed: leastOf(entitled, terms.quorum),
    quorum: sayShare(terms.quorum),
    carry: sayShare(terms.carry),
  })
  return (
    <Section title={t('attendance')} extra={<span aria-live="polite">{t('attendanceCount', { there, entitled })}</span>}>
      <p className="bf-quiet">
        {rules} {terms.leastRepresentatives > 0 ? t('least', { n: terms.leastRepresentatives }) : ''}
      </p>
      {isFixed ? null : (
        <div className="bf-row meeting-tools">
          <button type="button" className="bf-link" onClick={() => tick(true)}>
            {t('everybody')}
          </button>
          <button type="button" className="bf-link" onClick={() => tick(false)}>
            {t('nobody')}
          </button>
          <button type="button" className="bf-link" aria-expanded={isEdited} onClick={() => setEdited(!isEdited)}>
            {t(isEdited ? 'doneBody' : 'editBody')}
          </button>
        </div>
      )}
      {isEdited ? <MeetingBody people={entry.people} homes={meeting.homes} change={(people) => change({ people })} /> : null}
      {isEdited ? null : (
        <div className="meeting-there">
          {entry.people.map((one) =>
            isFixed ? (
              <span key={one.appraiserId} className="meeting-came">
                <span aria-hidden="true">{one.came ? '✓' : '—'}</span> {one.name}{' '}
                <span className="bf-quiet">
                  {say(capacityWords[one.capacity])} · {t(one.came ? 'came' : 'absent')}
                </span>
              </span>
            ) : (
              <label key={one.appraiserId}>
                <input type="checkbox" checked={one.came} onChange={(event) => tick(event.target.checked, one.appraiserId)} />
                <span>
                  {one.name} <span className="bf-quiet">{say(capacityWords[one.capacity])}</span>
                </span>
              </label>
            ),
          )}
        </div>
      )}
    </Section>
  )
}
