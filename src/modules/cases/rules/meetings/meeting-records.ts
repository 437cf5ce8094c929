import type { MissingItem } from '../case-records.ts'
import type { Capacity, Conclusion, MeetingTerms, Votes } from './meeting-quorum.ts'

export const meetingKinds = ['appraisal', 'exit-appraisal'] as const
export type MeetingKind = (typeof meetingKinds)[number]

/** `held`: attendance and votes are entered; `closed`: nothing changes any more; `dropped`: called and never held. */
export const meetingStates = ['called', 'held', 'closed', 'dropped'] as const
export type MeetingState = (typeof meetingStates)[number]

/** Why somebody keeps away from a household: it is his own, he is kin, or he said so himself. */
export const recusalReasons = ['own', 'kin', 'stated'] as const
export type RecusalReason = (typeof recusalReasons)[number]

/** Somebody who is entitled to appraise in a village. */
export interface Appraiser {
  readonly appraiserId: string
  readonly name: string
  readonly capacity: Capacity
  readonly householdId: string | null
  readonly personId: string | null
  readonly userId: string | null
}

/** The same person at one meeting. */
export interface MeetingMember {
  readonly memberId: string
  readonly appraiserId: string
  readonly name: string
  readonly capacity: Capacity
  readonly householdId: string | null
  readonly personId: string | null
  readonly userId: string | null
  readonly votes: boolean
  readonly attended: boolean | null
}

export interface Recusal {
  readonly memberId: string
  readonly why: RecusalReason
  /** Relations from the head of the household to the member's, nearest first; empty for one's own and for what was stated. */
  readonly path: readonly string[]
  readonly reason: string | null
}

export type Vote = 'for' | 'against' | 'abstain'

/** One household before a meeting. */
export interface MeetingItem {
  readonly itemId: string
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly areaPath: string
  readonly round: number
  readonly headName: string | null
  readonly householdNo: string
  readonly group: string | null
  readonly members: number
  readonly byName: boolean
  readonly votes: Votes | null
  readonly named: Readonly<Record<string, Vote>>
  readonly opinion: string
  readonly deputyId: string | null
  readonly entitled: number | null
  readonly present: number | null
  readonly representatives: number | null
  readonly conclusion: Conclusion | null
  readonly recusals: readonly Recusal[]
}

/** What people know the households of appraisers by; only those that the caller may see. */
export type HomeNames = Readonly<Record<string, string>>

/** A meeting as lists show it. */
export interface MeetingCard {
  readonly meetingId: string
  readonly areaPath: string
  readonly village: string
  readonly kind: MeetingKind
  readonly state: MeetingState
  /** Day `YYYY-MM-DD`. */
  readonly heldOn: string
  readonly place: string
  readonly items: number
  readonly agreed: number
  readonly refused: number
  readonly withoutQuorum: number
  readonly members: number
  readonly attended: number
  readonly hasSheet: boolean
  readonly correctsId: string | null
  readonly calledName: string
  readonly revision: number
}

/** A whole meeting. */
export interface Meeting extends MeetingCard {
  readonly reason: string | null
  readonly chairId: string | null
  readonly minuteTaker: string
  readonly minutes: string
  readonly sheetAttachmentId: string | null
  /** The meeting that took this one's place. */
  readonly correctedBy: string | null
  readonly calledAt: string
  readonly closedName: string | null
  readonly closedAt: string | null
  readonly terms: MeetingTerms
  readonly people: readonly MeetingMember[]
  readonly cases: readonly MeetingItem[]
  readonly homes: HomeNames
  /** What stands against closing it; `householdId` in the details where it is about one household. */
  readonly missing: readonly MissingItem[]
  readonly can: {
    readonly enter: boolean
    readonly close: boolean
    readonly drop: boolean
    readonly correct: boolean
    readonly addSheet: boolean
  }
}

/** A case that waits for a meeting. */
export interface WaitingCase {
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly headName: string | null
  readonly householdNo: string
  readonly group: string | null
  readonly since: string
  /** The meeting that already has it, or has decided about it. */
  readonly onMeetingId: string | null
}

/** What a meeting of a village is called from. */
export interface MeetingDraft {
  readonly areaPath: string
  readonly village: string
  readonly body: readonly Appraiser[]
  readonly homes: HomeNames
  readonly waiting: readonly WaitingCase[]
  readonly terms: MeetingTerms
  readonly lastPlace: string | null
}

/** A village with cases that wait for a meeting. */
export interface WaitingVillage {
  readonly areaPath: string
  readonly village: string
  readonly kind: MeetingKind
  readonly cases: number
}

/** A tie as a page shows it; the other household is nameless where the caller may not see it. */
export interface KinRecord {
  readonly otherHouseholdId: string
  readonly otherName: string | null
  readonly otherNo: string | null
  readonly relation: string
  readonly source: 'stated' | 'household-event'
  readonly statedAt: string
}

/** A household that the caller named as his own or his near relatives'. */
export interface OwnHousehold {
  readonly householdId: string
  readonly headName: string | null
  readonly householdNo: string | null
  readonly village: string | null
  readonly relation: string
  readonly statedAt: string
  /** An office named it for the user. */
  readonly isByOffice: boolean
  /** Everybody near it, whose cases the caller may not act on either. */
  readonly kin: readonly { readonly householdId: string; readonly headName: string | null; readonly path: readonly string[] }[]
}

/** A user for whom an office names households. */
export interface KinUser {
  readonly userId: string
  readonly name: string
  /** The name of the area in which he works. */
  readonly area: string
}

/** What a case's meeting said. */
export interface MeetingOfCase {
  readonly meetingId: string
  readonly kind: MeetingKind
  readonly state: MeetingState
  readonly heldOn: string
  readonly calledAt: string
  readonly conclusion: Conclusion | null
  readonly votes: Votes | null
  readonly entitled: number | null
  readonly present: number | null
  readonly opinion: string
  readonly hasMinutes: boolean
  readonly sheetAttachmentId: string | null
}
