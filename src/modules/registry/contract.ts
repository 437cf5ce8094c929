import { z } from 'zod'

/** Ids of the register; made by the app, sorted by time. */
export const HouseholdId = z.uuid().brand('HouseholdId')
export type HouseholdId = z.infer<typeof HouseholdId>
export const PersonId = z.uuid().brand('PersonId')
export type PersonId = z.infer<typeof PersonId>
export const BatchId = z.uuid().brand('BatchId')
export type BatchId = z.infer<typeof BatchId>

/** Kinds of file: the full rural register, the five exports of the national system. */
export const ImportKind = z.enum(['register', 'monitoring', 'building', 'work', 'planned-work', 'village'])
export type ImportKind = z.infer<typeof ImportKind>

export const BatchState = z.enum(['staging', 'staged', 'applying', 'applied', 'undoing', 'undone', 'refused', 'interrupted', 'discarded'])
export type BatchState = z.infer<typeof BatchState>

export const Entity = z.enum(['household', 'person', 'village'])
export type Entity = z.infer<typeof Entity>

/** Rows of a file; `read` = `staged` + `refused` + `notData`, `corrected` and `suspicious` are among the staged. */
export const RowCounts = z.object({
  read: z.number(),
  staged: z.number(),
  corrected: z.number(),
  suspicious: z.number(),
  refused: z.number(),
  notData: z.number(),
})
export type RowCounts = z.infer<typeof RowCounts>

/** What a file would do to one kind of row of the register. */
export const DifferenceCounts = z.object({
  new: z.number(),
  changed: z.number(),
  same: z.number(),
  conflict: z.number(),
  missing: z.number(),
  /** Among `same`: rows whose values stay and that only gain the file as a source. */
  noted: z.number(),
})
export type DifferenceCounts = z.infer<typeof DifferenceCounts>

/** Totals of one township (M-004): registered = exited + not exited, in households and in persons. */
export const TotalsRow = z.object({
  township: z.string(),
  households: z.number(),
  persons: z.number(),
  registeredHouseholds: z.number(),
  registeredPersons: z.number(),
  exitedHouseholds: z.number(),
  exitedPersons: z.number(),
  notExitedHouseholds: z.number(),
  notExitedPersons: z.number(),
  balances: z.boolean(),
})
export type TotalsRow = z.infer<typeof TotalsRow>

export const Totals = z.object({ rows: z.array(TotalsRow), sum: TotalsRow, balances: z.boolean() })
export type Totals = z.infer<typeof Totals>

/** The totals of an import: `after` = `before` + `added` - `removed`, in households and in persons. */
export const ImportTotals = z.object({
  before: z.object({ households: z.number(), persons: z.number() }),
  added: z.object({ households: z.number(), persons: z.number() }),
  removed: z.object({ households: z.number(), persons: z.number() }),
  after: Totals,
  balances: z.boolean(),
})
export type ImportTotals = z.infer<typeof ImportTotals>

export const Progress = z.object({
  step: z.enum(['wait', 'returned', 'read', 'compare', 'areas', 'households', 'persons', 'changes', 'check', 'undo', 'done']),
  done: z.number(),
  total: z.number().optional(),
})
export type Progress = z.infer<typeof Progress>

/** An area that the file names and the list of areas does not have; it is made when the import is applied. */
export const NewArea = z.object({ township: z.string(), village: z.string(), group: z.string().optional(), code: z.string().optional() })
export type NewArea = z.infer<typeof NewArea>

/** Whose value wins where a file and the register differ; what is not chosen follows policy/sources.json. A correction is never overwritten. */
export const Winner = z.enum(['file', 'register', 'newer'])
export type Winner = z.infer<typeof Winner>
/** A choice for the whole batch, and for single fields, which win over it. */
export const WinnerChoices = z.strictObject({ all: Winner.optional(), fields: z.record(z.string().max(60), Winner).default({}) })
export type WinnerChoices = z.infer<typeof WinnerChoices>

export const ImportBatch = z.object({
  batchId: BatchId,
  kind: ImportKind.optional(),
  /** Where its rows come from: a file, or cells pasted from Excel or WPS. */
  source: z.enum(['file', 'pasted']),
  state: BatchState,
  fileName: z.string(),
  fileHash: z.string(),
  fileBytes: z.number(),
  sender: z.string().optional(),
  asOf: z.string(),
  /** How each column was understood, in the order of the file; `key` is absent for columns that are not kept, `confidence` is 0 to 1. */
  columns: z.array(
    z.object({
      column: z.number(),
      label: z.string(),
      key: z.string().optional(),
      /** `hand`: chosen for this batch; `remembered`: chosen for an earlier file of this sender and kind. */
      how: z.string().optional(),
      confidence: z.number().optional(),
      why: z.object({ zh: z.string(), en: z.string() }).optional(),
      /** Up to three different values of the column, digits of numbers masked. */
      samples: z.array(z.string()).optional(),
    }),
  ),
  choices: WinnerChoices,
  /** What was mended by hand; `isWaiting`: something was mended since the rows were last checked as a whole (`recheck`). */
  fixes: z.object({ cells: z.number(), rows: z.number(), replacements: z.number(), isWaiting: z.boolean() }),
  /** What the last corrected file brought that was handed in again. */
  returned: z
    .object({ fileName: z.string(), rows: z.number(), cells: z.number(), unknownRows: z.array(z.number()), unknownCount: z.number() })
    .optional(),
  /** What was taken back of it while the rest stays. */
  undonePart: z.object({ households: z.number(), persons: z.number(), villages: z.number() }),
  counts: RowCounts.partial(),
  differences: z
    .object({
      household: DifferenceCounts,
      person: DifferenceCounts,
      village: DifferenceCounts,
      newAreas: z.array(NewArea),
      newAreaCount: z.number(),
    })
    .partial(),
  totals: ImportTotals.optional(),
  progress: Progress.partial(),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
  createdName: z.string(),
  createdAt: z.string(),
  stagedAt: z.string().optional(),
  appliedAt: z.string().optional(),
  undoneAt: z.string().optional(),
  /** `map`: columns and kind; `fix`: cells, replacements, a corrected file; `recheck`: check all rows again; `choose`: whose value wins. */
  can: z.object({
    apply: z.boolean(),
    undo: z.boolean(),
    discard: z.boolean(),
    retry: z.boolean(),
    map: z.boolean(),
    fix: z.boolean(),
    recheck: z.boolean(),
    choose: z.boolean(),
  }),
})
export type ImportBatch = z.infer<typeof ImportBatch>

/** One thing wrong with one cell of a file. `reason` is a code word of `importWords` (rules/import-words.ts). */
export const ImportProblem = z.object({
  problemNo: z.number(),
  severity: z.enum(['refused', 'suspicious', 'corrected']),
  sheet: z.string(),
  row: z.number(),
  column: z.string().optional(),
  label: z.string().optional(),
  reason: z.string(),
  details: z.record(z.string(), z.unknown()),
})
export type ImportProblem = z.infer<typeof ImportProblem>

/** One row of the register that a file would change, contradicts, or does not hold. Numbers and telephones are masked. */
export const ImportDifference = z.object({
  differenceNo: z.number(),
  entity: Entity,
  status: z.enum(['changed', 'conflict', 'missing']),
  rowId: z.string(),
  rowKey: z.string(),
  row: z.number().optional(),
  name: z.string(),
  place: z.string(),
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  conflicts: z.record(z.string(), z.tuple([z.unknown(), z.unknown(), z.string()])),
  decision: z.enum(['keep', 'left']).optional(),
})
export type ImportDifference = z.infer<typeof ImportDifference>

/** Announced when a batch has been applied or undone; the register has the new revision. */
export const RegisterChanged = z.object({ batchId: BatchId, revision: z.number(), did: z.enum(['applied', 'undone']) })
export type RegisterChanged = z.infer<typeof RegisterChanged>
export const registerChanged = { name: 'registry.register-changed', payload: RegisterChanged } as const

/** A person as another module compares lists with; the number and the telephones are plain and must not be stored. */
export interface RegisterPerson {
  personId: string
  personNo: string
  /** Resident identity number of 18 characters, without what a disability certificate adds; '' when none is known. */
  idNumber: string
  name: string
  /** As stated, `YYYY-MM-DD`; the number may say it where nobody stated it. */
  bornOn: string | undefined
  sex: 'male' | 'female' | undefined
  /** Own telephone, then the household's. */
  phones: string[]
  householdId: string
  householdNo: string
  householdType: string | undefined
  monitorCategory: string | undefined
  isHead: boolean
  seqNo: number | undefined
  monthlyIncomeFen: number | undefined
  township: string
  village: string
  villageCode: string | undefined
  group: string | undefined
  areaPath: string
}

// ---- Reading, tags, village kinds, corrections: what is asked. What is answered stands in rules/register-records.ts. ----

const areaPath = z.string().regex(/^(\d+\.){1,6}$/)
const shortText = z.string().trim().min(1).max(100)
/** A reason that somebody can read later: at least four characters. */
const reasonText = z.string().trim().min(4).max(200)
const paging = { after: z.string().max(600).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

/** Filters of the list, its counts and its export. `monitored` is a category or `any`. */
const householdFilters = {
  under: areaPath.optional(),
  type: z.string().max(40).optional(),
  monitored: z.string().max(40).optional(),
  tag: z.string().max(40).optional(),
  /** Households with a person whom the latest file does not hold and about whom nobody has decided; county office only. */
  missing: z.literal('true').optional(),
}
export const FilterHouseholds = z.strictObject(householdFilters)
export type FilterHouseholds = z.infer<typeof FilterHouseholds>
export const ListHouseholds = z.strictObject({ ...householdFilters, ...paging })
export type ListHouseholds = z.infer<typeof ListHouseholds>
/** What stands in the search box: names and numbers travel in the body, never in an address (trust.md §5.9). */
export const SearchHouseholds = z.strictObject({ ...householdFilters, ...paging, q: z.string().trim().min(1).max(40) })
export type SearchHouseholds = z.infer<typeof SearchHouseholds>
/** What every export asks for: what it is for, and the kind of file. */
export const exportTerms = { purpose: reasonText, format: z.enum(['xlsx', 'csv']).default('xlsx') }
export const ExportHouseholds = z.strictObject({ ...householdFilters, ...exportTerms })
export type ExportHouseholds = z.infer<typeof ExportHouseholds>
/** POST /registry/exports/:exportId/decide */
export const DecideExport = z.strictObject({ decision: z.enum(['approve', 'refuse']), note: z.string().trim().max(200).optional() })
export type DecideExport = z.infer<typeof DecideExport>
export const ListExports = z.strictObject({ ...paging, waiting: z.literal('true').optional() })
export type ListExports = z.infer<typeof ListExports>

export const RevealField = z.enum(['id-number', 'phone', 'household-phone'])
export type RevealField = z.infer<typeof RevealField>
/** POST /registry/persons/:personId/reveal; `household-phone` is the telephone of the person's household. */
export const Reveal = z.strictObject({ field: RevealField, reason: reasonText })
export type Reveal = z.infer<typeof Reveal>

export const AddTag = z.strictObject({ tag: z.string().max(40), source: shortText, validFrom: z.iso.date().optional() })
export type AddTag = z.infer<typeof AddTag>
export const EndTag = z.strictObject({ reason: reasonText })
export type EndTag = z.infer<typeof EndTag>

export const VillageKind = z.enum(['poor', 'exited', 'ordinary', 'ordinary-many-poor', 'key-support', 'demonstration'])
export type VillageKind = z.infer<typeof VillageKind>
export const ListVillages = z.strictObject({ ...paging, under: areaPath.optional(), kind: VillageKind.optional() })
export type ListVillages = z.infer<typeof ListVillages>
export const SetVillageKind = z.strictObject({ areaPath, kind: VillageKind, validFrom: z.iso.date(), source: shortText })
export type SetVillageKind = z.infer<typeof SetVillageKind>
export const EndVillageKind = z.strictObject({ validTo: z.iso.date(), source: shortText })
export type EndVillageKind = z.infer<typeof EndVillageKind>

export const CorrectionState = z.enum(['found', 'confirmed', 'applied', 'rejected'])
export type CorrectionState = z.infer<typeof CorrectionState>
/** POST /registry/corrections: one difference between what is so and what stands in the register (M-008). */
export const ProposeCorrection = z.strictObject({
  householdId: HouseholdId,
  personId: PersonId.optional(),
  field: z.string().max(60),
  /** As a person writes it; `''` says that the field should be empty. */
  newValue: z.string().trim().max(200),
  source: shortText,
})
export type ProposeCorrection = z.infer<typeof ProposeCorrection>
export const DecideCorrection = z.strictObject({
  revision: z.number().int(),
  decision: z.enum(['confirm', 'apply', 'reject']),
  reason: z.string().trim().max(200).optional(),
})
export type DecideCorrection = z.infer<typeof DecideCorrection>
export const ListCorrections = z.strictObject({
  ...paging,
  state: CorrectionState.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  field: z.string().max(60).optional(),
})
export type ListCorrections = z.infer<typeof ListCorrections>
