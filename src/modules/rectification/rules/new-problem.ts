import type { ProblemFile } from './problem-records.ts'
import { isClosedKind, type SourceKind } from './problem-sources.ts'

/** What a problem says when it is found; the rest is empty. */
export interface FoundProblem {
  readonly problemId: string
  readonly problemNo: string
  readonly campaignId: string
  readonly sourceKind: SourceKind
  readonly class: string
  readonly description: string
  readonly requirement?: string
  readonly householdId: string | null
  readonly areaPath: string
  readonly subject?: string
  readonly origin: ProblemFile['origin']
  readonly originId: string | null
  readonly foundOn: string
  readonly inspectionId?: string | null
  readonly dueOn?: string | null
  readonly now: string
}

/** A problem as it is when it is written down. */
export function newProblem({ now, ...found }: FoundProblem): ProblemFile {
  return {
    requirement: '',
    subject: '',
    dueOn: null,
    inspectionId: null,
    ...found,
    isClosedKind: isClosedKind(found.sourceKind),
    state: 'found',
    stateSince: now,
    ...nobodyYet,
    ...nothingYet,
  }
}

const nobodyYet = {
  unitKind: null,
  unitId: null,
  unitName: null,
  unitLevel: null,
  headName: null,
  headId: null,
  letterId: null,
  assignedAt: null,
  overdueAt: null,
  leaderName: null,
  leaderLevel: null,
  listedOn: null,
} as const
const nothingYet = {
  cause: '',
  measures: '',
  effect: '',
  completedOn: null,
  completedAt: null,
  completedBy: null,
  completedName: null,
  workedBy: [],
  evidenceCount: 0,
  verifiedAt: null,
  verifiedBy: null,
  verifiedName: null,
  closedAt: null,
  closedBy: null,
  closedName: null,
  samples: 0,
  sampledOn: null,
  returns: 0,
  reopened: 0,
  reminders: 0,
  remindedAt: null,
  extended: 0,
  revision: 1,
} as const
