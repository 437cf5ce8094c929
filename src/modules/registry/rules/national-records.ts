import type { NationalKind, Severity } from '../policy/national-policy.ts'
import type { NationalAction, NationalWhy } from './national-statement.ts'

export const nationalStates = ['open', 'entered', 'settled'] as const
export type NationalState = (typeof nationalStates)[number]
export const nationalActions = [
  'change-value',
  'change-place',
  'add-person',
  'remove-person',
  'move-person',
  'add-household',
  'remove-household',
] as const satisfies readonly NationalAction[]

/** Where our value comes from; `by` is who applied the correction, `said` how it was found. */
export type NationalSource =
  | { from: 'file'; kind: string; on: string }
  | { from: 'correction'; id: string; on?: string | undefined; by?: string | undefined; said?: string | undefined; isEvent?: boolean }

/** One thing to be entered in the national system. */
export interface NationalChange {
  changeId: string
  revision: number
  entity: 'household' | 'person' | 'village'
  householdId?: string | undefined
  householdNo?: string | undefined
  /** The person, the head of the household, or the village. */
  name: string
  personNo?: string | undefined
  idMasked?: string | undefined
  place: string
  action: NationalAction
  /** `''` when a person is added or removed. */
  field: string
  kind: NationalKind
  exportOn: string
  system: string | number | boolean | undefined
  ours: string | number | boolean | undefined
  why: NationalWhy
  source?: NationalSource | undefined
  severity: Severity
  state: NationalState
  /** It had been entered, and a later export still differed. */
  reopenedOn?: string | undefined
  enteredName?: string | undefined
  enteredOn?: string | undefined
  settledOn?: string | undefined
  can: { enter: boolean; reopen: boolean }
}

/** The comparison: when it was made, of which exports, and whether the register changed since. */
export interface NationalRun {
  runId: string
  state: 'running' | 'done' | 'failed'
  households: number
  found: number
  exports: Record<string, string>
  isOutdated: boolean
  startedName: string
  startedAt: string
}

/** How many changes wait by township and field; `field` is `''` for persons, apart by action. */
export interface NationalCount {
  township: string
  under: string
  field: string
  action: NationalAction
  count: number
}

export interface NationalOverview {
  run: NationalRun | undefined
  counts: NationalCount[]
  states: Record<NationalState, number>
  can: { compare: boolean; enter: boolean; export: boolean }
}
