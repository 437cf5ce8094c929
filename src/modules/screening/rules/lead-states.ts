import type { LeadAnswer, LeadState } from '../contract.ts'

/** Where a lead may go from each state. A lead that fell to the township may be sent again once the village has an account. */
export const nextStates = {
  new: ['sent'],
  sent: ['sent', 'answered', 'returned'],
  answered: ['returned', 'closed'],
  returned: ['sent', 'answered', 'returned'],
  closed: [],
} as const satisfies Record<LeadState, readonly LeadState[]>

/** The states and answers in the order in which screens show them. */
export const leadStates = ['new', 'sent', 'returned', 'answered', 'closed'] as const satisfies readonly LeadState[]
export const leadAnswers = ['confirmed', 'dismissed', 'not-here', 'needs-help-elsewhere'] as const satisfies readonly LeadAnswer[]

/** What a decision about a lead needs of it. `heldBy`: area path of the village or township that must act or has acted. */
export interface LeadFacts {
  readonly state: LeadState
  readonly areaPath: string
  readonly heldBy: string | null
}

/** Where the caller sits: level and path of his area. `none`: a scope that is not an area (a helper's households). */
export interface Seat {
  readonly level: 'county' | 'township' | 'village' | 'none'
  readonly path: string
}

export type LeadReasonWord =
  | 'not-yours'
  | 'not-sent-yet'
  | 'already-with-them'
  | 'already-answered'
  | 'already-closed'
  | 'not-answered-yet'
  | 'own-answer'
  | 'nobody-above'
export type LeadVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: LeadReasonWord }

const yes: LeadVerdict = { ok: true }
const no = (reason: LeadReasonWord): LeadVerdict => ({ ok: false, reason })
/** Segments of the paths of a township and a village (province, prefecture, county, township, village, group). */
const townshipDepth = 4
const villageDepth = 5

/** The seat of an area scope; `undefined` is the whole county. A group belongs to its village. */
export function seatOf(path: string | undefined): Seat {
  if (path === undefined) return { level: 'county', path: '' }
  const depth = depthOf(path)
  if (depth < townshipDepth) return { level: 'county', path }
  return depth === townshipDepth ? { level: 'township', path } : { level: 'village', path: cut(path, villageDepth) }
}

/** The village a household's path lies in; the path itself where it is no deeper than a township. */
export function villageOf(path: string): string {
  return cut(path, villageDepth)
}

/** The township a path lies in. */
export function townshipOf(path: string): string {
  return cut(path, townshipDepth)
}

/** Who must act on a lead now. */
export function holderOf(lead: LeadFacts): 'nobody' | 'township' | 'village' {
  if (lead.heldBy === null || lead.state === 'new' || lead.state === 'closed') return 'nobody'
  if (lead.state === 'answered') return 'township'
  return depthOf(lead.heldBy) >= villageDepth ? 'village' : 'township'
}

/** Whether the caller may send a lead to `receiver`, the area path of the village, or of the township where the village has no account. */
export function judgeSending(lead: LeadFacts, seat: Seat, receiver: string): LeadVerdict {
  if (seat.level !== 'county' && seat.level !== 'township') return no('not-yours')
  if (lead.state === 'answered') return no('already-answered')
  if (lead.state === 'closed') return no('already-closed')
  return lead.state !== 'new' && lead.heldBy === receiver ? no('already-with-them') : yes
}

/** Whether the caller may answer: only who holds the lead, so that nobody answers in another's name. */
export function judgeAnswering(lead: LeadFacts, seat: Seat): LeadVerdict {
  if (lead.state === 'new') return no('not-sent-yet')
  if (lead.state === 'answered') return no('already-answered')
  if (lead.state === 'closed') return no('already-closed')
  return lead.heldBy === seat.path && isOffice(seat) ? yes : no('not-yours')
}

/** Whether the caller may send a lead back: the village hands an open one up, the township or county gives an answer back down. */
export function judgeReturning(lead: LeadFacts, seat: Seat): LeadVerdict {
  if (lead.state === 'new') return no('not-sent-yet')
  if (lead.state === 'closed') return no('already-closed')
  if (lead.state === 'answered') {
    if (seat.level !== 'county' && seat.level !== 'township') return no('not-yours')
    return seat.level === 'township' && lead.heldBy === seat.path ? no('own-answer') : yes
  }
  if (lead.heldBy !== seat.path || !isOffice(seat)) return no('not-yours')
  return seat.level === 'village' ? yes : no('nobody-above')
}

/** Whether the caller may close a lead: the township or county, once it was answered. */
export function judgeClosing(lead: LeadFacts, seat: Seat): LeadVerdict {
  if (lead.state === 'closed') return no('already-closed')
  if (lead.state !== 'answered') return no('not-answered-yet')
  return seat.level === 'county' || seat.level === 'township' ? yes : no('not-yours')
}

/** Who gets a returned lead: the township gets what a village hands up, the answerer what is given back. */
export function receiverOfReturn(lead: LeadFacts): string {
  return lead.state === 'answered' && lead.heldBy !== null ? lead.heldBy : townshipOf(lead.areaPath)
}

function isOffice(seat: Seat): boolean {
  return seat.level === 'village' || seat.level === 'township'
}

function depthOf(path: string): number {
  return path.split('.').length - 1
}

function cut(path: string, depth: number): string {
  const segments = path.split('.').filter((segment) => segment !== '')
  return `${segments.slice(0, depth).join('.')}.`
}
