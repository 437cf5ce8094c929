import type { FactRecord, VillageRecord } from '../register-records.ts'

/** Households and their members of one kind, as counted today. */
export interface VillageCount {
  /** Type of household, category of monitored ones, name of a group; absent: never stated. */
  key: string | undefined
  households: number
  persons: number
}

/** One village, one page: its kinds over time, who lives there by type and group, what its export states. */
export interface VillagePageRecord extends VillageRecord {
  code: string | undefined
  townshipPath: string
  byType: VillageCount[]
  byCategory: VillageCount[]
  byGroup: VillageCount[]
  /** Members by what they can do (劳动技能). */
  byLabour: { key: string | undefined; persons: number }[]
  byTag: { tag: string; households: number }[]
  facts: FactRecord[]
}
