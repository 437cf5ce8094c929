import type { InspectionKind, InspectionState } from './inspection-kinds.ts'
import type { UnitLevel } from './problem-seat.ts'

/** One item of an inspection's sheet. */
export interface SheetItem {
  readonly item: string
  readonly isFine: boolean
  readonly note: string
}

/** An inspection as lists and its page show it. */
export interface InspectionRecord {
  readonly inspectionId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly kind: InspectionKind
  readonly isUpgraded: boolean
  readonly round: number
  readonly unitName: string
  readonly unitLevel: UnitLevel
  /** The team, the leader, or the village that looks. */
  readonly checkerName: string
  readonly topics: readonly string[]
  readonly plannedOn: string
  readonly inspectedOn: string | null
  readonly methods: readonly string[]
  readonly items: readonly SheetItem[]
  readonly note: string
  readonly recordedName: string | null
  readonly problems: number
  readonly closed: number
  readonly state: InspectionState
  readonly can: { readonly record: boolean }
}

export interface TeamRecord {
  readonly teamId: string
  readonly name: string
  readonly members: readonly { readonly name: string; readonly unit: string }[]
  readonly fromOn: string
  readonly untilOn: string | null
}

/** Months and units: when each was looked at, and which months it missed (R22). */
export interface MonthsRecord {
  readonly months: readonly string[]
  readonly units: readonly { readonly unitName: string; readonly made: readonly string[]; readonly missed: readonly string[] }[]
}
