import type { FieldValue } from '../rules/records.ts'

/** A sensitive value as it lies in the body: the sealed cell in base64, and how it is shown. */
export interface SealedValue {
  readonly sealed: string
  readonly masked: string
}
export type StoredValue = FieldValue | SealedValue
export type StoredBody = Readonly<Record<string, StoredValue>>

/** A row of ledgers.record without its keys. Moments are ISO instants. */
export interface RecordRow {
  readonly recordId: string
  readonly templateKey: string
  readonly version: number
  readonly areaPath: string
  readonly householdId: string | null
  readonly recordNo: string | null
  readonly title: string
  readonly state: string
  readonly closed: boolean
  readonly dueAt: string | null
  readonly settled: boolean
  readonly importId: string | null
  readonly madeBy: string
  readonly madeName: string
  readonly madeAt: string
  readonly changedAt: string
  readonly removedAt: string | null
  readonly revision: number
  readonly body: StoredBody
}

/** All key columns in the order of the table. */
export const allKeyColumns = [
  'text_1',
  'text_2',
  'text_3',
  'text_4',
  'text_5',
  'text_6',
  'text_7',
  'text_8',
  'number_1',
  'number_2',
  'number_3',
  'number_4',
  'number_5',
  'number_6',
  'day_1',
  'day_2',
  'day_3',
  'day_4',
] as const

export interface LinkRow {
  readonly fieldKey: string
  readonly kind: string
  readonly target: string
}

/** What is derived from the values of a record and written beside them. */
export interface DerivedColumns {
  readonly title: string
  readonly keys: Readonly<Partial<Record<string, string>>>
  readonly unique1: string | null
  readonly unique2: string | null
  readonly links: readonly LinkRow[]
}
