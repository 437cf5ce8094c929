import type { CorrectionState, ImportKind, RevealField, VillageKind } from '../contract.ts'

/** What the caller may do with a record; screens show or hide by it. */
export type Can = Readonly<Record<string, boolean>>

/** A household as lists and other modules show it; `memberCount` counts who belongs to it today. */
export interface HouseholdCard {
  householdId: string
  householdNo: string
  headName: string | undefined
  township: string
  village: string
  group: string | undefined
  areaPath: string
  type: string | undefined
  monitorCategory: string | undefined
  exitStatus: 'exited' | 'not-exited' | undefined
  memberCount: number
}

/** How a search found a household: by whom, and by which reading of the words. */
export interface HouseholdMatch {
  way: 'id-number' | 'phone' | 'household-no' | 'person-no' | 'name' | 'given-name' | 'pinyin' | 'given-pinyin' | 'initials'
  personId: string | undefined
  personName: string | undefined
}

export interface HouseholdListItem extends HouseholdCard {
  tags: string[]
  match?: HouseholdMatch
}

/** Households behind the filters, and by type; a type of `undefined` was never stated. */
export interface HouseholdCounts {
  households: number
  byType: { type: string | undefined; households: number }[]
  monitored: number
}

/** Where a value comes from: the batch of an import kind, or a correction; `on` is the day of which it speaks. */
export interface ValueSource {
  from: ImportKind | 'correction'
  id: string
  on: string
}

/**
 * One fact for a screen, by the key of policy/fields.json; `value` is absent when nobody knows it, `asWritten` when a cell could not
 * be read. Money in fen, land in mu, sealed values masked. `others`: what other files state and was not taken.
 */
export interface FactRecord {
  key: string
  value: string | number | boolean | undefined
  asWritten?: string
  source?: ValueSource
  others?: { from: string; value: string | number | boolean }[]
}

/** A person of a household: today's member, or one who has left. */
export interface MemberRecord {
  personId: string
  personNo: string
  name: string
  sex: 'male' | 'female' | undefined
  bornOn: string | undefined
  age: number | undefined
  relation: string | undefined
  isHead: boolean
  seqNo: number | undefined
  labourSkill: string | undefined
  idMasked: string | undefined
  phoneMasked: string | undefined
  leftOn: string | undefined
  facts: FactRecord[]
  can: Can
}

export interface TagRecord {
  tagId: string
  tag: string
  validFrom: string
  validTo: string | undefined
  source: string
  verifiedOn: string | undefined
  removeReason: string | undefined
  can: Can
}

/** What changed, newest first. Numbers and telephones are masked. */
export interface ChangeRecord {
  at: string
  by: 'batch' | 'correction'
  id: string
  /** Sender's file name of a batch, source of a correction. */
  source: string
  kind?: ImportKind
  entity: string
  name: string | undefined
  changes: Record<string, [unknown, unknown]>
}

export interface HouseholdRecord extends HouseholdCard {
  revision: number
  phoneMasked: string | undefined
  facts: FactRecord[]
  members: MemberRecord[]
  tags: TagRecord[]
  changes: ChangeRecord[]
  corrections: CorrectionRecord[]
  can: Can
}

/** Who looked: role and unit, when, which kind of field, why (trust.md §5.7). */
export interface RevealRecord {
  at: string
  field: RevealField
  reason: string
  callerName: string
  roles: string[]
  unit: string | undefined
}

export interface VillageKindRecord {
  villageKindId: string
  kind: VillageKind
  validFrom: string
  validTo: string | undefined
  source: string
  /** What says that it ended; absent while it holds. */
  endSource: string | undefined
}

/** A village; the counts are derived from the households that live there today. */
export interface VillageRecord {
  areaPath: string
  township: string
  name: string
  kinds: VillageKindRecord[]
  households: number
  persons: number
  registeredPersons: number
  notExitedPersons: number
  can: Can
}

export interface CorrectionRecord {
  correctionId: string
  householdId: string
  householdNo: string
  personId: string | undefined
  name: string
  place: string
  field: string
  oldValue: string | number | boolean | undefined
  newValue: string | number | boolean | undefined
  source: string
  state: CorrectionState
  foundOn: string
  confirmedOn: string | undefined
  appliedOn: string | undefined
  rejectedOn: string | undefined
  /** Names of who found it and who decided on it; absent for what the program did itself. */
  foundName: string | undefined
  confirmedName: string | undefined
  appliedName: string | undefined
  rejectedName: string | undefined
  reason: string | undefined
  revision: number
  can: Can
}
