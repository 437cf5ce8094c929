import type { Template, Words } from './template.ts'

/** What stands behind a field of a record, as it travels: see `Value` kinds in `read-value.ts`. */
export type FieldValue =
  | null
  | boolean
  | string
  | readonly string[]
  | Linked
  | readonly Linked[]
  | Place
  | Masked
  | readonly FileValue[]
  | readonly TableRow[]
/** Household, person, organisation, area (id is its path) or another ledger's record, with the name it had when it was entered. */
export interface Linked {
  readonly id: string
  readonly name: string
}
/** WGS-84 degrees as decimal text. */
export interface Place {
  readonly longitude: string
  readonly latitude: string
  readonly accuracyMetres?: string
}
/** A sensitive value: only how it begins and ends; the whole by `reveal`. */
export interface Masked {
  readonly masked: string
}
export interface FileValue {
  readonly recordFileId: string
  readonly mediaType: string
  readonly bytes: number
  readonly addedAt: string
  readonly addedName: string
}
export type TableRow = Readonly<Record<string, FieldValue>>
export type RecordValues = Readonly<Record<string, FieldValue>>

/** Something wrong with a record, by field or check. `said` is the finished sentence in both languages. */
export interface RecordProblem {
  readonly code: string
  readonly field?: string
  /** Of a table: the row (from 1) and the column. */
  readonly row?: number
  readonly column?: string
  readonly check?: string
  readonly level: 'refuse' | 'warn'
  readonly said: { readonly zh: string; readonly en: string }
}

/** What the caller may do with a ledger. */
export interface BookCan {
  readonly make: boolean
  readonly import: boolean
  readonly export: boolean
  readonly sample: boolean
  readonly design: boolean
}
/** GET /ledgers/books: one card of the menu page. */
export interface BookCard {
  readonly templateKey: string
  readonly pack: string
  readonly name: Words
  readonly help?: { readonly zh: string; readonly en: string }
  readonly about: Template['about']
  readonly version: number
  readonly isClosed: boolean
  readonly records: number
  readonly overdue: number
  readonly can: BookCan
}
/** GET /ledgers/books/:templateKey: everything that list, form, board and print need; fields that the caller may not see are left out. */
export interface Book extends Omit<BookCard, 'records' | 'overdue'> {
  readonly template: Template
  /** Field → column in which it can be sorted and filtered (`text_1` …); what is absent cannot. */
  readonly keys: Readonly<Record<string, string>>
}

/** A row of the list; the whole record is the same with all values. */
export interface RecordItem {
  readonly recordId: string
  readonly recordNo?: string
  readonly title: string
  readonly state: string
  readonly version: number
  readonly areaPath: string
  /** Township and village as they are called today. */
  readonly areaName: string
  readonly householdId?: string
  /** Last day on which it is in time. */
  readonly dueOn?: string
  readonly isOverdue: boolean
  readonly isRemoved: boolean
  readonly madeName: string
  readonly madeAt: string
  readonly changedAt: string
  readonly revision: number
  readonly values: RecordValues
}
export interface RecordMove {
  readonly key: string
  readonly name: Words
  readonly into: string
  readonly needsReason: boolean
  /** What is still missing; empty when it may be done now. */
  readonly missing: readonly RecordProblem[]
}
export interface RecordEvent {
  readonly seq: number
  readonly act: string
  readonly move?: string
  readonly from?: string
  readonly into?: string
  readonly byName: string
  readonly at: string
  readonly reason?: string
  readonly version: number
  /** Values before the change (sensitive ones masked). */
  readonly before: RecordValues
}
export interface RecordRecord extends RecordItem {
  readonly template: Template
  readonly deadlines: readonly { readonly key: string; readonly name: Words; readonly on: string; readonly isOverdue: boolean }[]
  readonly warnings: readonly RecordProblem[]
  readonly moves: readonly RecordMove[]
  readonly history: readonly RecordEvent[]
  readonly can: {
    readonly change: boolean
    readonly remove: boolean
    readonly restore: boolean
    readonly attach: boolean
    readonly reveal: boolean
    readonly migrate: boolean
  }
}

export interface Counts {
  readonly total: number
  readonly overdue: number
  readonly byState: Readonly<Record<string, number>>
}
export interface Statistics {
  readonly groups: readonly string[]
  readonly sums: readonly string[]
  /** `names` stand beside `values` (keys of choices and states, paths of areas, months); sums as decimal text. */
  readonly rows: readonly {
    readonly values: readonly (string | null)[]
    readonly names: readonly Words[]
    readonly count: number
    readonly sums: readonly string[]
  }[]
  readonly total: { readonly count: number; readonly sums: readonly string[] }
}
export interface Board {
  readonly by: string
  readonly columns: readonly {
    readonly value: string | null
    readonly name: Words
    readonly tone?: string
    readonly count: number
    readonly items: readonly RecordItem[]
  }[]
}
export interface CalendarDays {
  readonly month: string
  readonly days: readonly { readonly on: string; readonly count: number; readonly items: readonly RecordItem[] }[]
}

/** GET /ledgers/due: what is late or due within a week in all ledgers, by ledger and by record, the earliest first. */
export interface DueWork {
  readonly ledgers: readonly DueLedger[]
  readonly items: readonly DueItem[]
  /** More are due than are shown. */
  readonly isCut: boolean
}
export interface DueLedger {
  readonly templateKey: string
  readonly name: Words
  readonly overdue: number
  /** Due within a week. */
  readonly soon: number
}
export interface DueItem {
  readonly recordId: string
  readonly templateKey: string
  readonly recordNo?: string
  readonly title: string
  readonly stateName: Words
  readonly areaName: string
  readonly dueOn: string
  readonly isOverdue: boolean
}

/** One record of a batch that was not done. */
export interface RefusedItem {
  readonly recordId: string
  readonly title: string
  readonly code: string
  readonly problems: readonly RecordProblem[]
}
export interface BatchAnswer {
  readonly done: number
  readonly refused: readonly RefusedItem[]
}
export interface SampleAnswer {
  readonly seed: string
  readonly of: number
  readonly drawn: readonly RecordItem[]
}

/** A dry run, or what became of it. */
export interface ImportRecord {
  readonly importId: string
  readonly templateKey: string
  readonly version: number
  readonly source: 'file' | 'pasted'
  readonly fileName: string
  readonly state: 'staged' | 'applied' | 'undone' | 'discarded'
  readonly columns: readonly {
    readonly column: number
    readonly label: string
    readonly field?: string
    readonly name?: Words
    readonly how?: string
    readonly samples: readonly string[]
  }[]
  /** Required fields that no column brings. */
  readonly missingFields: readonly string[]
  readonly counts: { readonly read: number; readonly bad: number; readonly new: number; readonly changed: number; readonly same: number }
  readonly madeName: string
  readonly madeAt: string
  readonly appliedAt?: string
  readonly undoneAt?: string
  readonly can: { readonly apply: boolean; readonly undo: boolean; readonly discard: boolean }
}
export interface ImportRowRecord {
  readonly row: number
  readonly outcome: 'bad' | 'new' | 'changed' | 'same'
  readonly title: string
  readonly recordId?: string
  /** Row, column and sentence of what is wrong. */
  readonly problems: readonly (RecordProblem & { readonly label?: string; readonly cell?: string })[]
  /** Of a changed row: field → before and after as text. */
  readonly changes: Readonly<Record<string, readonly [string, string]>>
}

/** What the register says of whom a record is about, by field key. */
export interface KnownValues {
  readonly values: Readonly<Record<string, FieldValue>>
}
