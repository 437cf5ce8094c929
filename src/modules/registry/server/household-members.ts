import { readDay, type Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ageOn } from '../rules/age.ts'
import type { Can, HouseholdCard, MemberRecord } from '../rules/register-records.ts'
import { maskOf, showFacts } from './fact-records.ts'
import { findCardRows, toCard } from './household-list-store.ts'
import { listPersonRows } from './household-store.ts'
import { placeOfPersonCell, type PersonRow } from './tables.ts'

/** A person as the household page shows him, number and telephone masked. */
export function toMember(row: PersonRow, given: { vault: Vault; today: Day; can: Can }): MemberRecord {
  const { vault, today } = given
  const bornOn = row.born_on === null ? undefined : readDay(row.born_on)
  const open = (kind: 'id' | 'phone', cell: Buffer | null) =>
    cell === null ? undefined : maskOf(kind, vault.decrypt(cell, placeOfPersonCell(kind, row.person_no)))
  const [idMasked, phoneMasked] = [open('id', row.id_cell), open('phone', row.phone_cell)]
  return {
    personId: row.person_id,
    personNo: row.person_no,
    name: row.name,
    sex: row.sex ?? undefined,
    bornOn,
    age: bornOn === undefined ? undefined : ageOn(bornOn, today),
    relation: row.relation ?? undefined,
    isHead: row.is_head,
    seqNo: row.seq_no ?? undefined,
    labourSkill: row.labour_skill ?? undefined,
    idMasked,
    phoneMasked,
    leftOn: row.left_on ?? undefined,
    facts: showFacts('person', row, { ...columnsOfPerson(row), idNumber: idMasked, personPhone: phoneMasked }),
    can: given.can,
  }
}

/** Columns of a person that are fields of the policy, by field key. */
function columnsOfPerson(row: PersonRow): Record<string, string | number | undefined> {
  return {
    seqNo: row.seq_no ?? undefined,
    name: row.name,
    sex: row.sex === null ? undefined : row.sex === 'male' ? '男' : '女',
    birthDate: row.born_on ?? undefined,
    relationToHead: row.relation ?? undefined,
    laborSkill: row.labour_skill ?? undefined,
    monthlyWage: row.monthly_income_fen === null ? undefined : Number(row.monthly_income_fen),
  }
}

/** Cards of households within the caller's scope, for lists of other modules; those out of scope are left out. */
export async function findHouseholds(ctx: Context, db: Db, householdIds: readonly string[]): Promise<HouseholdCard[]> {
  return (await findCardRows(db, ctx.scope, householdIds)).map(toCard)
}

/** Today's members of households within the caller's scope, numbers and telephones masked, head first; for visit lists. */
export async function listHouseholdMembers(
  ctx: Context,
  db: Db,
  given: { householdIds: readonly string[]; vault: Vault },
): Promise<Map<string, MemberRecord[]>> {
  const members = new Map<string, MemberRecord[]>()
  const rows = await listPersonRows(db, ctx.scope, { householdIds: given.householdIds, withFormer: false })
  for (const row of rows) {
    const list = members.get(row.household_id) ?? []
    list.push(toMember(row, { vault: given.vault, today: ctx.today, can: {} }))
    members.set(row.household_id, list)
  }
  return members
}
