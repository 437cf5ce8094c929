import { maskIdNumber, maskPhone } from '#kernel/pure/text/index.ts'
import { readDay, type Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { FilterHouseholds } from '../contract.ts'
import { ageOn } from '../rules/age.ts'
import type { ListToExport } from './export-list.ts'
import { listMemberRows, type ListedPerson, type ShownNumber } from './export-store.ts'
import { listHouseholdRows, type CardRow } from './household-list-store.ts'
import { placeOfPersonCell } from './tables.ts'

/** What stands in the columns of number and telephone: `masked`; `adults`: whole, but of people under 18 masked; `whole`. */
export type Openness = 'masked' | 'adults' | 'whole'

const columns = [
  { label: '户编号', width: 22 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '村民小组', width: 10 },
  { label: '户主姓名', width: 12 },
  { label: '户类型', width: 16 },
  { label: '姓名', width: 12 },
  { label: '与户主关系', width: 14 },
  { label: '性别', width: 6 },
  { label: '出生日期', width: 12 },
  { label: '证件号码', width: 22 },
  { label: '联系电话', width: 14 },
  { label: '劳动技能', width: 16 },
] as const
const householdsAtOnce = 500
const adultFrom = 18

/** The members of the filtered households, a row each. `note` is told of every whole number that is shown. */
export function membersToExport(
  ctx: Context,
  db: Db,
  given: { filters: FilterHouseholds; vault: Vault; openness: Openness; note?: (shown: ShownNumber) => void },
): ListToExport {
  return { list: 'registry.persons', columns, filter: given.filters, rows: memberRows(ctx, db, given) }
}

async function* memberRows(ctx: Context, db: Db, given: Parameters<typeof membersToExport>[2]): AsyncGenerator<readonly string[]> {
  let after: readonly string[] | undefined
  do {
    const found = await listHouseholdRows(db, { scope: ctx.scope, filters: given.filters, after, limit: householdsAtOnce })
    const block = found.slice(0, householdsAtOnce)
    const householdIds = block.map((row) => row.household_id)
    const persons = await listMemberRows(db, ctx.scope, householdIds)
    const byHousehold = Map.groupBy(persons, (person) => person.household_id)
    for (const household of block)
      for (const person of byHousehold.get(household.household_id) ?? []) yield toCells(household, person, { ...given, today: ctx.today })
    const last = block.at(-1)
    after = found.length > householdsAtOnce && last !== undefined ? [last.area_path, last.household_no] : undefined
  } while (after !== undefined)
}

function toCells(household: CardRow, person: ListedPerson, given: Parameters<typeof membersToExport>[2] & { today: Day }): string[] {
  const id = openOf(person, 'id', given.vault)
  const isOpen = given.openness === 'whole' || (given.openness === 'adults' && isAdult(person, { id, today: given.today }))
  const show = (kind: 'id' | 'phone', plain: string): string => {
    if (!isOpen) return kind === 'id' ? maskIdNumber(plain) : maskPhone(plain)
    const { person_id: personId, household_id: householdId, area_path: areaPath } = person
    given.note?.({ personId, householdId, areaPath, field: kind === 'id' ? 'id-number' : 'phone' })
    return plain
  }
  const phone = openOf(person, 'phone', given.vault)
  return [
    household.household_no,
    household.township,
    household.village,
    household.group_name ?? '',
    household.head_name ?? '',
    household.household_type ?? '待核',
    person.name,
    person.relation ?? '',
    person.sex === null ? '' : person.sex === 'male' ? '男' : '女',
    person.born_on ?? '',
    id === '' ? '' : show('id', id),
    phone === '' ? '' : show('phone', phone),
    person.labour_skill ?? '',
  ]
}

/** A number or telephone as it is kept; empty where there is none. */
export function openOf(person: ListedPerson, kind: 'id' | 'phone', vault: Vault): string {
  const cell = kind === 'id' ? person.id_cell : person.phone_cell
  return cell === null ? '' : vault.decrypt(cell, placeOfPersonCell(kind, person.person_no))
}

/** Whether somebody is certainly 18 or older; by the number where no day of birth is stated. Minors are C4 (trust.md §5.1). */
export function isAdult(person: ListedPerson, given: { id: string; today: Day }): boolean {
  const inNumber = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(given.id)
  const written = person.born_on ?? (inNumber === null ? '' : `${inNumber[1]}-${inNumber[2]}-${inNumber[3]}`)
  const bornOn = readDay(written)
  return bornOn !== undefined && (ageOn(bornOn, given.today) ?? 0) >= adultFrom
}
