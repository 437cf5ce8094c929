import * as z from 'zod'
import { Template, TemplateKey } from './rules/template.ts'

export { Template, TemplateKey } from './rules/template.ts'

const AreaPath = z.string().regex(/^(\d+\.){1,7}$/)
const FieldKey = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(40)
const reason = z.string().trim().min(2).max(500)
const RecordId = z.uuid()
/** Values by field key as screens hand them over (see `rules/read-value.ts`); null or '' empties a field. */
const Values = z.record(FieldKey, z.unknown())

/** One book: all records of one template. */
export const OfBook = z.strictObject({ templateKey: TemplateKey })
export type OfBook = z.infer<typeof OfBook>
export const OfRecord = z.strictObject({ templateKey: TemplateKey, recordId: RecordId })
export type OfRecord = z.infer<typeof OfRecord>
export const OfField = z.strictObject({ templateKey: TemplateKey, recordId: RecordId, fieldKey: FieldKey })
export type OfField = z.infer<typeof OfField>
export const OfFile = z.strictObject({ templateKey: TemplateKey, recordId: RecordId, recordFileId: z.uuid() })
export type OfFile = z.infer<typeof OfFile>
export const OfBookImport = z.strictObject({ templateKey: TemplateKey, importId: z.uuid() })
export type OfBookImport = z.infer<typeof OfBookImport>

/** Bounds of one offered field: one of some values, a range (both ends belong to it), or nothing entered. */
export const FieldFilter = z.strictObject({
  field: FieldKey,
  /** Choice keys, ids of what is linked, a path (and all below it), `true`/`false`, or the text itself. */
  is: z.array(z.string().max(200)).min(1).max(50).optional(),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  empty: z.boolean().optional(),
})
export type FieldFilter = z.infer<typeof FieldFilter>

/** Who or what is named: a household (or one of its members), person, organisation, area (and what lies below it) or another record. */
const LinkedTo = z.strictObject({
  kind: z.enum(['household', 'person', 'organisation', 'area', 'record']),
  target: z.union([z.uuid(), AreaPath]),
})

const filters = {
  fields: z.array(FieldFilter).max(8).default([]),
  states: z.array(FieldKey).max(20).optional(),
  /** This area and what lies below it. */
  under: AreaPath.optional(),
  due: z.enum(['overdue', 'within-week', 'later', 'none']).optional(),
  /** Last days in time, both ends included. */
  dueFrom: z.iso.date().optional(),
  dueTo: z.iso.date().optional(),
  /** Entered by the caller. */
  own: z.boolean().optional(),
  householdId: z.uuid().optional(),
  /** Those that name somebody or something, as the panels of its page count them. */
  linked: LinkedTo.optional(),
  /** Beginning of the title or of the number; two characters and more are also found inside of the title. */
  q: z.string().trim().min(1).max(60).optional(),
  removed: z.boolean().optional(),
  importId: z.uuid().optional(),
}
export const FilterRecords = z.strictObject(filters)
export type FilterRecords = z.infer<typeof FilterRecords>

/** `by`: an offered field, or `made`, `changed`, `no`, `state`, `area`, `due`, `title`. What is empty stands last, whichever way. */
export const SortRecords = z.strictObject({ by: z.string().max(40), descending: z.boolean().default(false) })
export type SortRecords = z.infer<typeof SortRecords>
/** POST …/search (a question: its words must not stand in an address). Without a sort the newest stand first. */
export const SearchRecords = z.strictObject({
  ...filters,
  sort: SortRecords.optional(),
  after: z.string().max(900).optional(),
  limit: z.int().min(1).max(200).default(50),
})
export type SearchRecords = z.infer<typeof SearchRecords>
/** POST …/board: the columns of the board (states, or the values of `by`), each with its first records. */
export const AskBoard = z.strictObject({ ...filters, by: z.string().max(40).optional(), limit: z.int().min(1).max(50).default(20) })
export type AskBoard = z.infer<typeof AskBoard>
/** POST …/calendar: records of a month by a field of days, or by what is due. */
export const AskCalendar = z.strictObject({ ...filters, month: z.string().regex(/^\d{4}-\d{2}$/), by: z.string().max(40).optional() })
export type AskCalendar = z.infer<typeof AskCalendar>
/**
 * POST …/statistics. `groups`: up to two of `state`, `township`, `village`, a choice or yes-no field, `month:<day field>`, `year:<day field>`,
 * `month:made`; `sums`: number and money fields that are offered.
 */
export const AskStatistics = z.strictObject({
  ...filters,
  groups: z.array(z.string().max(60)).max(2).default([]),
  sums: z.array(FieldKey).max(6).default([]),
})
export type AskStatistics = z.infer<typeof AskStatistics>

/** POST …/export (a question: it answers with a file). Columns as on the screen when given. */
export const ExportRecords = z.strictObject({
  ...filters,
  sort: SortRecords.optional(),
  columns: z.array(FieldKey).min(1).max(80).optional(),
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportRecords = z.infer<typeof ExportRecords>
/** POST /ledgers/due/export: what is late or due within a week, of all ledgers. */
export const ExportDue = z.strictObject({ purpose: z.string().trim().min(4).max(200), format: z.enum(['xlsx', 'csv']).default('xlsx') })
export type ExportDue = z.infer<typeof ExportDue>
/** POST …/print: the list in the official look (at most 2,000 rows). POST …/records/:recordId/print: the sheet of one record. */
export const PrintRecords = z.strictObject({ ...filters, sort: SortRecords.optional(), format: z.enum(['docx', 'pdf']).default('docx') })
export type PrintRecords = z.infer<typeof PrintRecords>
export const PrintRecord = z.strictObject({ format: z.enum(['docx', 'pdf']).default('docx') })
export type PrintRecord = z.infer<typeof PrintRecord>

/** GET …/known: the household or person that a new record is about. */
export const AskKnown = z.strictObject({ target: z.uuid() })
export type AskKnown = z.infer<typeof AskKnown>

/** POST …/records. `areaPath` where the record names no household, person, organisation or area; the caller's own area when absent. */
export const MakeRecord = z.strictObject({ values: Values, areaPath: AreaPath.optional() })
export type MakeRecord = z.infer<typeof MakeRecord>
/** PATCH …/records/:recordId. Only the fields that change. */
export const ChangeRecord = z.strictObject({
  revision: z.int().min(1),
  values: Values,
  areaPath: AreaPath.optional(),
  reason: reason.optional(),
})
export type ChangeRecord = z.infer<typeof ChangeRecord>
/** POST …/records/:recordId/move. `values`: fields that the move needs, filled with it. */
export const MoveRecord = z.strictObject({
  revision: z.int().min(1),
  move: FieldKey,
  values: Values.default({}),
  reason: reason.optional(),
})
export type MoveRecord = z.infer<typeof MoveRecord>
export const RemoveRecord = z.strictObject({ revision: z.int().min(1), reason })
export type RemoveRecord = z.infer<typeof RemoveRecord>
export const RestoreRecord = z.strictObject({ revision: z.int().min(1), reason })
export type RestoreRecord = z.infer<typeof RestoreRecord>
/** POST …/records/:recordId/reveal: one sensitive value in full; audited. */
export const RevealValue = z.strictObject({ field: FieldKey, reason: z.string().trim().min(4).max(200) })
export type RevealValue = z.infer<typeof RevealValue>

const recordIds = z.array(RecordId).min(1).max(500)
/** POST …/change-many, …/move-many: each record by itself; what is refused is said by record. */
export const ChangeMany = z.strictObject({ recordIds, values: Values, reason: reason.optional() })
export type ChangeMany = z.infer<typeof ChangeMany>
export const MoveMany = z.strictObject({ recordIds, move: FieldKey, values: Values.default({}), reason: reason.optional() })
export type MoveMany = z.infer<typeof MoveMany>
/** POST …/sample: draws the share of the template from its state by a seed that is shown with the list; without a seed one is made. */
export const DrawSample = z.strictObject({ seed: z.string().trim().min(4).max(80).optional() })
export type DrawSample = z.infer<typeof DrawSample>

/** POST …/paste: cells as Excel puts them on the clipboard, the header in the first row. An upload to …/imports does the same with a file. */
export const PasteRows = z.strictObject({
  rows: z
    .array(z.array(z.string().max(4000)).max(120))
    .min(2)
    .max(2000),
})
export type PasteRows = z.infer<typeof PasteRows>
/** POST …/imports/:importId/map: column number (from 0) → field key, or null for "not kept". The rows are judged anew. */
export const MapImport = z.strictObject({ columns: z.record(z.string().regex(/^\d{1,3}$/), z.string().max(40).nullable()) })
export type MapImport = z.infer<typeof MapImport>
export const ListImportRows = z.strictObject({
  outcome: z.enum(['bad', 'new', 'changed', 'same']).optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListImportRows = z.infer<typeof ListImportRows>

/** GET /ledgers/linked: records that name a household, person, organisation, area (and what lies below) or another record. */
export const AskLinked = LinkedTo.extend({
  templateKey: TemplateKey.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(5),
})
export type AskLinked = z.infer<typeof AskLinked>
/** GET …/choose: records of another ledger to link to. */
export const ChooseRecord = z.strictObject({
  q: z.string().trim().max(60).default(''),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export type ChooseRecord = z.infer<typeof ChooseRecord>

// ---- Templates ----
export const GetTemplate = z.strictObject({ version: z.coerce.number().int().min(1).optional() })
export type GetTemplate = z.infer<typeof GetTemplate>
/** POST /ledgers/templates/check (a question): what is wrong with a template, and which keys its fields would have. Takes any JSON. */
export const CheckTemplate = z.strictObject({ template: z.unknown() })
export type CheckTemplate = z.infer<typeof CheckTemplate>
/** PUT /ledgers/templates/:templateKey/draft. `revision` of the draft that is changed; absent for the first. Drafts may be unfinished but must have the shape. */
export const SaveDraft = z.strictObject({ template: Template, revision: z.int().min(1).optional() })
export type SaveDraft = z.infer<typeof SaveDraft>
export const PublishTemplate = z.strictObject({ revision: z.int().min(1) })
export type PublishTemplate = z.infer<typeof PublishTemplate>
export const WithdrawTemplate = z.strictObject({ version: z.int().min(1), reason })
export type WithdrawTemplate = z.infer<typeof WithdrawTemplate>
/** POST …/migration/preview (a question) and POST …/migration: all records of older versions to this one. */
export const MigrateRecords = z.strictObject({ version: z.int().min(1) })
export type MigrateRecords = z.infer<typeof MigrateRecords>

/** Announced after a move; ids only, who listens reads the record under his own scope. */
export const LedgerMoved = z.strictObject({
  recordId: z.uuid(),
  templateKey: TemplateKey,
  move: z.string(),
  from: z.string(),
  into: z.string(),
  isSettled: z.boolean(),
})
export type LedgerMoved = z.infer<typeof LedgerMoved>
export const ledgerMoved = { name: 'ledgers.moved', payload: LedgerMoved } as const

/** Announced once for each mark of a running deadline. */
export const LedgerReminded = z.strictObject({ recordId: z.uuid(), templateKey: TemplateKey, deadline: z.string(), percent: z.int() })
export type LedgerReminded = z.infer<typeof LedgerReminded>
export const ledgerReminded = { name: 'ledgers.reminded', payload: LedgerReminded } as const
