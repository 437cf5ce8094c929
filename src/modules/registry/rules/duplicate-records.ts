import type { BlockKind } from './duplicate-blocks.ts'
import type { LinkStep } from './linkage-score.ts'
import type { Can, FactRecord } from './register-records.ts'

export const duplicateStates = ['open', 'later', 'different', 'merged'] as const
export type DuplicateState = (typeof duplicateStates)[number]

/** The latest search for duplicates; `cut`: blocks in which not everybody was compared with everybody. */
export interface DuplicateSearch {
  searchId: string
  state: 'running' | 'done' | 'failed'
  step: BlockKind | 'read' | undefined
  error: string | undefined
  persons: number
  compared: number
  found: number
  kept: number
  cut: { kind: BlockKind; persons: number; compared: number }[]
  startedName: string
  startedAt: string
  finishedAt: string | undefined
  /** The register changed since. */
  isOutdated: boolean
}

/** One of the two, number and telephone masked. */
export interface DuplicatePerson {
  personId: string
  personNo: string
  householdId: string
  householdNo: string
  name: string
  sex: 'male' | 'female' | undefined
  bornOn: string | undefined
  relation: string | undefined
  isHead: boolean
  idMasked: string | undefined
  /** False where the check character or the day of birth is wrong: two masked numbers may look alike though they differ. */
  isNumberRight: boolean
  phoneMasked: string | undefined
  place: string
}

/** Two persons who may be one, with the score as the sum of its steps. */
export interface DuplicateRecord {
  pairId: string
  score: number
  steps: LinkStep[]
  block: BlockKind
  state: DuplicateState
  persons: [DuplicatePerson, DuplicatePerson]
  decidedName: string | undefined
  decidedAt: string | undefined
  note: string | undefined
  revision: number
  can: Can
}

/** One field of two rows beside each other; `suggested`: whose value should survive, and why. */
export interface MergeField {
  key: string
  stays: FactRecord | undefined
  leaves: FactRecord | undefined
  suggested: 'stays' | 'leaves'
  why: SurvivalReason
}
export const survivalReasons = ['only-one', 'right-number', 'corrected', 'newer', 'stays'] as const
export type SurvivalReason = (typeof survivalReasons)[number]

/** What a merge would do, before it is done. `refusals`: codes of what speaks against it. */
export interface MergePreview {
  pairId: string
  staysId: string
  leavesId: string
  /** Only fields in which the two differ. */
  fields: MergeField[]
  same: number
  refusals: MergeRefusal[]
  /** The household that loses its last member. */
  emptied: string | undefined
}
export interface MergeRefusal {
  by: string
  why: string
}

/** A merge that was done; it can be undone while both rows are as it left them. */
export interface MergeRecord {
  mergeId: string
  name: string
  place: string
  householdId: string
  fields: number
  reason: string
  mergedName: string
  mergedAt: string
  undoneName: string | undefined
  undoneAt: string | undefined
  undoReason: string | undefined
  can: Can
}
