import type { HouseholdEventKind } from './household-event-requests.ts'
import type { Can } from './register-records.ts'

export const householdEventStates = ['reported', 'confirmed', 'applied', 'rejected', 'undone'] as const
export type HouseholdEventState = (typeof householdEventStates)[number]

/** What may follow a state. */
export const nextEventStates = {
  reported: ['confirmed', 'applied', 'rejected'],
  confirmed: ['applied', 'rejected'],
  applied: ['undone'],
  rejected: [],
  undone: [],
} as const satisfies Record<HouseholdEventState, readonly HouseholdEventState[]>

/** A member as an event plans with him. */
export interface EventMember {
  personId: string
  name: string
  relation: string | undefined
  isHead: boolean
  seqNo: number | undefined
}

/** A household as an event finds or leaves it. */
export interface EventHousehold {
  householdId: string
  householdNo: string
  areaPath: string
  place: string
  headName: string | undefined
  isClosed: boolean
  members: EventMember[]
}

/** Why an event cannot be done as asked; `held` stands for another part of the program that refuses. */
export type EventRefusal =
  | 'closed'
  | 'not-member'
  | 'nobody-stays'
  | 'head-needed'
  | 'head-not-member'
  | 'relation-needed'
  | 'same-household'
  | 'other-unknown'
  | 'known-person'
  | 'same-place'
  | 'no-such-place'
  | 'outside-scope'
  | 'day-ahead'
  | 'before-joined'
  | 'number-taken'
  | 'county-number'
  | 'id-unfit'
  | 'held'

/** What an event would do: the households as they are and as they would be, and who would leave. */
export interface EventPreview {
  before: EventHousehold[]
  after: EventHousehold[]
  left: { personId: string; name: string }[]
  /** The number of the household that is made, or of the person. */
  isProvisional: boolean
  refusals: { why: EventRefusal; by?: string; code?: string; personIds?: string[] }[]
  /** `number`: the caller may give the new household its number; `decide`: he may do it at once. */
  can: { number: boolean; decide: boolean }
}

/** The household that a person comes from or goes to, that joins or is made. */
export interface EventOther {
  householdId: string | undefined
  householdNo: string | undefined
  headName: string | undefined
  place: string | undefined
  /** Whether the persons came from there or went there, seen from the household that was asked for. */
  way: 'from' | 'to'
}

/** One event with what it would change today; `preview` only while it waits. */
export type HouseholdEventFile = HouseholdEventRecord & { preview: EventPreview | undefined }

/** How many events wait, are the caller's own (and wait), are done; and what was sent back to him and on which nothing has followed. */
export interface HouseholdEventCounts {
  waiting: number
  mine: number
  mineWaiting: number
  done: number
  returned: HouseholdEventRecord[]
  /** `decide`: what waits is the caller's work. */
  can: Can
}

/** One event in the history of a household. */
export interface HouseholdEventRecord {
  eventId: string
  kind: HouseholdEventKind
  state: HouseholdEventState
  on: string
  householdId: string
  otherId: string | undefined
  /** The other household, where there is one: as it stood then, and its id where the caller sees it. */
  other: EventOther | undefined
  place: string
  headName: string | undefined
  /** Names of the persons it is about. */
  names: string[]
  /** Absent where another area did it: the household's history says what happened, not what that area noted. */
  reason: string | undefined
  paper: string | undefined
  reportedName: string
  reportedAt: string
  confirmedName: string | undefined
  confirmedAt: string | undefined
  appliedName: string | undefined
  appliedAt: string | undefined
  endedName: string | undefined
  endedAt: string | undefined
  endReason: string | undefined
  revision: number
  can: Can
}
