import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds, listHouseholdMembers, searchHouseholds } from '#modules/registry/server/index.ts'
import type { HouseholdBrief, VisitHousehold } from '../rules/lead-records.ts'

/** What leads need besides the database: the keys, because masked numbers are made from sealed ones. */
export interface LeadDeps {
  readonly vault: Vault
}

/** Households in a line, by id; those that the register does not show to the caller are missing. */
export async function readBriefs(ctx: Context, householdIds: readonly string[]): Promise<ReadonlyMap<string, HouseholdBrief>> {
  const cards = await inTransaction(ctx, (db) => findHouseholds(ctx, db, [...new Set(householdIds)]))
  return new Map(
    cards.map((card) => [
      card.householdId,
      {
        householdId: card.householdId,
        householdNo: card.householdNo,
        headName: card.headName ?? '',
        householdType: card.type ?? '',
        monitorCategory: card.monitorCategory ?? '',
        township: card.township,
        village: card.village,
        group: card.group ?? '',
        memberCount: card.memberCount,
      },
    ]),
  )
}

/** Households that a name, pinyin, initials or number finds within the caller's scope, 200 at most. */
export async function findHouseholdIds(ctx: Context, text: string, deps: LeadDeps): Promise<string[]> {
  const found = await searchHouseholds(ctx, { q: text, limit: 200 }, deps.vault)
  return [...new Set(found.items.map((household) => household.householdId))]
}

/** Today's members of households, numbers and telephones masked; the keys are household ids. */
export async function readMembers(
  ctx: Context,
  householdIds: readonly string[],
  deps: LeadDeps,
): Promise<ReadonlyMap<string, (VisitHousehold['members'][number] & { personId: string })[]>> {
  const found = await inTransaction(ctx, (db) => listHouseholdMembers(ctx, db, { householdIds, vault: deps.vault }))
  return new Map(
    [...found].map(([householdId, members]) => [
      householdId,
      members.map((member) => ({
        personId: member.personId,
        name: member.name,
        relation: member.relation ?? '',
        age: member.age ?? null,
        idMasked: member.idMasked ?? '',
        phoneMasked: member.phoneMasked ?? '',
      })),
    ]),
  )
}
