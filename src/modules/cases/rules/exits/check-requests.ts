import * as z from 'zod'

const Day = z.iso.date()

/** What a department was asked about a member, and what came back; without a result it is only asked. */
export const CheckNote = z.strictObject({
  personId: z.uuid(),
  department: z.string().trim().min(1).max(40),
  requestedOn: Day,
  cameOn: Day.nullable().default(null),
  result: z.enum(['nothing', 'found']).nullable().default(null),
  /** Situation of the negative list; null: it belongs to none. */
  word: z.string().trim().max(40).nullable().default(null),
  /** What was found, in words. */
  what: z.string().trim().min(2).max(500).nullable().default(null),
})
export type CheckNote = z.infer<typeof CheckNote>

export const NoteChecks = z.strictObject({ notes: z.array(CheckNote).min(1).max(400) })
export type NoteChecks = z.infer<typeof NoteChecks>

const Cell = z.string().max(500)
/** A row as a department sends it back. */
const SentRow = z.strictObject({ name: Cell, idNumber: Cell, department: Cell, result: Cell, remark: Cell })
/** Results for many people and cases; `department`: of rows that name none. Names and numbers travel in the body. */
export const SentChecks = z.strictObject({
  rows: z.array(SentRow).min(1).max(500),
  department: z.string().trim().max(40).default(''),
  cameOn: Day,
})
export type SentChecks = z.infer<typeof SentChecks>

export const ListCheckWork = z.strictObject({})
/** The list that goes to a department: everybody of whom it has not answered. */
export const ExportChecks = z.strictObject({
  department: z.string().trim().min(1).max(40),
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportChecks = z.infer<typeof ExportChecks>

/** What was found needs a written reason either way; it never rejects by itself. */
export const AnswerCheck = z.strictObject({
  answer: z.enum(['speaks-against', 'does-not-speak-against']),
  reason: z.string().trim().min(2).max(500),
})
export type AnswerCheck = z.infer<typeof AnswerCheck>

export const WithdrawCheck = z.strictObject({ reason: z.string().trim().min(2).max(200) })
export type WithdrawCheck = z.infer<typeof WithdrawCheck>
