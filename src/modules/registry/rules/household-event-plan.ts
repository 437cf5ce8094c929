import type { EventHousehold, EventMember, EventRefusal } from './household-event-records.ts'
import type { HouseholdEventCommand } from './household-event-requests.ts'

/** What a plan is made from: the household, the one that joins it, where it moves to, and the ids of what the event makes. */
export interface EventFacts {
  household: EventHousehold
  other: EventHousehold | undefined
  target: { areaPath: string; place: string } | undefined
  made: { householdId: string; householdNo: string; personId: string }
}

/** The households as they would stand, in the order: the one that stays, the one that joined it or was made. */
export interface EventPlan {
  after: EventHousehold[]
  left: EventMember[]
}

export type EventVerdict = { ok: true; plan: EventPlan } | { ok: false; refusals: { why: EventRefusal; personIds?: string[] }[] }

/**
 * Decides what a household event makes of the households. Every household that is left with members has exactly one head, one without
 * members is closed, nobody belongs to two. Nothing is guessed: where a head or a relation is needed, it is asked for.
 */
export function planHouseholdEvent(facts: EventFacts, command: HouseholdEventCommand): EventVerdict {
  if (facts.household.isClosed || facts.other?.isClosed === true) return refuse('closed')
  switch (command.kind) {
    case 'split':
      return planSplit(facts, command)
    case 'merge':
      return planMerge(facts, command)
    case 'marriage':
      return planMarriage(facts, command)
    case 'move':
      return planMove(facts, command)
    case 'death':
      return planLeaving(facts, command, [command.personId])
    case 'moved-away':
      return planLeaving(facts, command, command.members)
    case 'joined':
    case 'birth':
      return planJoining(facts, command)
  }
}

type Of<Kind extends HouseholdEventCommand['kind']> = Extract<HouseholdEventCommand, { kind: Kind }>

function planSplit({ household, made }: EventFacts, command: Of<'split'>): EventVerdict {
  const going = pick(household, command.members)
  if (going === undefined) return refuse('not-member')
  const staying = household.members.filter((member) => !going.includes(member))
  if (staying.length === 0) return refuse('nobody-stays')
  const numbered = [...going]
    .sort((one, other) => Number(other.personId === command.newHeadId) - Number(one.personId === command.newHeadId))
    .map((member, at) => ({ ...member, seqNo: at + 1 }))
  const begun: EventHousehold = { ...household, householdId: made.householdId, householdNo: made.householdNo, members: [] }
  return settle(
    command,
    [],
    [
      { household, members: staying, entered: [], headId: command.headId },
      { household: begun, members: numbered, entered: numbered, headId: command.newHeadId },
    ],
  )
}

function planMerge({ household, other }: EventFacts, command: Of<'merge'>): EventVerdict {
  if (other === undefined || other.householdId === household.householdId) return refuse('same-household')
  const last = lastSeqNo(household)
  const entered = other.members.map((member, at) => ({ ...member, seqNo: last + at + 1 }))
  const headId = command.headId ?? headOf(household.members)?.personId
  return settle(
    command,
    [],
    [
      { household, members: [...household.members, ...entered], entered, headId },
      { household: other, members: [], entered: [], headId: undefined },
    ],
  )
}

/** Persons go from one registered household to another: nobody leaves the register, both households keep one head. */
function planMarriage({ household, other }: EventFacts, command: Of<'marriage'>): EventVerdict {
  const [from, to] = command.way === 'leave' ? [household, other] : [other, household]
  if (from === undefined) return refuse('other-unknown')
  if (from.householdId === to?.householdId) return refuse('same-household')
  const going = pick(from, command.members)
  if (going === undefined) return refuse('not-member')
  const staying = from.members.filter((member) => !going.includes(member))
  const { headId } = command
  if (headId !== undefined && ![...staying, ...(to?.members ?? [])].some((member) => member.personId === headId))
    return refuse('head-not-member')
  const headIn = (members: readonly EventMember[]) =>
    members.some((member) => member.personId === headId) ? headId : headOf(members)?.personId
  const left: Unsettled = { household: from, members: staying, entered: [], headId: headIn(staying) }
  if (to === undefined) {
    const verdict = settle(command, [], [left])
    return verdict.ok ? refuse('other-unknown') : verdict
  }
  const last = lastSeqNo(to)
  const entered = going.map((member, at) => ({ ...member, isHead: false, seqNo: last + at + 1 }))
  const joined: Unsettled = { household: to, members: [...to.members, ...entered], entered, headId: headIn(to.members) }
  return settle(command, [], command.way === 'leave' ? [left, joined] : [joined, left])
}

function planMove({ household, target }: EventFacts, command: Of<'move'>): EventVerdict {
  if (target === undefined) return refuse('no-such-place')
  if (target.areaPath === household.areaPath) return refuse('same-place')
  return settle(command, [], [{ household: { ...household, ...target }, members: household.members, entered: [], headId: command.headId }])
}

function planLeaving({ household }: EventFacts, command: HouseholdEventCommand, personIds: readonly string[]): EventVerdict {
  const left = pick(household, personIds)
  if (left === undefined) return refuse('not-member')
  const members = household.members.filter((member) => !left.includes(member))
  return settle(command, left, [{ household, members, entered: [], headId: command.headId }])
}

function planJoining({ household, made }: EventFacts, command: Of<'joined'> | Of<'birth'>): EventVerdict {
  const { name, relation } = command.person
  const newcomer = { personId: made.personId, name, relation, isHead: false, seqNo: lastSeqNo(household) + 1 }
  const members = [...household.members, newcomer]
  const headId = command.headId ?? headOf(household.members)?.personId
  return settle(
    { ...command, relations: { ...command.relations, [made.personId]: relation } },
    [],
    [{ household, members, entered: [newcomer], headId }],
  )
}

interface Unsettled {
  household: EventHousehold
  members: EventMember[]
  /** Those who come from elsewhere: their relation is to another head. */
  entered: readonly EventMember[]
  headId: string | undefined
}

/** Gives every household its head and everybody his relation to it. */
function settle(command: HouseholdEventCommand, left: EventMember[], parts: readonly Unsettled[]): EventVerdict {
  const after: EventHousehold[] = []
  const relations: Readonly<Record<string, string | undefined>> = command.relations
  for (const { household, members, entered, headId } of parts) {
    if (members.length === 0) {
      after.push({ ...household, members, isClosed: true })
      continue
    }
    const head = headId === undefined ? (headOf(members) ?? only(members)) : members.find((member) => member.personId === headId)
    if (head === undefined) return refuse(headId === undefined ? 'head-needed' : 'head-not-member')
    const isNewHead = headOf(household.members)?.personId !== head.personId
    const needs = (member: EventMember) => member !== head && (isNewHead || entered.includes(member))
    const missing = members.filter((member) => needs(member) && relationOf(relations, member) === undefined)
    if (missing.length > 0) return refuse('relation-needed', missing)
    const settled = members.map((member): EventMember => {
      if (member === head) return { ...member, isHead: true, relation: headWord }
      return { ...member, isHead: false, relation: needs(member) ? relationOf(relations, member) : member.relation }
    })
    after.push({ ...household, members: settled, headName: head.name })
  }
  return { ok: true, plan: { after, left } }
}

/** As the code list says it: 户主. */
export const headWord = '户主'

function relationOf(relations: Readonly<Record<string, string | undefined>>, member: EventMember): string | undefined {
  const given = relations[member.personId]
  return given === headWord ? undefined : given
}

/** The head, where there is exactly one. */
function headOf(members: readonly EventMember[]): EventMember | undefined {
  const heads = members.filter((member) => member.isHead)
  return heads.length === 1 ? heads[0] : undefined
}

function only(members: readonly EventMember[]): EventMember | undefined {
  return members.length === 1 ? members[0] : undefined
}

function pick(household: EventHousehold, personIds: readonly string[]): EventMember[] | undefined {
  const found = household.members.filter((member) => personIds.includes(member.personId))
  return found.length === new Set(personIds).size && found.length > 0 ? found : undefined
}

function lastSeqNo(household: EventHousehold): number {
  return Math.max(household.members.length, ...household.members.map((member) => member.seqNo ?? 0))
}

function refuse(why: EventRefusal, members: readonly EventMember[] = []): EventVerdict {
  return { ok: false, refusals: [{ why, ...(members.length === 0 ? {} : { personIds: members.map((member) => member.personId) }) }] }
}
