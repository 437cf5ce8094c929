import * as z from 'zod'
import { kinRelations, ownRelations } from './kin-relations.ts'
import { capacities } from './meeting-quorum.ts'
import { meetingKinds, meetingStates } from './meeting-records.ts'

const Day = z.iso.date()
const AreaPath = z.string().regex(/^(\d+\.)+$/)
const Reason = z.string().trim().min(2).max(400)
const Name = z.string().trim().min(1).max(40)
const Count = z.number().int().min(0).max(500)

/** Somebody of the body: known by his id, or new. The body of the village is kept as it is given here. */
const Person = z.strictObject({
  appraiserId: z.uuid().optional(),
  name: Name,
  capacity: z.enum(capacities),
  householdId: z.uuid().nullable().default(null),
  personId: z.uuid().nullable().default(null),
  userId: z.uuid().nullable().default(null),
})

/** Calls a meeting of a village. Without `body` those who appraised there last time are entitled. */
export const CallMeeting = z.strictObject({
  areaPath: AreaPath,
  kind: z.enum(meetingKinds),
  heldOn: Day,
  place: z.string().trim().min(1).max(80),
  caseIds: z.array(z.uuid()).min(1).max(100),
  body: z.array(Person).max(200).optional(),
  /** The closed meeting whose place this one takes. */
  correctsId: z.uuid().optional(),
  reason: Reason.optional(),
})
export type CallMeeting = z.infer<typeof CallMeeting>

const Attendance = Person.extend({ attended: z.boolean().nullable() })

const Item = z.strictObject({
  caseId: z.uuid(),
  /** Counts, where the vote was by show of hands or secret; absent where it is by name or not yet held. */
  votes: z.strictObject({ for: Count, against: Count, abstain: Count }).optional(),
  /** The vote of each by the id of the appraiser. */
  named: z.record(z.uuid(), z.enum(['for', 'against', 'abstain'])).optional(),
  opinion: z.string().trim().max(1000).default(''),
  deputyId: z.uuid().nullable().default(null),
  /** Who said himself that he is too near, by the id of the appraiser. */
  stated: z
    .array(z.strictObject({ appraiserId: z.uuid(), reason: Reason }))
    .max(50)
    .default([]),
})

/** Everything that is known of a meeting, as one writing; what was entered before is replaced. */
export const EnterMeeting = z.strictObject({
  revision: z.number().int().min(1),
  heldOn: Day,
  place: z.string().trim().min(1).max(80),
  /** An appraiser. */
  chairId: z.uuid().nullable(),
  minuteTaker: z.string().trim().max(40).default(''),
  minutes: z.string().trim().max(20_000).default(''),
  people: z.array(Attendance).min(1).max(200),
  items: z.array(Item).min(1).max(100),
})
export type EnterMeeting = z.infer<typeof EnterMeeting>

export const CloseMeeting = z.strictObject({ revision: z.number().int().min(1) })
export type CloseMeeting = z.infer<typeof CloseMeeting>
export const DropMeeting = CloseMeeting.extend({ reason: Reason })
export type DropMeeting = z.infer<typeof DropMeeting>

/** What is still to be done about a meeting: enter and close it, or photograph the signed sheet of one that is closed. */
export const meetingTasks = ['close', 'sheet'] as const
export type MeetingTask = (typeof meetingTasks)[number]

export const FilterMeetings = z.strictObject({
  area: AreaPath.optional(),
  task: z.enum(meetingTasks).optional(),
  kind: z.enum(meetingKinds).optional(),
  state: z.enum(meetingStates).optional(),
  from: Day.optional(),
  to: Day.optional(),
})
export type FilterMeetings = z.infer<typeof FilterMeetings>
export const ListMeetings = FilterMeetings.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListMeetings = z.infer<typeof ListMeetings>
export const ExportMeetings = FilterMeetings.extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export const ReadMeetingDraft = z.strictObject({ area: AreaPath, kind: z.enum(meetingKinds) })
export type ReadMeetingDraft = z.infer<typeof ReadMeetingDraft>

/** A tie: what the head of the other household is to the head of this one. */
export const StateKin = z.strictObject({
  householdId: z.uuid(),
  otherHouseholdId: z.uuid(),
  relation: z.enum(kinRelations).exclude(['split', 'married']),
  reason: Reason,
})
export type StateKin = z.infer<typeof StateKin>
export const WithdrawKin = z.strictObject({ householdId: z.uuid(), otherHouseholdId: z.uuid(), reason: Reason })
export type WithdrawKin = z.infer<typeof WithdrawKin>
export const NameOwnHousehold = z.strictObject({ householdId: z.uuid(), relation: z.enum(ownRelations) })
export type NameOwnHousehold = z.infer<typeof NameOwnHousehold>
export const WithdrawOwnHousehold = z.strictObject({ householdId: z.uuid(), reason: Reason })
export type WithdrawOwnHousehold = z.infer<typeof WithdrawOwnHousehold>

/** Whom an office means; names travel in the body, never in an address. */
export const FindKinUsers = z.strictObject({ q: z.string().trim().min(1).max(40) })
/** An office names a household of a user and says how it knows. */
export const NameHouseholdFor = NameOwnHousehold.extend({ reason: Reason })
export type NameHouseholdFor = z.infer<typeof NameHouseholdFor>
