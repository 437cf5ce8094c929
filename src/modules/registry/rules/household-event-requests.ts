import { z } from 'zod'
import { HouseholdId, PersonId } from '../contract.ts'
import { codeLists } from '../policy/policy.ts'

/** What is asked of household events (分户, 并户, 结婚, 迁移, 死亡, 迁出, 迁入, 出生); what is answered stands in household-event-records.ts. */
export const householdEventKinds = ['split', 'merge', 'marriage', 'move', 'death', 'moved-away', 'joined', 'birth'] as const
export type HouseholdEventKind = (typeof householdEventKinds)[number]

const relations = new Set(codeLists['relationToHead']?.codes.map((code) => code.zh))
const relation = z
  .string()
  .max(20)
  .refine((written) => relations.has(written))
const reasonText = z.string().trim().min(4).max(200)
const about = {
  householdId: HouseholdId,
  /** The day on which it happened. */
  on: z.iso.date(),
  reason: reasonText,
  /** The paper that proves it: a certificate, a register page. */
  paper: z.string().trim().max(100).optional(),
  /** Who is head of the household that stays; needed where its head leaves. */
  headId: PersonId.optional(),
  /** Relations to the head, of those whose head or household changes. */
  relations: z.record(PersonId, relation).default({}),
}
const householdNo = z.string().regex(/^[0-9A-Za-z]{4,32}$/)
const members = z.array(PersonId).min(1).max(50)
const newPerson = z.strictObject({
  name: z.string().trim().min(1).max(40),
  sex: z.enum(['male', 'female']),
  bornOn: z.iso.date(),
  /** A newborn may have none yet. */
  idNumber: z
    .string()
    .trim()
    .regex(/^\d{17}[\dX]$/)
    .optional(),
  relation,
})

/** POST /registry/household-events and its preview: what happened to a household, and what the register should say from then on. */
export const HouseholdEventCommand = z.discriminatedUnion('kind', [
  z.strictObject({
    ...about,
    kind: z.literal('split'),
    members,
    newHeadId: PersonId,
    /** As the county gave it; absent: a provisional one is made. */
    householdNo: householdNo.optional(),
  }),
  z.strictObject({ ...about, kind: z.literal('merge'), otherId: HouseholdId }),
  z.strictObject({
    ...about,
    kind: z.literal('marriage'),
    /** Whether `members` leave the household for the other, or enter it from there. */
    way: z.enum(['leave', 'enter']),
    members,
    otherId: HouseholdId.optional(),
    /** The other household's number, where whoever reports does not see that household: who decides does. */
    otherNo: householdNo.optional(),
  }),
  z.strictObject({ ...about, kind: z.literal('move'), areaPath: z.string().regex(/^(\d+\.){5,6}$/) }),
  z.strictObject({ ...about, kind: z.literal('death'), personId: PersonId }),
  z.strictObject({ ...about, kind: z.literal('moved-away'), members }),
  z.strictObject({ ...about, kind: z.literal('joined'), person: newPerson }),
  z.strictObject({ ...about, kind: z.literal('birth'), person: newPerson }),
])
export type HouseholdEventCommand = z.infer<typeof HouseholdEventCommand>

/** POST /registry/household-events: `isReport` leaves the decision to the township. */
export const AskHouseholdEvent = z.strictObject({ command: HouseholdEventCommand, isReport: z.boolean() })
export type AskHouseholdEvent = z.infer<typeof AskHouseholdEvent>
export const PreviewHouseholdEvent = z.strictObject({ command: HouseholdEventCommand })
export const DecideHouseholdEvent = z.strictObject({
  revision: z.int(),
  decision: z.enum(['confirm', 'apply', 'reject']),
  reason: z.string().trim().max(200).optional(),
})
export type DecideHouseholdEvent = z.infer<typeof DecideHouseholdEvent>
export const UndoHouseholdEvent = z.strictObject({ reason: reasonText })
/** `waiting`: to be decided; `mine`: what the caller has reported, whatever became of it; `done`: applied, sent back or taken back. */
export const householdEventViews = ['waiting', 'mine', 'done'] as const
export type HouseholdEventView = (typeof householdEventViews)[number]
export const ListHouseholdEvents = z.strictObject({
  householdId: z.uuid().optional(),
  view: z.enum(householdEventViews).optional(),
  after: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListHouseholdEvents = z.infer<typeof ListHouseholdEvents>
