import { z } from 'zod'
import { ColumnMapping, ListKind, ListTerms, MonthText, RecognisedSheet } from '../contract.ts'

/** Asks how a sheet would be read as a list of this kind. */
export const SuggestMapping = z.strictObject({ sheet: z.string().max(200), kind: ListKind })
export type SuggestMapping = z.infer<typeof SuggestMapping>

/** What a person says of a mistake of the register that a list shows: propose the correction, or it is the list that is wrong. */
export const DecideRepair = z.strictObject({ decision: z.enum(['propose', 'refuse']) })
export type DecideRepair = z.infer<typeof DecideRepair>

/** A 授权书 noted by hand. Without a person it holds for the household; without an end for the months of the policy. */
export const NoteAuthorisation = z.strictObject({
  householdId: z.uuid(),
  personId: z.uuid().nullable(),
  givenOn: z.iso.date(),
  validUntil: z.iso.date().nullable(),
  /** Empty: all lists. */
  lists: z.array(ListKind).max(12),
  /** Its number, or where it or its photograph is kept. */
  paper: z.string().trim().min(1).max(120),
})
export type NoteAuthorisation = z.infer<typeof NoteAuthorisation>

export const RevokeAuthorisation = z.strictObject({ revokedOn: z.iso.date(), reason: z.string().trim().min(2).max(200) })
export type RevokeAuthorisation = z.infer<typeof RevokeAuthorisation>

export const ListAuthorisations = z.strictObject({
  householdId: z.uuid().optional(),
  state: z.enum(['current', 'ended']).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListAuthorisations = z.infer<typeof ListAuthorisations>

/** From a day on the county compares a list only with an authorisation, or no longer needs one. */
export const SetDemand = z.strictObject({
  list: ListKind,
  isDemanded: z.boolean(),
  effectiveFrom: z.iso.date(),
  reason: z.string().trim().min(4).max(200),
})
export type SetDemand = z.infer<typeof SetDemand>

/** A new version of the county's thresholds with one limit changed. */
export const SetLimit = z.strictObject({
  key: z.string().max(40),
  value: z.number().min(0).max(10_000_000),
  effectiveFrom: z.iso.date(),
  reason: z.string().trim().min(4).max(200),
})
export type SetLimit = z.infer<typeof SetLimit>

export const OfMonth = z.strictObject({ month: MonthText.optional() })

/** What begins a comparison in the office: the month and the terms; without thresholds those of the county hold. */
export const BeginRun = z.strictObject({ month: MonthText, terms: ListTerms })
export type BeginRun = z.infer<typeof BeginRun>

/** What a person says of the sheets of a staged file; a sheet of kind null is left out. */
export const CorrectMapping = z.strictObject({
  sheets: z
    .array(z.strictObject({ sheet: z.string(), kind: ListKind.nullable(), columns: ColumnMapping }))
    .min(1)
    .max(200),
})
export type CorrectMapping = z.infer<typeof CorrectMapping>

/** A kind of list for people who correct a mapping: its fields and their usual labels. */
export const ListKindChoice = z.strictObject({
  kind: ListKind,
  words: z.strictObject({ zh: z.string(), en: z.string() }),
  fields: z.array(z.strictObject({ key: z.string(), label: z.string(), isNeeded: z.boolean() })),
  /** One field of each group must be there. */
  needs: z.array(z.array(z.string())),
})
export type ListKindChoice = z.infer<typeof ListKindChoice>

/** Whom an ambiguous row means; null: none of these. `alsoRename`: the list's name is proposed to the register too. */
export const DecideMatch = z.strictObject({ personId: z.uuid().nullable(), alsoRename: z.boolean().optional() })
export type DecideMatch = z.infer<typeof DecideMatch>

/** A file that waits to be compared, with what was recognised in its sheets. */
export const StagedList = z.strictObject({
  receiptId: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  sheets: z.array(RecognisedSheet),
})
export type StagedList = z.infer<typeof StagedList>
