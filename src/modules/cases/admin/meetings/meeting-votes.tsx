import { useState, type KeyboardEvent } from 'react'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import { sayKinPath } from '../../rules/meetings/kin-relations.ts'
import type { Conclusion, CountedItem, MeetingTerms } from '../../rules/meetings/meeting-quorum.ts'
import type { Vote } from '../../rules/meetings/meeting-records.ts'
import { conclusionWords } from '../../rules/meetings/meeting-words.ts'
import { countEntry, namedVoters, type ItemEntry, type MeetingEntry, type PersonEntry } from './meeting-entry.ts'
import { meetingWords } from './meeting-screen-words.ts'

interface VotesProps {
  entry: MeetingEntry
  terms: MeetingTerms
  /** Group and size of each household, by its case. */
  facts: Readonly<Record<string, string>>
  change: (items: readonly ItemEntry[]) => void
  isFixed: boolean
}
type ItemProps = Omit<VotesProps, 'change' | 'facts'> & { item: ItemEntry; set: (part: Partial<ItemEntry>) => void }

export const conclusionLevels = { agreed: 'green', refused: 'red', 'no-quorum': 'amber' } as const satisfies Record<Conclusion, Level>
const voteNames = ['for', 'against', 'abstain'] as const satisfies readonly Vote[]

/** Every household of the meeting with its votes, who keeps away and why, and what it comes to as it is typed. */
export function MeetingVotes(props: VotesProps) {
  const { entry, facts, change, isFixed } = props
  const t = useT(meetingWords)
  const setItem = (caseId: string, part: Partial<ItemEntry>) =>
    change(entry.items.map((item) => (item.caseId === caseId ? { ...item, ...part } : item)))
  return (
    <>
      {isFixed ? null : <p className="bf-quiet">{t('votesNote')}</p>}
      <table className="meeting-grid">
        <thead>
          <tr>
            <th scope="col">{t('cases')}</th>
            <th scope="col">{t('recusals')}</th>
            <th scope="col">{t('votes')}</th>
            <th scope="col">{t('results')}</th>
          </tr>
        </thead>
        <tbody>
          {entry.items.map((item) => {
            const given = { ...props, item, set: (part: Partial<ItemEntry>) => setItem(item.caseId, part) }
            return (
              <tr key={item.caseId}>
                <th scope="row">
                  {item.head}
                  <span className="bf-source">{facts[item.caseId]}</span>
                </th>
                <td>
                  <Recusals {...given} />
                </td>
                <td>
                  {item.named === undefined ? <Counts {...given} /> : <Named {...given} />}
                  <Opinion {...given} />
                </td>
                <td>
                  <Result counted={countEntry(entry, item, props.terms)} isFixed={isFixed} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

/** Enter goes to the next box of the grid, so that counts are typed without the mouse. */
function toNextBox(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  event.preventDefault()
  const grid = event.currentTarget.closest('table')
  const boxes = [...(grid?.querySelectorAll<HTMLInputElement>('input:not([type="radio"])') ?? [])]
  boxes[boxes.indexOf(event.currentTarget) + (event.shiftKey ? -1 : 1)]?.focus()
}

function Counts({ entry, item, terms, set, isFixed }: ItemProps) {
  const t = useT(meetingWords)
  const { head, counts } = item
  if (isFixed) {
    const { for: yes, against, abstain } = counts
    return yes === '' ? null : <p className="bf-figures">{t('ofCaseVotes', { for: yes, against, abstain })}</p>
  }
  const { present } = countEntry(entry, item, terms)
  const names = { for: t('forOf', { head }), against: t('againstOf', { head }), abstain: t('abstainOf', { head }) }
  return (
    <>
      <div className="meeting-count">
        {voteNames.map((vote) => (
          <label key={vote}>
            {t(vote)}
            <input
              className="bf-input"
              inputMode="numeric"
              aria-label={names[vote]}
              value={item.counts[vote]}
              onKeyDown={toNextBox}
              onFocus={(event) => event.target.select()}
              onChange={(event) => set({ counts: { ...item.counts, [vote]: event.target.value.replace(/\D/g, '').slice(0, 3) } })}
            />
          </label>
        ))}
      </div>
      <div className="meeting-count-tools">
        <button
          type="button"
          className="bf-link"
          aria-label={t('allForOf', { head })}
          disabled={present === 0}
          onClick={() => set({ counts: { for: String(present), against: '0', abstain: '0' } })}
        >
          {t('allFor')}
        </button>
        <button type="button" className="bf-link" aria-label={t('byNameOf', { head })} onClick={() => set({ named: {} })}>
          {t('byName')}
        </button>
      </div>
    </>
  )
}

function Named({ entry, item, terms, set, isFixed }: ItemProps) {
  const t = useT(meetingWords)
  const named = item.named ?? {}
  const voters = namedVoters(entry, item, terms)
  return (
    <>
      <div className="meeting-voters">
        {voters.map((one) => (
          <div key={one.appraiserId} role="radiogroup" aria-label={t('voteOf', { name: one.name })}>
            <span className="meeting-voter">{one.name}</span>
            {voteNames.map((vote) => (
              <label key={vote}>
                <input
                  type="radio"
                  name={`${item.caseId} ${one.appraiserId}`}
                  disabled={isFixed}
                  checked={named[one.appraiserId] === vote}
                  onChange={() => set({ named: { ...named, [one.appraiserId]: vote } })}
                />
                {t(vote)}
              </label>
            ))}
          </div>
        ))}
      </div>
      {isFixed ? null : (
        <div className="meeting-count-tools">
          <button
            type="button"
            className="bf-link"
            onClick={() => set({ named: Object.fromEntries(voters.map((one) => [one.appraiserId, 'for'])) })}
          >
            {t('allFor')}
          </button>
          <button type="button" className="bf-link" onClick={() => set({ named: undefined })}>
            {t('byCount')}
          </button>
        </div>
      )}
    </>
  )
}

function Opinion({ item, set, isFixed }: ItemProps) {
  const t = useT(meetingWords)
  if (isFixed) return item.opinion === '' ? null : <p>{item.opinion}</p>
  return (
    <input
      className="bf-input"
      aria-label={t('opinionOf', { head: item.head })}
      placeholder={t('opinion')}
      maxLength={1000}
      value={item.opinion}
      onKeyDown={toNextBox}
      onChange={(event) => set({ opinion: event.target.value })}
    />
  )
}

function Recusals({ entry, item, terms, set, isFixed }: ItemProps) {
  const t = useT(meetingWords)
  const language = useLanguage()
  const nameOf = (id: string) => entry.people.find((one) => one.appraiserId === id)?.name ?? ''
  const lines = [
    ...item.kin.map(({ appraiserId, path }) => ({ id: appraiserId, why: sayKinPath(path, language) })),
    ...item.stated.map(({ appraiserId, reason }) => ({ id: appraiserId, why: t('statedWhy', { reason }) })),
  ].filter(({ id }) => nameOf(id) !== '')
  const isChairKept = lines.some(({ id }) => id === entry.chairId)
  const chairs = entry.people.filter(
    (one) => one.came && terms.mayChair.includes(one.capacity) && !lines.some(({ id }) => id === one.appraiserId),
  )
  return (
    <>
      {lines.length === 0 ? <span className="bf-quiet">{t('noRecusals')}</span> : null}
      <ul className="meeting-recused">
        {lines.map(({ id, why }) => (
          <li key={id}>{t('recusal', { name: nameOf(id), why })}</li>
        ))}
      </ul>
      {isChairKept || item.deputyId !== null ? <Deputy {...{ item, chairs, isFixed, set }} /> : null}
      {isFixed ? null : <Stated {...{ entry, item, set }} />}
    </>
  )
}

function Deputy(props: { item: ItemEntry; chairs: readonly PersonEntry[]; isFixed: boolean; set: ItemProps['set'] }) {
  const { item, chairs, isFixed, set } = props
  const t = useT(meetingWords)
  return (
    <label className="meeting-stated">
      {t('deputy')}
      <select
        className="bf-input"
        aria-label={t('deputyOf', { head: item.head })}
        disabled={isFixed}
        value={item.deputyId ?? ''}
        onChange={(event) => set({ deputyId: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">{t('choose')}</option>
        {chairs.map((one) => (
          <option key={one.appraiserId} value={one.appraiserId}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Somebody who says himself that he is too near; he is taken off like kin. */
function Stated({ entry, item, set }: Pick<ItemProps, 'entry' | 'item' | 'set'>) {
  const t = useT(meetingWords)
  const [isOpen, setOpen] = useState(false)
  const [who, setWho] = useState('')
  const [reason, setReason] = useState('')
  const near = new Set([...item.kin, ...item.stated].map(({ appraiserId }) => appraiserId))
  if (!isOpen)
    return (
      <button type="button" className="bf-link meeting-recuse" onClick={() => setOpen(true)}>
        {t('addStated')}
      </button>
    )
  const add = () => {
    set({ stated: [...item.stated, { appraiserId: who, reason: reason.trim() }] })
    setOpen(false)
    setWho('')
    setReason('')
  }
  return (
    <div className="meeting-stated">
      <select className="bf-input" aria-label={t('statedWho')} value={who} onChange={(event) => setWho(event.target.value)}>
        <option value="">{t('statedWho')}</option>
        {entry.people
          .filter((one) => !near.has(one.appraiserId))
          .map((one) => (
            <option key={one.appraiserId} value={one.appraiserId}>
              {one.name}
            </option>
          ))}
      </select>
      <input
        className="bf-input"
        aria-label={t('statedReason')}
        placeholder={t('statedReason')}
        maxLength={400}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="button" className="bf-link" disabled={who === '' || reason.trim().length < 2} onClick={add}>
        {t('add')}
      </button>
    </div>
  )
}

/** Who is there of whom, what is left, and the conclusion as the rule counts it. */
function Result({ counted, isFixed }: { counted: CountedItem; isFixed: boolean }) {
  const t = useT(meetingWords)
  const say = useSay()
  const { entitled, present, needed, unvoted, conclusion, hasQuorum } = counted
  const left = unvoted > 0 ? t('votesLeft', { n: unvoted }) : t('votesOver', { n: -unvoted })
  const open = !hasQuorum && present === 0 ? t('ticksLeft') : left
  return (
    <div className="meeting-sums" aria-live={isFixed ? 'off' : 'polite'}>
      {conclusion === null ? (
        <StatusTag level={unvoted < 0 ? 'red' : 'grey'} text={open} />
      ) : (
        <StatusTag level={conclusionLevels[conclusion]} text={say(conclusionWords[conclusion])} />
      )}
      <span className="bf-quiet">{t('voters', { present, entitled, needed })}</span>
    </div>
  )
}
