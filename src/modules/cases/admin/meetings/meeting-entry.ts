import { makeId } from '#kernel/pure/ids/index.ts'
import {
  countItem,
  sumVotes,
  type Capacity,
  type CountedItem,
  type MeetingTerms,
  type Voter,
  type Votes,
} from '../../rules/meetings/meeting-quorum.ts'
import type { Appraiser, Meeting, Recusal, Vote } from '../../rules/meetings/meeting-records.ts'
import type { EnterMeeting } from '../../rules/meetings/meeting-requests.ts'

/** Somebody of the list while it is edited. */
export interface PersonEntry {
  readonly appraiserId: string
  readonly name: string
  readonly capacity: Capacity
  readonly householdId: string | null
  readonly personId: string | null
  readonly userId: string | null
  readonly came: boolean
}

/** One household while its votes are entered; the counts as they are written, '' where nothing is. */
export interface ItemEntry {
  readonly caseId: string
  readonly head: string
  readonly counts: Readonly<Record<Vote, string>>
  /** By the appraiser; undefined where votes are counted. */
  readonly named: Readonly<Record<string, Vote>> | undefined
  readonly opinion: string
  readonly deputyId: string | null
  readonly kin: readonly (Omit<Recusal, 'memberId'> & { readonly appraiserId: string })[]
  readonly stated: readonly { readonly appraiserId: string; readonly reason: string }[]
}

/** A whole meeting while it is entered; people are named by the appraiser's id. */
export interface MeetingEntry {
  readonly heldOn: string
  readonly place: string
  readonly chairId: string | null
  readonly minuteTaker: string
  readonly minutes: string
  readonly people: readonly PersonEntry[]
  readonly items: readonly ItemEntry[]
}

/** Somebody of a body, not yet ticked. */
export function toPerson(one: Appraiser): PersonEntry {
  const { appraiserId, name, capacity, householdId, personId, userId } = one
  return { appraiserId, name, capacity, householdId, personId, userId, came: false }
}

/** Somebody new. */
export function newPerson(name: string, capacity: Capacity): PersonEntry {
  return { appraiserId: makeId(), name, capacity, householdId: null, personId: null, userId: null, came: false }
}

/** What was entered so far. */
export function toEntry(meeting: Meeting): MeetingEntry {
  const ids = new Map(meeting.people.map((one) => [one.memberId, one.appraiserId]))
  const idOf = (memberId: string | null) => (memberId === null ? null : (ids.get(memberId) ?? null))
  const { heldOn, place, minuteTaker, minutes } = meeting
  return {
    heldOn,
    place,
    minuteTaker,
    minutes,
    chairId: idOf(meeting.chairId),
    people: meeting.people.map((one) => ({ ...toPerson(one), came: one.attended === true })),
    items: meeting.cases.map((item) => ({
      caseId: item.caseId,
      head: item.headName ?? item.householdNo,
      counts: writtenCounts(item.votes),
      named: item.byName ? Object.fromEntries(Object.entries(item.named).map(([id, vote]) => [idOf(id) ?? '', vote])) : undefined,
      opinion: item.opinion,
      deputyId: idOf(item.deputyId),
      kin: item.recusals
        .filter(({ why }) => why !== 'stated')
        .map(({ memberId, why, path, reason }) => ({ appraiserId: idOf(memberId) ?? '', why, path, reason })),
      stated: item.recusals
        .filter(({ why }) => why === 'stated')
        .map(({ memberId, reason }) => ({ appraiserId: idOf(memberId) ?? '', reason: reason ?? '' })),
    })),
  }
}

const writtenCounts = (votes: Votes | null): ItemEntry['counts'] =>
  votes === null
    ? { for: '', against: '', abstain: '' }
    : { for: String(votes.for), against: String(votes.against), abstain: String(votes.abstain) }

/** Who must keep away from a household, by kin or by his own word. */
export const recusedOf = (item: ItemEntry): ReadonlySet<string> =>
  new Set([...item.kin, ...item.stated].map(({ appraiserId }) => appraiserId))

/** Whether anybody was ticked: from then on whoever is not ticked did not come. */
const isTicked = ({ people }: MeetingEntry) => people.some((one) => one.came)

/** The people of a meeting as voters. */
export function votersOf(entry: MeetingEntry, terms: MeetingTerms): Voter[] {
  const ticked = isTicked(entry)
  return entry.people.map((one) => ({
    memberId: one.appraiserId,
    capacity: one.capacity,
    votes: terms.mayVote.includes(one.capacity),
    attended: ticked ? one.came : null,
  }))
}

/** The votes of a household; undefined where nothing is written. An empty count beside a written one is none. */
export function votesOf(entry: MeetingEntry, item: ItemEntry): Votes | undefined {
  if (item.named !== undefined) return sumVotes(Object.values(countedNames(entry, item.named, recusedOf(item))))
  const { for: yes, against, abstain } = item.counts
  if (yes + against + abstain === '') return undefined
  return { for: Number(yes), against: Number(against), abstain: Number(abstain) }
}

/** The votes by name that count: of who came and need not keep away. */
function countedNames(entry: MeetingEntry, named: Readonly<Record<string, Vote>>, recused: ReadonlySet<string>): Record<string, Vote> {
  const there = new Set(entry.people.flatMap((one) => (one.came ? [one.appraiserId] : [])))
  return Object.fromEntries(Object.entries(named).filter(([id]) => there.has(id) && !recused.has(id)))
}

/** What a household comes to as it is entered now. */
export function countEntry(entry: MeetingEntry, item: ItemEntry, terms: MeetingTerms): CountedItem {
  return countItem({ voters: votersOf(entry, terms), recused: recusedOf(item), votes: votesOf(entry, item), terms })
}

/** Who may vote on a household by name: those who came, vote, and need not keep away. */
export function namedVoters(entry: MeetingEntry, item: ItemEntry, terms: MeetingTerms): PersonEntry[] {
  const recused = recusedOf(item)
  return entry.people.filter((one) => one.came && terms.mayVote.includes(one.capacity) && !recused.has(one.appraiserId))
}

/** The entry as it is sent. */
export function toRequest(entry: MeetingEntry, revision: number): EnterMeeting {
  const ticked = isTicked(entry)
  const { heldOn, place, chairId, minuteTaker, minutes } = entry
  return {
    revision,
    heldOn,
    place: place.trim(),
    chairId,
    minuteTaker: minuteTaker.trim(),
    minutes: minutes.trim(),
    people: entry.people.map(({ came, ...one }) => ({ ...one, attended: ticked ? came : null })),
    items: entry.items.map((item) => {
      const { caseId, opinion, deputyId, stated } = item
      const votes = votesOf(entry, item)
      const known = { caseId, opinion: opinion.trim(), deputyId, stated: [...stated] }
      if (item.named === undefined) return votes === undefined ? known : { ...known, votes }
      return { ...known, named: countedNames(entry, item.named, recusedOf(item)) }
    }),
  }
}
