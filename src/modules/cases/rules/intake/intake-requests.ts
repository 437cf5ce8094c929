import * as z from 'zod'
import { difficulties, intakeChannels, intakeRefusals, intakeStates } from './intake-records.ts'

const Reason = z.string().trim().min(2).max(500)
const AreaPath = z
  .string()
  .regex(/^(\d+\.)+$/)
  .max(80)
const Flag = z.stringbool().optional()

const filters = {
  area: AreaPath.optional(),
  channel: z.enum(intakeChannels).optional(),
  state: z.enum(intakeStates).optional(),
  /** What is not closed. */
  open: Flag,
  /** What the caller's own office must look at. */
  mine: Flag,
  overdue: Flag,
  /** What no officer has yet said the household of. */
  unlinked: Flag,
}

export const FilterIntakes = z.strictObject(filters)
export type FilterIntakes = z.infer<typeof FilterIntakes>
export const ListIntakes = z.strictObject({
  ...filters,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListIntakes = z.infer<typeof ListIntakes>
/** What stands in the search box: names and numbers travel in the body, never in an address. */
export const SearchIntakes = z.strictObject({
  q: z.string().trim().min(1).max(40),
  area: AreaPath.optional(),
  after: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(200).optional(),
})
export type SearchIntakes = z.infer<typeof SearchIntakes>
export const ExportIntakes = z.strictObject({
  ...filters,
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportIntakes = z.infer<typeof ExportIntakes>

/** What an officer enters that came by another way than the public page. */
export const EnterIntake = z.strictObject({
  channel: z.enum(intakeChannels).exclude(['declaration']),
  areaPath: AreaPath,
  /** 12317, 12345, 信访局 …, and its number there: the same twice is refused. */
  sender: z.string().trim().max(40).optional(),
  senderNo: z.string().trim().max(40).optional(),
  /** Not later than today; today's without. */
  receivedOn: z.iso.date().optional(),
  name: z.string().trim().min(2).max(30),
  phone: z.string().trim().max(30).optional(),
  idNumber: z.string().trim().max(30).optional(),
  difficulties: z.array(z.enum(difficulties)).max(difficulties.length).default([]),
  text: z.string().trim().max(2000).default(''),
  reporterName: z.string().trim().max(30).optional(),
  reporterRelation: z.string().trim().max(20).optional(),
})
export type EnterIntake = z.infer<typeof EnterIntake>

/** Many at once, each by itself: what is refused does not stop the others. */
export const EnterIntakes = z.strictObject({ rows: z.array(EnterIntake).min(1).max(200) })
export type EnterIntakes = z.infer<typeof EnterIntakes>

/** What is done with an intake. `open-case` and `link` take the household that is meant; the matched one without. */
export const ActOnIntake = z.strictObject({
  revision: z.number().int().min(1),
  action: z.enum(['link', 'unlink', 'return', 'send', 'open-case', 'close', 'reopen']),
  householdId: z.uuid().optional(),
  /** send: to which village or township. */
  toArea: AreaPath.optional(),
  outcome: z.enum(intakeRefusals).optional(),
  reason: Reason.optional(),
})
export type ActOnIntake = z.infer<typeof ActOnIntake>

export const ActOnIntakes = z.strictObject({
  intakes: z
    .array(z.strictObject({ intakeId: z.uuid(), revision: z.number().int().min(1) }))
    .min(1)
    .max(200),
  act: ActOnIntake.omit({ revision: true, householdId: true }),
})
export type ActOnIntakes = z.infer<typeof ActOnIntakes>

export const ShowIntake = z.strictObject({ reason: Reason })
export type ShowIntake = z.infer<typeof ShowIntake>

const Phone = z
  .string()
  .trim()
  .regex(/^[\d\- ]{3,30}$/)
/** Makes codes for the villages below an area that have none. */
export const MakeVillageCodes = z.strictObject({ areaPath: AreaPath })
export type MakeVillageCodes = z.infer<typeof MakeVillageCodes>
/** Replaces a village's code: posters with the old one lead nowhere. */
export const ReplaceVillageCode = z.strictObject({ areaPath: AreaPath, reason: Reason })
export type ReplaceVillageCode = z.infer<typeof ReplaceVillageCode>
/** The telephone that the page shows; none without. */
export const SetVillagePhone = z.strictObject({ areaPath: AreaPath, phone: Phone.optional() })
export type SetVillagePhone = z.infer<typeof SetVillagePhone>
export const ListVillageCodes = z.strictObject({ area: AreaPath.optional() })
export type ListVillageCodes = z.infer<typeof ListVillageCodes>
/** `origin`: where the office app stands, for the address on the poster where policy names none. */
export const ReadPosters = z.strictObject({ area: AreaPath, origin: z.string().regex(/^https?:\/\/[\w.:[\]-]{1,200}$/) })
export type ReadPosters = z.infer<typeof ReadPosters>
