import { z } from 'zod'
import { Entity, HouseholdId, ImportKind, PersonId, WinnerChoices } from '../contract.ts'

/** What the routes of imports are asked; what they answer stands in import-records.ts and contract.ts. All are for the county office. */

const sheetName = z.string().max(100)
const rowNo = z.number().int().min(1).max(1_048_576)
/** Counted from 0, as in `ImportBatch.columns`. */
const columnNo = z.number().int().min(0).max(16_383)
const cellText = z.string().max(2_000)
const reasonText = z.string().trim().min(4).max(200)
const page = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

/** POST /registry/imports and /registry/imports/paste: raw bytes; the paste is UTF-8 text, cells separated by tabs, as the clipboard gives it. */
export const UploadImport = z.strictObject({
  kind: ImportKind.optional(),
  sender: z.string().trim().max(100).optional(),
  asOf: z.iso.date().optional(),
})
export type UploadImport = z.infer<typeof UploadImport>

/** PUT /registry/imports/:batchId/columns: named columns only; `key: null` keeps a column out. `remember`: also for the sender's next file of the kind. */
export const MapColumns = z.strictObject({
  kind: ImportKind.optional(),
  columns: z.array(z.strictObject({ column: columnNo, key: z.string().max(60).nullable() })).max(512),
  remember: z.boolean().default(true),
})
export type MapColumns = z.infer<typeof MapColumns>

/** GET /registry/imports/:batchId/bad-rows: only rows with problems, in the order of the file. */
export const ListBadRows = z.strictObject({
  ...page,
  severity: z.enum(['refused', 'suspicious']).optional(),
  column: z.coerce.number().int().min(0).max(16_383).optional(),
  reason: z.string().max(60).optional(),
})
export type ListBadRows = z.infer<typeof ListBadRows>

/** PATCH /registry/imports/:batchId/rows: cells as they should be; the rows are checked at once. One block of a grid may be pasted. */
export const FixCells = z.strictObject({
  cells: z
    .array(z.strictObject({ sheet: sheetName, row: rowNo, column: columnNo, value: cellText }))
    .min(1)
    .max(2_000),
})
export type FixCells = z.infer<typeof FixCells>

/**
 * POST /registry/imports/:batchId/replacements/preview (a question) and /registry/imports/:batchId/replacements: every cell of a column
 * that holds exactly `from` (blanks at its ends aside) is read as `to`.
 */
export const ReplaceValues = z.strictObject({ column: columnNo, from: cellText, to: cellText })
export type ReplaceValues = z.infer<typeof ReplaceValues>

/** POST /registry/imports/:batchId/replacements/:replacementId/remove has no body; so has POST …/recheck. */

/** PUT /registry/imports/:batchId/choices: the differences are computed anew with them. */
export const ChooseWinners = WinnerChoices
export type ChooseWinners = z.infer<typeof ChooseWinners>

/** GET /registry/imports/:batchId/changes: what an applied batch made and changed, household by household (villages for their own kind). */
export const ListChanges = z.strictObject({ ...page, entity: Entity.extract(['household', 'village']).default('household') })
export type ListChanges = z.infer<typeof ListChanges>

/**
 * POST /registry/imports/:batchId/undo: the whole batch; with `part` only what is named. A household goes with its members; `untouched`
 * takes back every household and village that nobody has changed since and leaves the others.
 */
export const UndoImport = z.strictObject({
  reason: reasonText,
  part: z
    .union([
      z.literal('untouched'),
      z.strictObject({
        householdIds: z.array(HouseholdId).max(1_000).default([]),
        personIds: z.array(PersonId).max(1_000).default([]),
        villageIds: z.array(z.uuid()).max(1_000).default([]),
      }),
    ])
    .optional(),
})
export type UndoImport = z.infer<typeof UndoImport>
