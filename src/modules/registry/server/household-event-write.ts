import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { EventHousehold, EventMember } from '../rules/household-event-records.ts'
import { registryErrors } from './errors.ts'
import type { PreparedEvent } from './household-event-prepare.ts'
import {
  insertNewcomer,
  insertSplit,
  readRowsBefore,
  writeHouseholds,
  writePersons,
  type EventHouseholdRow,
  type WrittenHousehold,
  type WrittenPerson,
} from './household-event-rows-store.ts'
import { searchOf } from './import/name-search.ts'
import { blindKinds, placeOfPersonCell, type PersonRow } from './tables.ts'

/** Writes what the plan says into the register. Returns the rows as they stood, for the undo. */
export async function writeEvent(ctx: Context, db: Db, given: { prepared: PreparedEvent; vault: Vault }): Promise<string> {
  const { prepared } = given
  const { plan, event, households } = prepared
  if (plan === undefined) throw registryErrors.eventRefused({ why: prepared.refusals.map((one) => one.why) })
  const persons = listWrittenPersons(prepared)
  const kept = plan.after.filter((after) => households.some((row) => row.household_id === after.householdId))
  const before = await readRowsBefore(db, ctx.scope.countyCode, {
    householdIds: kept.map((household) => household.householdId),
    personIds: persons.map((person) => person.person_id),
  })
  await writeMade(ctx, db, given)
  const rows = kept.flatMap((after) => {
    const row = households.find((held) => held.household_id === after.householdId)
    return row === undefined ? [] : [toWrittenHousehold(prepared, row, after)]
  })
  await writeHouseholds(db, ctx, { eventId: event.eventId, rows })
  await writePersons(db, ctx, { eventId: event.eventId, kind: event.kind, on: event.on, rows: persons })
  return before
}

/** The household of a split, the person who was born or joined: made first, so that the others can point at them. */
async function writeMade(ctx: Context, db: Db, { prepared, vault }: { prepared: PreparedEvent; vault: Vault }): Promise<void> {
  const { command, event, facts } = prepared
  const { made } = facts
  if (command.kind === 'split') {
    const begun = prepared.plan?.after.find((household) => household.householdId === made.householdId)
    await insertSplit(db, ctx, { eventId: event.eventId, fromId: command.householdId, ...made, headName: begun?.headName ?? '' })
  }
  if (command.kind === 'joined' || command.kind === 'birth')
    await insertNewcomer(db, toNewcomer(ctx, prepared, { person: command.person, vault }))
}

function toNewcomer(
  ctx: Context,
  { event, facts }: PreparedEvent,
  { person, vault }: { person: { name: string; sex: 'male' | 'female'; bornOn: string; idNumber?: string | undefined }; vault: Vault },
): Parameters<typeof insertNewcomer>[1] {
  const { made, household } = facts
  const personNo = `P${household.householdNo.slice(0, 22)}${made.personId.slice(-8).toUpperCase()}`
  const search = searchOf(person.name)
  const { idNumber } = person
  return {
    county_code: ctx.scope.countyCode,
    person_id: made.personId,
    person_no: personNo,
    household_id: household.householdId,
    area_path: household.areaPath,
    name: person.name,
    given_name: search.givenName,
    pinyin: search.pinyin,
    given_pinyin: search.givenPinyin,
    initials: search.initials,
    sex: person.sex,
    born_on: person.bornOn,
    id_cell: idNumber === undefined ? null : vault.encrypt(idNumber, placeOfPersonCell('id', personNo)),
    id_index: idNumber === undefined ? null : vault.blindIndex(blindKinds.idNumber, idNumber),
    phone_cell: null,
    phone_index: null,
    phone_tail: null,
    relation: null,
    seq_no: null,
    is_head: false,
    labour_skill: null,
    monthly_income_fen: null,
    left_on: null,
    created_by: event.eventId,
    touched_by: event.eventId,
  }
}

/** Everybody whose row changes: who moves, comes, leaves, or stands differently to the head. */
function listWrittenPersons(prepared: PreparedEvent): WrittenPerson[] {
  const { plan, event, persons, households } = prepared
  if (plan === undefined) return []
  const areaOf = new Map(households.map((row) => [row.household_id, row.area_path]))
  const staying = plan.after.flatMap((household) =>
    household.members.flatMap((member): WrittenPerson[] => {
      const held = persons.find((row) => row.person_id === member.personId)
      const exceptions = Object.fromEntries(listChanges(household, member, held).map((field) => [field, { correction: event.eventId }]))
      const isMoved = held !== undefined && areaOf.get(held.household_id) !== household.areaPath
      if (held !== undefined && !isMoved && Object.keys(exceptions).length === 0 && held.is_head === member.isHead) return []
      return [toWrittenPerson(member, { household_id: household.householdId, area_path: household.areaPath, left_on: null, exceptions })]
    }),
  )
  const leaving = plan.left.flatMap((member): WrittenPerson[] => {
    const held = persons.find((row) => row.person_id === member.personId)
    if (held === undefined) return []
    // The import asks where such a person belongs: the event answers, so that a file which still states him stands beside it.
    const exceptions = { householdNo: { correction: event.eventId } }
    return [{ ...toWrittenPerson(member, { ...held, left_on: event.on, exceptions }), is_head: false }]
  })
  return [...staying, ...leaving]
}

function toWrittenPerson(
  member: EventMember,
  given: Pick<WrittenPerson, 'household_id' | 'area_path' | 'left_on' | 'exceptions'>,
): WrittenPerson {
  const { household_id, area_path, left_on, exceptions } = given
  const { personId, relation = null, isHead, seqNo = null } = member
  return { person_id: personId, household_id, area_path, relation, is_head: isHead, seq_no: seqNo, left_on, exceptions }
}

/** The fields of a member that the event decided. */
function listChanges(household: EventHousehold, member: EventMember, held: PersonRow | undefined): string[] {
  const fields = []
  if (held?.household_id !== household.householdId) fields.push('householdNo')
  if ((held?.relation ?? undefined) !== member.relation) fields.push('relationToHead')
  if ((held?.seq_no ?? undefined) !== member.seqNo) fields.push('seqNo')
  return fields
}

function toWrittenHousehold(prepared: PreparedEvent, row: EventHouseholdRow, after: EventHousehold): WrittenHousehold {
  const { event, place } = prepared
  const fields = []
  const isMoved = row.area_path !== after.areaPath && place !== undefined
  if (isMoved || after.isClosed) fields.push('area')
  if ((row.head_name ?? undefined) !== after.headName) fields.push('headName')
  return {
    household_id: row.household_id,
    head_name: after.headName ?? null,
    area_path: after.areaPath,
    township: isMoved ? place.township : row.township,
    village: isMoved ? place.village : row.village,
    group_name: isMoved ? place.group : row.group_name,
    closed_on: after.isClosed ? event.on : null,
    exceptions: Object.fromEntries(fields.map((field) => [field, { correction: event.eventId }])),
  }
}
