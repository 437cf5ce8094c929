import type { MissingItem } from '../case-records.ts'
import type { CountedItem, MeetingTerms } from './meeting-quorum.ts'
import type { MeetingMember } from './meeting-records.ts'

/** A meeting as far as closing it asks. */
export interface ClosingMeeting {
  readonly heldOn: string
  readonly chairId: string | null
  readonly minuteTaker: string
  readonly minutes: string
  readonly terms: MeetingTerms
  readonly people: readonly MeetingMember[]
  readonly items: readonly {
    /** What people know the household by. */
    readonly head: string
    readonly deputyId: string | null
    readonly recused: ReadonlySet<string>
    readonly counted: CountedItem
  }[]
}

const missing = (code: string, details: MissingItem['details'] = {}): MissingItem => ({ code, blocks: true, details })

/** Everything that stands against closing a meeting, named one by one; the database refuses the same. */
export function missingToClose(meeting: ClosingMeeting, today: string): MissingItem[] {
  const { people, items } = meeting
  const found: MissingItem[] = []
  if (meeting.heldOn > today) found.push(missing('meeting-early', { heldOn: meeting.heldOn }))
  const open = people.filter((one) => one.attended === null).length
  if (open > 0) found.push(missing('meeting-attendance', { count: open }))
  found.push(...whoPresides(meeting, meeting.chairId))
  for (const item of items) found.push(...ofItem(meeting, item))
  if (meeting.minuteTaker === '') found.push(missing('meeting-minute-taker'))
  if (meeting.minutes === '') found.push(missing('meeting-minutes'))
  return found
}

function whoPresides({ people, terms }: ClosingMeeting, chairId: string | null): MissingItem[] {
  const chair = people.find((one) => one.memberId === chairId)
  if (chair === undefined) return [missing('meeting-chair')]
  const { name } = chair
  if (chair.attended === false) return [missing('meeting-chair-absent', { name })]
  return terms.mayChair.includes(chair.capacity) ? [] : [missing('meeting-chair-capacity', { name })]
}

function ofItem(meeting: ClosingMeeting, { head, deputyId, recused, counted }: ClosingMeeting['items'][number]): MissingItem[] {
  const found = deputyId === null ? [] : whoPresides(meeting, deputyId)
  const presides = meeting.people.find((one) => one.memberId === (deputyId ?? meeting.chairId))
  if (presides !== undefined && recused.has(presides.memberId)) found.push(missing('meeting-chair-kin', { head, name: presides.name }))
  if (counted.conclusion === null && counted.unvoted > 0) found.push(missing('meeting-votes', { head, count: counted.unvoted }))
  if (counted.unvoted < 0 && counted.hasQuorum) found.push(missing('meeting-too-many-votes', { head, count: -counted.unvoted }))
  return found
}
