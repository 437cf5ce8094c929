import type { Vault } from '#kernel/server/vault/index.ts'
import { fullListKinds, nationalKinds, type NationalKind } from '../policy/national-policy.ts'
import { findField, precedenceOf } from '../policy/policy.ts'
import { sourceOf } from '../rules/merge-row.ts'
import type { NationalSubject } from '../rules/national-differences.ts'
import type { HeldSource, HeldValue, NationalAction, NationalStatements } from '../rules/national-statement.ts'
import { cellEnd, rowEnd } from '../rules/statement.ts'
import { comparablesOf, type MergedEntity, type MergeableRow } from './import/row-values.ts'
import { sayValue } from './import/say-statement.ts'
import type { NationalHousehold, NationalPerson, NewestExport } from './national-read-store.ts'
import {
  placeOfHouseholdPhone,
  placeOfPersonCell,
  type Exceptions,
  type FactValue,
  type Facts,
  type Sources,
  type VillageRow,
} from './tables.ts'

/** What all subjects of a comparison have in common. */
export interface NationalTools {
  vault: Vault
  layouts: ReadonlyMap<string, readonly string[]>
  newest: ReadonlyMap<string, NewestExport>
  /** Row id to the kinds and files of the newest day that do not hold it. */
  absent: ReadonlyMap<string, ReadonlyMap<string, string>>
}

interface Row {
  facts: Facts
  sources: Sources
  exceptions: Exceptions
}

/** A household as it is compared. */
export function householdSubject(tools: NationalTools, row: NationalHousehold): NationalSubject {
  const phone = () =>
    sealed(row.phone_cell, row.phone_index, 'householdPhone', () =>
      tools.vault.decrypt(row.phone_cell ?? Buffer.alloc(0), placeOfHouseholdPhone(row.household_no)),
    )
  return {
    statements: statementsOf(tools, row.household_id, row),
    held: holder('household', { ...row, row_key: row.household_no }, { householdPhone: phone }),
    standing: {
      isClosed: row.closed_on !== null,
      notInRegisterOn: row.sources['register'] === undefined && !row.is_made ? tools.newest.get('register')?.on : undefined,
      begunOf: row.is_made ? begunOf(tools, row) : undefined,
    },
    place: {
      township: row.township,
      village: row.village,
      group: row.group_name ?? '',
      code: '', // the path of an area is our own; the village's own row compares its code
      decided: heldSource(row, 'area', ''),
    },
  }
}

/** The newest full list that names members of a household which an event made. */
function begunOf(tools: NationalTools, row: NationalHousehold): { kind: NationalKind; on: string } | undefined {
  const found = fullListKinds.flatMap((kind) => {
    const newest = tools.newest.get(kind)
    return newest === undefined || !row.member_kinds.includes(kind) ? [] : [{ kind, on: newest.on }]
  })
  return found.sort((one, other) => (one.on < other.on ? 1 : -1))[0]
}

/** A person as he is compared, with the household he belongs or belonged to. */
export function personSubject(
  tools: NationalTools,
  row: NationalPerson,
  home: { household: NationalHousehold; whole: NationalAction | undefined },
): NationalSubject {
  const { household, whole } = home
  const open = (column: 'id' | 'phone') => {
    const [cell, index] = column === 'id' ? [row.id_cell, row.id_index] : [row.phone_cell, row.phone_index]
    return sealed(cell, index, column === 'id' ? 'idNumber' : 'personPhone', () =>
      tools.vault.decrypt(cell ?? Buffer.alloc(0), placeOfPersonCell(column, row.person_no)),
    )
  }
  const register = tools.newest.get('register')
  const isKnown = row.sources['register'] !== undefined || household.sources['register'] === undefined
  const householdThere = statementsOf(tools, household.household_id, household)
  const listing = fullListKinds.flatMap((kind) => (householdThere[kind]?.isHeld === true ? [[kind, householdThere[kind].on] as const] : []))
  return {
    statements: statementsOf(tools, row.person_id, row),
    held: holder('person', { ...row, row_key: row.person_no }, { idNumber: () => open('id'), personPhone: () => open('phone') }),
    membership: {
      standing: row.merged_into !== null ? 'merged' : row.left_on !== null ? 'left' : 'member',
      joinedOn: row.joined_on ?? undefined,
      notInRegisterOn: isKnown ? undefined : register?.on,
      household: Object.fromEntries(listing),
      householdNo: household.household_no,
      formerNo: formerNoOf(row),
      whole,
    },
  }
}

/** The household under which a file listed a person whom an event has moved: as a later file said, else as it was before the event. */
function formerNoOf(row: NationalPerson): string | undefined {
  if (typeof row.exceptions['householdNo'] !== 'object') return undefined
  const said = fullListKinds.map((kind) => row.conflicts['householdNo']?.[kind]).find((value) => typeof value === 'string')
  return typeof said === 'string' ? said : (row.former_no ?? undefined)
}

/** A village as it is compared. */
export function villageSubject(tools: NationalTools, row: VillageRow): NationalSubject {
  return {
    statements: statementsOf(tools, row.village_id, row),
    held: holder('village', { ...row, row_key: row.area_path }, {}),
    place: placeOf(row),
  }
}

function placeOf(row: VillageRow): NonNullable<NationalSubject['place']> {
  return { township: row.township, village: row.name, group: '', code: row.village_code ?? '', decided: heldSource(row, 'area', '') }
}

function statementsOf(tools: NationalTools, rowId: string, row: Row): NationalStatements {
  const found = nationalKinds.flatMap((kind) => {
    const [source, newest] = [row.sources[kind], tools.newest.get(kind)]
    if (source?.said === undefined || newest === undefined) return []
    const missingIn = tools.absent.get(rowId)?.get(kind)
    // A file of the same day that was applied later states the row again.
    const isHeld = missingIn === undefined || newest.batches.indexOf(source.batch) > newest.batches.indexOf(missingIn)
    return [[kind, { on: newest.on, isHeld, cells: cellsOf(tools, source.said) }] as const]
  })
  return Object.fromEntries(found)
}

/** The cells by field key; of several rows of one person the last, which is the latest period. */
function cellsOf(tools: NationalTools, said: string): Record<string, string> {
  const [layout = '', ...cells] = said.slice(said.lastIndexOf(rowEnd) + 1).split(cellEnd)
  const keys = tools.layouts.get(layout) ?? []
  return Object.fromEntries(keys.map((key, at) => [key, cells[at] ?? '']))
}

function sealed(cell: Buffer | null, index: Buffer | null, key: string, open: () => string): string {
  const field = findField(key)
  return cell === null || index === null || field === undefined ? '' : sayValue(field, open(), index)
}

/** What the row holds of a field, as a statement would have it. */
function holder(entity: MergedEntity, row: Row & MergeableRow, cells: Readonly<Record<string, () => string>>): NationalSubject['held'] {
  const values = comparablesOf(entity, row)
  return (key): HeldValue => {
    const open = cells[key]
    const text = open === undefined ? sayHeld(key, values[key], row.facts[`${key}?`]) : open()
    return { text, source: heldSource(row, key, text) }
  }
}

const sexes: Readonly<Record<string, string>> = { male: '男', female: '女' }

function sayHeld(key: string, value: string | number | boolean | undefined, unread: FactValue | undefined): string {
  const field = findField(key)
  if (field === undefined) return ''
  if (value === undefined) return typeof unread === 'string' ? `?${unread}` : ''
  return key === 'sex' ? (sexes[String(value)] ?? '') : sayValue(field, value, undefined)
}

function heldSource(row: Row, key: string, text: string): HeldSource | undefined {
  const exception = row.exceptions[key]
  if (typeof exception === 'object') return { from: 'correction', id: exception.correction }
  if (text === '') return undefined
  // Safe: `sources` has the same days; what else it has is not read.
  const kind = sourceOf({ sources: row.sources as Record<string, { on: string }>, exceptions: row.exceptions }, key, precedenceOf(key))
  const source = kind === undefined ? undefined : row.sources[kind]
  return kind === undefined || source === undefined ? undefined : { from: 'file', kind, on: source.on }
}
