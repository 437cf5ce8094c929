import type { CopyValue } from '#kernel/server/database/index.ts'
import type { CellProblem } from '../../rules/read-value.ts'

/** Columns of the waiting rows, in the order in which they are copied. */
export const householdColumns = [
  'county_code',
  'batch_id',
  'row_no',
  'household_no',
  'new_id',
  'area_no',
  'head_name',
  'household_type',
  'monitor_category',
  'registered',
  'exit_status',
  'phone_cell',
  'phone_index',
  'phone_tail',
  'facts',
  'said',
  'content_hash',
] as const
export const personColumns = [
  'county_code',
  'batch_id',
  'row_no',
  'person_no',
  'household_no',
  'new_id',
  'area_no',
  'name',
  'given_name',
  'pinyin',
  'given_pinyin',
  'initials',
  'sex',
  'born_on',
  'id_cell',
  'id_index',
  'phone_cell',
  'phone_index',
  'phone_tail',
  'relation',
  'seq_no',
  'is_head',
  'labour_skill',
  'monthly_income_fen',
  'facts',
  'said',
  'said_id',
  'content_hash',
] as const
export const villageColumns = ['county_code', 'batch_id', 'row_no', 'new_id', 'area_no', 'facts', 'said', 'content_hash'] as const

export type Staged<Columns extends readonly string[]> = Record<Columns[number], CopyValue>
export type StagedHousehold = Staged<typeof householdColumns>
export type StagedPerson = Staged<typeof personColumns>
export type StagedVillage = Staged<typeof villageColumns>

/** Why a row is refused. */
export type RowRefusal =
  | 'id-as-number'
  | 'no-household-number'
  | 'no-person-number'
  | 'household-number-form'
  | 'person-number-form'
  | 'no-name'
  | 'no-place'
  | 'unknown-place'
  | 'person-twice'
  | 'village-twice'
  | 'other-county'
  | 'cells-drifted'

/** One thing wrong with one cell; `column` counts from 0. The value stays in the file. */
export interface Problem {
  severity: 'refused' | 'suspicious' | 'corrected'
  sheet: string
  row: number
  column?: number | undefined
  label?: string | undefined
  reason: RowRefusal | CellProblem | 'household-differs' | 'typography' | 'cells-moved'
  details?: Record<string, unknown>
}

/** What became of one row of the file. */
export interface StagedRow {
  problems: Problem[]
  isRefused: boolean
  village?: StagedVillage
}
