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
  step: z.enum(['read', 'compare', 'areas', 'households', 'persons', 'changes', 'check', 'undo', 'done']),
  done: z.number(),
  total: z.number().optional(),
})
export type Progress = z.infer<typeof Progress>

/** An area that the file names and the list of areas does not have; it is made when the import is applied. */
export const NewArea = z.object({ township: z.string(), village: z.string(), group: z.string().optional(), code: z.string().optional() })
export type NewArea = z.infer<typeof NewArea>

export const ImportBatch = z.object({
  batchId: BatchId,
  kind: ImportKind.optional(),
  state: BatchState,
  fileName: z.string(),
  fileHash: z.string(),
  fileBytes: z.number(),
  sender: z.string().optional(),
  asOf: z.string(),
  /** How each column was understood, in the order of the file; `key` is absent for columns that are not kept. */
  columns: z.array(z.object({ column: z.number(), label: z.string(), key: z.string().optional(), how: z.string().optional() })),
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
  can: z.object({ apply: z.boolean(), undo: z.boolean(), discard: z.boolean(), retry: z.boolean() }),
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
