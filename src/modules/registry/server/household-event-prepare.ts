import { makeId } from '#kernel/pure/ids/index.ts'
import { readIdNumber } from '#kernel/pure/text/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import { planHouseholdEvent, type EventFacts, type EventPlan } from '../rules/household-event-plan.ts'
import type { EventHousehold, EventPreview, EventRefusal } from '../rules/household-event-records.ts'
import type { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import { registryErrors } from './errors.ts'
import { beforeHouseholdEvent, type HouseholdEvent } from './household-event-askers.ts'
import {
  findEventRows,
  findHouseholdByNo,
  findLastBegin,
  isNumberKnown,
  isPersonKnown,
  type EventHouseholdRow,
} from './household-event-rows-store.ts'
import { blindKinds, type PersonRow } from './tables.ts'

/** Where a household moves to. */
export interface EventPlace {
  areaPath: string
  township: string
  village: string
  group: string | null
}

/** An event that was looked at: what is there, what it would make of it, and what speaks against it. */
export interface PreparedEvent {
  event: HouseholdEvent
  command: HouseholdEventCommand
  facts: EventFacts
  households: EventHouseholdRow[]
  persons: PersonRow[]
  place: EventPlace | undefined
  plan: EventPlan | undefined
  refusals: EventPreview['refusals']
}

/** Looks at an event; `isDone`: it is about to be done, so that rows are held and the caller must reach the place. Throws `registry.not-found`. */
export async function prepareEvent(
  ctx: Context,
  db: Db,
  given: { eventId: string; command: HouseholdEventCommand; isDone: boolean; vault: Vault },
): Promise<PreparedEvent> {
  const { command, isDone, vault } = given
  const otherId = await findOtherId(ctx, db, command)
  const wanted = [command.householdId, ...(otherId === undefined ? [] : [otherId])]
  const { households, persons } = await findEventRows(db, ctx.scope, { householdIds: wanted, isHeld: isDone })
  const [household, other] = wanted.map((id) => households.find((row) => row.household_id === id))
  if (household === undefined || (otherId !== undefined && other === undefined)) throw registryErrors.notFound()
  const place = command.kind === 'move' ? await findPlace({ ...ctx, db }, command.areaPath) : undefined
  const facts: EventFacts = {
    household: toEventHousehold(household, persons),
    other: other === undefined ? undefined : toEventHousehold(other, persons),
    target: place === undefined ? undefined : { areaPath: place.areaPath, place: writePlace(place) },
    made: makeIds(command, household.household_no),
  }
  const verdict = planHouseholdEvent(facts, command)
  const event = describe(given, facts, otherId)
  const prepared = { event, command, facts, households, persons, place, plan: verdict.ok ? verdict.plan : undefined }
  const refusals = [...(verdict.ok ? [] : verdict.refusals), ...(await listRefusals(ctx, db, { prepared, vault }))]
  return { ...prepared, refusals }
}

/** The household that joins, or that a marriage leaves or enters; one that is stated by its number only where the scope holds it. */
async function findOtherId(ctx: Context, db: Db, command: HouseholdEventCommand): Promise<string | undefined> {
  if (command.kind === 'merge') return command.otherId
  if (command.kind !== 'marriage') return undefined
  return command.otherId ?? (command.otherNo === undefined ? undefined : await findHouseholdByNo(db, ctx.scope, command.otherNo))
}

function describe(
  { eventId, command }: { eventId: string; command: HouseholdEventCommand },
  facts: EventFacts,
  otherId: string | undefined,
): HouseholdEvent {
  const other = command.kind === 'split' ? facts.made.householdId : otherId
  return {
    eventId,
    kind: command.kind,
    on: command.on,
    householdId: command.householdId,
    otherId: other,
    personIds: personsOf(command, facts),
  }
}

function personsOf(command: HouseholdEventCommand, facts: EventFacts): string[] {
  switch (command.kind) {
    case 'split':
    case 'marriage':
    case 'moved-away':
      return command.members
    case 'death':
      return [command.personId]
    case 'joined':
    case 'birth':
      return [facts.made.personId]
    case 'merge':
      return facts.other?.members.map((member) => member.personId) ?? []
    case 'move':
      return facts.household.members.map((member) => member.personId)
  }
}

async function listRefusals(
  ctx: Context,
  db: Db,
  { prepared, vault }: { prepared: Omit<PreparedEvent, 'refusals'>; vault: Vault },
): Promise<EventPreview['refusals']> {
  const { command, event, place } = prepared
  const refusals: EventPreview['refusals'] = []
  const say = (why: EventRefusal) => refusals.push({ why })
  if (command.on > ctx.today) say('day-ahead')
  const leaving = command.kind === 'marriage' ? command.members : (prepared.plan?.left ?? []).map((member) => member.personId)
  const begun = leaving.length === 0 ? undefined : await findLastBegin(db, ctx.scope.countyCode, leaving)
  if (begun !== undefined && command.on < begun) say('before-joined')
  if (place !== undefined && ctx.scope.kind === 'area' && !place.areaPath.startsWith(ctx.scope.path)) say('outside-scope')
  // Whether a number is taken elsewhere is not for an area to learn; the county gives numbers, an area's households get provisional ones.
  if (command.kind === 'split' && command.householdNo !== undefined) {
    if (ctx.scope.kind === 'area' || ctx.scope.kind === 'households') say('county-number')
    else if (await isNumberKnown(db, ctx.scope.countyCode, command.householdNo)) say('number-taken')
  }
  if ('person' in command && !isFitting(command.person)) say('id-unfit')
  if ('person' in command && command.person.idNumber !== undefined) {
    const idIndex = vault.blindIndex(blindKinds.idNumber, command.person.idNumber)
    if (await isPersonKnown(db, ctx.scope, idIndex)) say('known-person')
  }
  for (const asker of beforeHouseholdEvent)
    for (const code of await asker.ask(ctx, db, event)) refusals.push({ why: 'held', by: asker.name, code })
  return refusals
}

/** The number says when its holder was born, and whether a man or a woman. */
function isFitting(person: { idNumber?: string | undefined; bornOn: string; sex: string }): boolean {
  if (person.idNumber === undefined) return true
  const parts = readIdNumber(person.idNumber)
  return parts !== undefined && parts.bornOn === person.bornOn && parts.sex === person.sex
}

/** The place of a village or a group in words. */
async function findPlace(ctx: Context, areaPath: string): Promise<EventPlace | undefined> {
  const segments = areaPath.split('.').slice(0, -1)
  const pathOf = (depth: number) => `${segments.slice(0, depth).join('.')}.`
  const names = []
  for (const depth of [4, 5, 6]) {
    if (depth > segments.length) break
    const area = await findArea(ctx, pathOf(depth))
    if (area === undefined) return undefined
    names.push(area.name)
  }
  const [township, village, group] = names
  return township === undefined || village === undefined ? undefined : { areaPath, township, village, group: group ?? null }
}

/** Township, village and group, as lists write them. */
export function writePlace(place: { township: string; village: string; group: string | null }): string {
  return [place.township, place.village, place.group].filter((part) => part !== null).join(' ')
}

/** Ids of what an event makes. A provisional number begins with P, so that it is never taken for one that the county gave. */
function makeIds(command: HouseholdEventCommand, householdNo: string): EventFacts['made'] {
  const householdId = makeId()
  const provisional = `P${householdNo.slice(0, 12)}${householdId.slice(-8).toUpperCase()}`
  return { householdId, householdNo: (command.kind === 'split' ? command.householdNo : undefined) ?? provisional, personId: makeId() }
}

function toEventHousehold(row: EventHouseholdRow, persons: readonly PersonRow[]): EventHousehold {
  return {
    householdId: row.household_id,
    householdNo: row.household_no,
    areaPath: row.area_path,
    place: writePlace({ township: row.township, village: row.village, group: row.group_name }),
    headName: row.head_name ?? undefined,
    isClosed: row.closed_on !== null,
    members: persons
      .filter((person) => person.household_id === row.household_id)
      .map((person) => ({
        personId: person.person_id,
        name: person.name,
        relation: person.relation ?? undefined,
        isHead: person.is_head,
        seqNo: person.seq_no ?? undefined,
      })),
  }
}
