import { hash } from 'node:crypto'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { SheetRow } from '#kernel/server/sheets/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { Field } from '../../policy/policy.ts'
import { judgeExit } from '../../rules/exit-status.ts'
import { blindKinds, placeOfHouseholdPhone, placeOfPersonCell, placeOfSealedFact, type Facts } from '../tables.ts'
import type { NameSearch } from './name-search.ts'
import type { PlaceBook } from './place-book.ts'
import type { ReadColumn, RowValues, StageSheet } from './read-row.ts'
import { joinStatements, type StatementSayer } from './say-statement.ts'
import type { Problem, StagedHousehold, StagedPerson, StagedVillage } from './staged-rows.ts'

/** What staging is handed once per file. */
export interface StagingTools {
  countyCode: string
  batchId: string
  vault: Vault
  places: PlaceBook
  sayer: StatementSayer
}

/** One row with what was read of it. */
export interface RowFacts {
  sheet: StageSheet
  row: SheetRow
  columns: readonly ReadColumn[]
  read: RowValues
  problems: Problem[]
  /** Statements of the person's other rows in the file, earlier ones first. */
  alsoSaid?: readonly string[]
}

/** A value as text; '' when the row does not have it. */
export function textOf(read: RowValues, key: string): string {
  const value = read.values[key]
  return value === undefined ? '' : String(value)
}

export function isHead(read: RowValues): boolean {
  return read.values['relationToHead'] === '户主'
}

function orNull(read: RowValues, key: string): string | null {
  return read.values[key] === undefined ? null : String(read.values[key])
}

/** The waiting row of a household, by the first of its rows. */
export function stageHousehold(tools: StagingTools, given: RowFacts, householdNo: string): StagedHousehold {
  const { read, row } = given
  const exit = judgeExit(orNull(read, 'householdType') ?? undefined, orNull(read, 'povertyExitStatus') ?? undefined)
  const phone = sealNumber(tools.vault, textOf(read, 'householdPhone'), {
    kind: blindKinds.phone,
    place: placeOfHouseholdPhone(householdNo),
  })
  const facts = factsOf(tools, given, { entity: 'household', no: householdNo })
  const household: StagedHousehold = {
    county_code: tools.countyCode,
    batch_id: tools.batchId,
    row_no: row.row,
    household_no: householdNo,
    new_id: makeId(),
    area_no: areaNoOf(tools, read),
    head_name: orNull(read, 'headName') ?? (isHead(read) ? textOf(read, 'name') : null),
    household_type: orNull(read, 'householdType'),
    monitor_category: orNull(read, 'monitorCategory'),
    registered: exit.registered,
    exit_status: exit.exitStatus ?? null,
    phone_cell: phone?.cell ?? null,
    phone_index: phone?.index ?? null,
    phone_tail: phone?.tail ?? null,
    facts: JSON.stringify(facts),
    said: tools.sayer.say(given, 'household', { householdPhone: phone?.index }),
    content_hash: '',
  }
  household.content_hash = hashOf({ ...household, place: placeText(read) }, facts)
  return household
}

function placeText(read: RowValues): string {
  return ['township', 'village', 'villageGroup', 'regionCode'].map((key) => textOf(read, key)).join('/')
}

function areaNoOf(tools: StagingTools, read: RowValues): number {
  return tools.places.noteRow({
    township: textOf(read, 'township'),
    village: textOf(read, 'village'),
    villageCode: orNull(read, 'regionCode') ?? undefined,
    group: textOf(read, 'villageGroup'),
  })
}

// A map: a cell may hold the name of something that every object has.
const sexes = new Map<string, 'male' | 'female'>([
  ['男', 'male'],
  ['女', 'female'],
])

/** The waiting row of a person; numbers are encrypted and indexed here. */
export function stagePerson(tools: StagingTools, given: RowFacts, search: NameSearch): StagedPerson {
  const { read, row } = given
  const personNo = textOf(read, 'personNo')
  const id = sealNumber(tools.vault, textOf(read, 'idNumber'), { kind: blindKinds.idNumber, place: placeOfPersonCell('id', personNo) })
  const phone = sealNumber(tools.vault, textOf(read, 'personPhone'), {
    kind: blindKinds.phone,
    place: placeOfPersonCell('phone', personNo),
  })
  const facts = factsOf(tools, given, { entity: 'person', no: personNo })
  const seqNo = Number(read.values['seqNo'] ?? Number.NaN)
  const person: StagedPerson = {
    county_code: tools.countyCode,
    batch_id: tools.batchId,
    row_no: row.row,
    person_no: personNo,
    household_no: textOf(read, 'householdNo'),
    new_id: makeId(),
    area_no: areaNoOf(tools, read),
    name: textOf(read, 'name'),
    given_name: search.givenName,
    pinyin: search.pinyin,
    given_pinyin: search.givenPinyin,
    initials: search.initials,
    sex: sexes.get(textOf(read, 'sex')) ?? null,
    born_on: orNull(read, 'birthDate'),
    id_cell: id?.cell ?? null,
    id_index: id?.index ?? null,
    phone_cell: phone?.cell ?? null,
    phone_index: phone?.index ?? null,
    phone_tail: phone?.tail ?? null,
    relation: orNull(read, 'relationToHead'),
    seq_no: Number.isInteger(seqNo) && seqNo > 0 && seqNo < 1000 ? seqNo : null,
    is_head: isHead(read),
    labour_skill: orNull(read, 'laborSkill'),
    monthly_income_fen: orNull(read, 'monthlyWage'),
    facts: JSON.stringify(facts),
    said: joinStatements([...(given.alsoSaid ?? []), tools.sayer.say(given, 'person', { idNumber: id?.index, personPhone: phone?.index })]),
    said_id: id?.cell.toString('base64') ?? null,
    content_hash: '',
  }
  person.content_hash = hashOf(person, facts)
  return person
}

/** The waiting row of a village. */
export function stageVillage(tools: StagingTools, given: RowFacts): StagedVillage {
  const facts = factsOf(tools, given, { entity: 'village', no: '' })
  const village: StagedVillage = {
    county_code: tools.countyCode,
    batch_id: tools.batchId,
    row_no: given.row.row,
    new_id: makeId(),
    area_no: areaNoOf(tools, given.read),
    facts: JSON.stringify(facts),
    said: tools.sayer.say(given, 'village', {}),
    content_hash: '',
  }
  village.content_hash = hashOf({ ...village, place: placeText(given.read) }, facts)
  return village
}

/** Encrypts a number with its blind index; an identity number is indexed by its first 18 characters. */
export function sealNumber(
  vault: Vault,
  plain: string,
  given: { kind: string; place: Parameters<Vault['encrypt']>[1] },
): { cell: Buffer; index: Buffer; tail: string } | undefined {
  if (plain === '') return undefined
  const indexed = given.kind === blindKinds.idNumber ? plain.slice(0, 18) : plain
  return { cell: vault.encrypt(plain, given.place), index: vault.blindIndex(given.kind, indexed), tail: plain.slice(-4) }
}

function isFact(field: Field, entity: Field['entity']): boolean {
  return (
    field.entity === entity &&
    field.column === undefined &&
    field.type !== 'area' &&
    field.key !== 'householdNo' &&
    field.key !== 'personNo'
  )
}

function factsOf(tools: StagingTools, given: RowFacts, owner: { entity: 'household' | 'person' | 'village'; no: string }): Facts {
  const facts: Facts = {}
  for (const { field } of given.columns) {
    const unread = given.read.unread[field.key]
    // An unread value of a column (a birth date that is none) is kept among the facts too.
    if (unread !== undefined && field.entity === owner.entity) facts[`${field.key}?`] = unread
    const value = given.read.values[field.key]
    if (value === undefined || !isFact(field, owner.entity)) continue
    if (!field.sealed || owner.entity === 'village') facts[field.key] = value
    else {
      const place = placeOfSealedFact(owner.entity, field.key, owner.no)
      const sealed = sealNumber(tools.vault, String(value), { kind: blindKinds.fact, place })
      if (sealed !== undefined)
        facts[field.key] = { cell: sealed.cell.toString('base64'), index: sealed.index.toString('base64'), tail: sealed.tail }
    }
  }
  const earlier = given.read.values['earlierWork']
  if (owner.entity === 'person' && earlier !== undefined) facts['earlierWork'] = earlier
  return facts
}

const notHashed = new Set(['batch_id', 'row_no', 'new_id', 'content_hash', 'facts', 'said_id', 'id_cell', 'phone_cell', 'area_no'])

/** A digest of what the row states, cells by their blind index; equal for the same statement in another file. */
function hashOf(row: Record<string, unknown>, facts: Facts): string {
  const parts: Uint8Array[] = []
  let text = ''
  for (const key of Object.keys(row)) {
    if (notHashed.has(key)) continue
    const value = row[key]
    if (value instanceof Uint8Array) {
      parts.push(Buffer.from(text), value)
      text = '\0'
    } else text += `${String(value)}\0`
  }
  text += JSON.stringify(facts, hasSealed(facts) ? (_key, value: unknown) => (isSealed(value) ? value.index : value) : undefined)
  parts.push(Buffer.from(text))
  return hash('sha256', Buffer.concat(parts), 'base64').slice(0, 16)
}

function hasSealed(facts: Facts): boolean {
  for (const key in facts) if (typeof facts[key] === 'object') return true
  return false
}

function isSealed(value: unknown): value is { index: string } {
  return typeof value === 'object' && value !== null && 'index' in value && 'cell' in value
}
