import { missingParts } from './closing-gate.ts'
import type { GatePart, ProblemFile } from './problem-records.ts'
import type { ActWords } from './problem-requests.ts'
import { isAbove, isOfUnit, type ActorSeat, type Unit } from './problem-seat.ts'
import { targetOf } from './problem-moves.ts'
import type { ProblemAction, ProblemState } from './problem-states.ts'

export const refusals = [
  'no-such-move',
  'not-yours',
  'self-acceptance',
  'no-reason',
  'no-unit',
  'no-head',
  'no-day',
  'day-past',
  'no-leader',
  'no-words',
  'incomplete',
  'day-to-come',
] as const
export type Refusal = (typeof refusals)[number]

/** An act as it is judged: what was said, with the unit and the last day already looked up. */
export interface JudgedWith {
  readonly act: ActWords
  readonly unit: Unit | undefined
  readonly dueOn: string | undefined
  readonly seat: ActorSeat
  readonly today: string
  readonly now: string
  readonly callerName: string
}

export type Verdict =
  | { readonly ok: true; readonly state: ProblemState; readonly after: ProblemFile }
  | { readonly ok: false; readonly reason: Refusal; readonly missing?: readonly GatePart[] }

const refused = (reason: Refusal, missing?: readonly GatePart[]): Verdict =>
  missing === undefined ? { ok: false, reason } : { ok: false, reason, missing }

const ofUnit: readonly ProblemAction[] = ['accept', 'decline', 'plan', 'complete', 'recall']
const accepting: readonly ProblemAction[] = ['verify', 'strike', 'sample']
const withReason: readonly ProblemAction[] = ['decline', 'transfer', 'withdraw', 'return', 'recall', 'reopen', 'edit']

/**
 * Whether an act may be done to a problem, and the problem after it; letters and evidence follow in the use case. Sides: the unit reports, an office
 * above it assigns and accepts; nobody accepts what he reported or answers for (R15, A29).
 */
export function judgeProblem(problem: ProblemFile, given: JudgedWith): Verdict {
  const { act, seat } = given
  const state = targetOf(problem.state, act.action)
  if (state === undefined) return refused('no-such-move')
  if (!isTheirs(problem, act.action, seat)) return refused('not-yours')
  if (accepting.includes(act.action) && hasWorked(problem, act.action, seat)) return refused('self-acceptance')
  if (withReason.includes(act.action) && act.reason === undefined) return refused('no-reason')
  const lacking = lacks(problem, given)
  if (lacking !== undefined) return refused(lacking)
  const after = { ...problem, ...changes(problem, given), state, stateSince: state === problem.state ? problem.stateSince : given.now }
  const missing = state === 'completed' || state === 'verified' || state === 'closed' ? missingParts(after) : []
  if (missing.length > 0) return refused('incomplete', missing)
  return { ok: true, state, after: { ...after, revision: problem.revision + 1 } }
}

/** Whether the caller stands where the act belongs. */
export function isTheirs(problem: ProblemFile, action: ProblemAction, seat: ActorSeat): boolean {
  if (seat.isSystem) return true
  const unit = unitOf(problem)
  if (ofUnit.includes(action)) return seat.may.act && unit !== undefined && isOfUnit(seat, unit)
  const reaches = unit === undefined ? seat.path !== '' : isAbove(seat, unit)
  const mayAccept = seat.may.accept && reaches
  if (accepting.includes(action)) return mayAccept
  if (action === 'return' || (action === 'reopen' && problem.state === 'closed')) return mayAccept
  return seat.may.assign && reaches
}

function unitOf({ unitKind, unitId }: ProblemFile): Pick<Unit, 'kind' | 'id'> | undefined {
  return unitKind === null || unitId === null ? undefined : { kind: unitKind, id: unitId }
}

/** Whether it would be acceptance of one's own work; a sampling is also none of who accepted it. */
export function hasWorked(problem: ProblemFile, action: ProblemAction, seat: ActorSeat): boolean {
  const { callerId } = seat
  if (problem.workedBy.includes(callerId) || problem.completedBy === callerId || problem.headId === callerId) return true
  return action === 'sample' && (problem.verifiedBy === callerId || problem.closedBy === callerId)
}

function lacks(problem: ProblemFile, { act, unit, dueOn, today }: JudgedWith): Refusal | undefined {
  switch (act.action) {
    case 'assign':
    case 'transfer': {
      if (unit === undefined && (problem.unitId === null || act.action === 'transfer')) return 'no-unit'
      const head = act.headName ?? (unit === undefined ? problem.headName : null)
      if (head === null || head === '') return 'no-head'
      const due = dueOn ?? problem.dueOn
      if (due === null) return 'no-day'
      return due < today ? 'day-past' : undefined
    }
    case 'plan':
      return (act.cause ?? problem.cause) === '' || (act.measures ?? problem.measures) === '' ? 'no-words' : undefined
    case 'complete':
      return act.completedOn !== undefined && act.completedOn > today ? 'day-to-come' : undefined
    case 'supervise':
      return act.leaderName === undefined || act.leaderLevel === undefined || act.leaderName === '' ? 'no-leader' : undefined
    case 'edit':
      return act.class === '' || act.description === '' ? 'no-words' : undefined
    case 'accept':
    case 'decline':
    case 'recall':
    case 'return':
    case 'verify':
    case 'strike':
    case 'sample':
    case 'reopen':
    case 'withdraw':
    case 'remind':
    case 'release':
      return undefined
  }
}

const nobodyAccepted = {
  verifiedAt: null,
  verifiedBy: null,
  verifiedName: null,
  closedAt: null,
  closedBy: null,
  closedName: null,
}
const notCompleted = { completedAt: null, completedBy: null, completedName: null, ...nobodyAccepted }
const noUnit = {
  unitKind: null,
  unitId: null,
  unitName: null,
  unitLevel: null,
  headName: null,
  headId: null,
  letterId: null,
  assignedAt: null,
}

/** What an act changes of the problem besides its state. */
function changes(problem: ProblemFile, given: JudgedWith): Partial<ProblemFile> {
  const { act, seat, now, today, callerName } = given
  const by = seat.callerId
  switch (act.action) {
    case 'assign':
    case 'transfer':
      // Who worked on it for another unit before does not accept it either: the database looks at the whole round.
      return { ...assigned(problem, given), ...notCompleted }
    case 'decline':
      return noUnit
    case 'plan':
      return {
        cause: act.cause ?? problem.cause,
        measures: act.measures ?? problem.measures,
        workedBy: withOne(problem.workedBy, by),
      }
    case 'complete':
      return completed(problem, given)
    case 'recall':
      return notCompleted
    case 'return':
      return { ...notCompleted, returns: problem.returns + 1 }
    case 'verify':
      return { verifiedAt: now, verifiedBy: by, verifiedName: callerName }
    case 'strike':
      return { closedAt: now, closedBy: by, closedName: callerName }
    case 'sample':
      return { samples: problem.samples + 1, sampledOn: today }
    case 'reopen':
      return problem.state === 'withdrawn'
        ? {}
        : { ...notCompleted, completedOn: null, workedBy: [], reopened: problem.reopened + 1, dueOn: dueAgain(problem, given) }
    case 'remind':
      return { reminders: problem.reminders + 1, remindedAt: now }
    case 'supervise':
      return { leaderName: act.leaderName ?? null, leaderLevel: act.leaderLevel ?? null, listedOn: problem.listedOn ?? today }
    case 'release':
      return { leaderName: null, leaderLevel: null, listedOn: null }
    case 'edit':
      return {
        class: act.class ?? problem.class,
        description: act.description ?? problem.description,
        requirement: act.requirement ?? problem.requirement,
      }
    case 'accept':
    case 'withdraw':
      return {}
  }
}

/** A last day that has passed gives way to a new one, so that nobody is late before he knows. */
function dueAgain(problem: ProblemFile, { dueOn, today }: JudgedWith): string | null {
  return problem.dueOn !== null && problem.dueOn >= today ? problem.dueOn : (dueOn ?? problem.dueOn)
}

/** What the unit reports as done: the parts that it says now, who said so and when. */
function completed(problem: ProblemFile, { act, seat, now, today, callerName }: JudgedWith): Partial<ProblemFile> {
  const by = seat.callerId
  return {
    cause: act.cause ?? problem.cause,
    measures: act.measures ?? problem.measures,
    effect: act.effect ?? problem.effect,
    completedOn: act.completedOn ?? problem.completedOn ?? today,
    completedAt: now,
    completedBy: by,
    completedName: callerName,
    workedBy: withOne(problem.workedBy, by),
    evidenceCount: problem.evidenceCount + (act.evidence === undefined || act.evidence === '' ? 0 : 1),
  }
}

/** A new unit has another head: his account is not taken over from the one before. */
function assigned(problem: ProblemFile, { act, unit, dueOn, now }: JudgedWith): Partial<ProblemFile> {
  const place = unit === undefined ? {} : { unitKind: unit.kind, unitId: unit.id, unitName: unit.name, unitLevel: unit.level }
  return {
    ...place,
    headName: act.headName ?? problem.headName,
    headId: act.headId ?? (unit === undefined && act.headName === undefined ? problem.headId : null),
    dueOn: dueOn ?? problem.dueOn,
    requirement: act.requirement ?? problem.requirement,
    assignedAt: now,
  }
}

function withOne(list: readonly string[], one: string): string[] {
  return list.includes(one) ? [...list] : [...list, one]
}
