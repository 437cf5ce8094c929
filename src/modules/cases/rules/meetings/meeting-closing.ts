import type { MissingItem } from '../case-records.ts'
import type { CountedItem, MeetingTerms } from './meeting-quorum.ts'
import { sayKinPath } from './kin-relations.ts'
import type { MeetingMember, Recusal } from './meeting-records.ts'

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
    readonly recused: readonly Recusal[]
    /** The way by which who writes this down is kin of the household; null where he is none. */
    readonly writerPath: readonly string[] | null
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

function ofItem(meeting: ClosingMeeting, item: ClosingMeeting['items'][number]): MissingItem[] {
  const { head, deputyId, recused, counted } = item
  const found = deputyId === null ? [] : whoPresides(meeting, deputyId)
  const presides = meeting.people.find((one) => one.memberId === (deputyId ?? meeting.chairId))
  if (presides !== undefined && recused.some((one) => one.memberId === presides.memberId))
    found.push(missing('meeting-chair-kin', { head, name: presides.name }))
  found.push(...whoWrites(meeting, item))
  if (counted.conclusion === null && counted.unvoted > 0) found.push(missing('meeting-votes', { head, count: counted.unvoted }))
  if (counted.unvoted < 0 && counted.hasQuorum) found.push(missing('meeting-too-many-votes', { head, count: -counted.unvoted }))
  return found
}

/** Who takes the minutes, and who enters them here, keep away from a household as the voters do. */
function whoWrites({ people, minuteTaker }: ClosingMeeting, { head, recused, writerPath }: ClosingMeeting['items'][number]): MissingItem[] {
  const found: MissingItem[] = []
  const taker = people.find((one) => one.name === minuteTaker.trim())
  const kept = recused.find((one) => one.memberId === taker?.memberId)
  if (taker !== undefined && kept !== undefined)
    found.push(missing('meeting-recorder-kin', { head, name: taker.name, ...sayWay(kept.path) }))
  if (writerPath !== null) found.push(missing('meeting-writer-kin', { head, ...sayWay(writerPath) }))
  return found
}

/** The way from a household in both languages; its own people where there is no way. */
export function sayWay(path: readonly string[]): { readonly path: string; readonly pathEn: string } {
  return path.length === 0
    ? { path: '本户人', pathEn: 'of the household' }
    : { path: sayKinPath(path, 'zh'), pathEn: sayKinPath(path, 'en') }
}
