import type { SourceKind } from './problem-sources.ts'
import type { UnitLevel } from './problem-seat.ts'
import type { ProblemAction, ProblemState } from './problem-states.ts'

/** Which part of the program brings problems. */
export type ProblemOrigin = 'surveys' | 'check' | 'import' | 'other' | 'quality' | 'screening'

/** A problem as its row is; days are `YYYY-MM-DD`, moments ISO instants. */
export interface ProblemFile {
  readonly problemId: string
  readonly problemNo: string
  readonly campaignId: string
  readonly sourceKind: SourceKind
  readonly isClosedKind: boolean
  readonly class: string
  readonly description: string
  readonly requirement: string
  readonly householdId: string | null
  readonly areaPath: string
  readonly subject: string
  readonly origin: ProblemOrigin | null
  readonly originId: string | null
  readonly foundOn: string
  /** The inspection that found it. */
  readonly inspectionId: string | null
  readonly state: ProblemState
  readonly stateSince: string
  readonly unitKind: 'area' | 'organisation' | null
  readonly unitId: string | null
  readonly unitName: string | null
  readonly unitLevel: UnitLevel | null
  readonly headName: string | null
  readonly headId: string | null
  readonly letterId: string | null
  readonly assignedAt: string | null
  readonly dueOn: string | null
  readonly overdueAt: string | null
  readonly leaderName: string | null
  readonly leaderLevel: 'county' | 'township' | null
  readonly listedOn: string | null
  readonly cause: string
  readonly measures: string
  readonly effect: string
  readonly completedOn: string | null
  readonly completedAt: string | null
  readonly completedBy: string | null
  readonly completedName: string | null
  readonly workedBy: readonly string[]
  readonly evidenceCount: number
  readonly verifiedAt: string | null
  readonly verifiedBy: string | null
  readonly verifiedName: string | null
  readonly closedAt: string | null
  readonly closedBy: string | null
  readonly closedName: string | null
  readonly samples: number
  readonly sampledOn: string | null
  readonly returns: number
  readonly reopened: number
  readonly reminders: number
  readonly remindedAt: string | null
  readonly extended: number
  readonly revision: number
}

/** How a problem stands to its last day, at a moment. */
export type DueStanding = 'none' | 'later' | 'soon' | 'overdue' | 'in-time' | 'late'

/** A row of the ledger and of the board. */
export interface ProblemCard {
  readonly problemId: string
  readonly problemNo: string
  readonly campaignName: string
  readonly sourceKind: SourceKind
  readonly isClosedKind: boolean
  readonly class: string
  readonly description: string
  readonly householdId: string | null
  readonly headOfHousehold: string | null
  readonly subject: string
  readonly place: string
  readonly state: ProblemState
  readonly unitName: string | null
  readonly unitLevel: UnitLevel | null
  readonly headName: string | null
  readonly letterId: string | null
  readonly dueOn: string | null
  readonly standing: DueStanding
  /** Whole seconds past the last day; 0 where it is not past. */
  readonly overdueSeconds: number
  readonly leaderName: string | null
  readonly closedAt: string | null
  readonly measures: string
  readonly evidenceCount: number
  readonly returns: number
  readonly reopened: number
  readonly revision: number
  /** Somebody asks for more time. */
  readonly asksUntil: string | null
  readonly can: Readonly<Partial<Record<ProblemAction, true>>>
}

/** One thing that happened to a problem. */
export interface ProblemEventRecord {
  readonly seq: number
  readonly action: ProblemAction | 'find'
  readonly stateBefore: ProblemState | null
  readonly stateAfter: ProblemState
  readonly actorName: string
  readonly at: string
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>>
}

export interface EvidenceRecord {
  readonly evidenceId: string
  readonly kind: 'record' | 'file'
  readonly text: string
  readonly mediaType: string | null
  readonly bytes: number | null
  readonly byName: string
  readonly at: string
  readonly can: { readonly withdraw: boolean }
}

export interface ExtensionRecord {
  readonly extensionId: string
  readonly dueBefore: string
  readonly askedUntil: string
  readonly reason: string
  readonly state: 'asked' | 'granted' | 'refused'
  readonly askedName: string
  readonly askedAt: string
  readonly decidedName: string | null
  readonly decidedAt: string | null
  readonly note: string
  readonly can: { readonly decide: boolean }
}

/** What must still be there before a problem may be reported as done or accepted (R15); keys of `missingWords`. */
export const gateParts = ['description', 'cause', 'unit', 'head', 'measures', 'effect', 'completed-on', 'evidence'] as const
export type GatePart = (typeof gateParts)[number]

/** The page of a problem. */
export interface ProblemRecord {
  readonly card: ProblemCard
  readonly file: ProblemFile
  readonly missing: readonly GatePart[]
  readonly letterNo: string | null
  readonly events: readonly ProblemEventRecord[]
  readonly evidence: readonly EvidenceRecord[]
  readonly extensions: readonly ExtensionRecord[]
  readonly mayAttach: boolean
  readonly mayAskTime: boolean
}

/** What came of each problem of a batch. */
export interface ActedOnProblems {
  readonly done: readonly { readonly problemId: string; readonly state: ProblemState; readonly revision: number }[]
  readonly refused: readonly {
    readonly problemId: string
    readonly problemNo: string
    readonly code: string
    readonly details: Readonly<Record<string, unknown>>
  }[]
  /** Letters that were issued or supplemented. */
  readonly letters: readonly {
    readonly letterId: string
    readonly letterNo: string
    readonly problems: number
    readonly supplement: number
  }[]
}
