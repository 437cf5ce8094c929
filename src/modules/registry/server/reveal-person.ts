import { isId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findArea, findUserNames } from '#modules/identity/server/index.ts'
import type { Reveal } from '../contract.ts'
import type { RevealRecord } from '../rules/register-records.ts'
import { registryErrors } from './errors.ts'
import { findHouseholdRow, findPersonRow, type FoundHousehold } from './household-store.ts'
import { askRevealBudget, countElsewhere } from './reveal-budget.ts'
import { countRevealed, insertReveal, listRevealRows } from './reveal-store.ts'
import { placeOfHouseholdPhone, placeOfPersonCell, type PersonRow } from './tables.ts'

/**
 * Shows one full number or telephone for a reason, within scope and budget; the audit row is written in the same transaction (trust.md §5.2).
 * Throws `registry.not-found` out of scope, `registry.nothing-to-reveal`, `registry.reveal-budget`.
 */
export async function revealPerson(ctx: Context, given: { personId: string; vault: Vault } & Reveal): Promise<{ value: string }> {
  return inTransaction(ctx, async (db) => {
    const person = await findPersonRow(db, ctx.scope, given.personId)
    const household = person === undefined ? undefined : await findHouseholdRow(db, ctx.scope, person.household_id)
    if (person === undefined || household === undefined) throw registryErrors.notFound()
    const value = openCell(given, person, household)
    if (value === undefined) throw registryErrors.nothingToReveal({ field: given.field })
    const within = { ...ctx, db }
    await askRevealBudget(within, async () => {
      const [seen, elsewhere] = [await countRevealed(db, ctx, given.personId), await countElsewhere(within)]
      return { ...seen, hour: seen.hour + elsewhere.hour, day: seen.day + elsewhere.day }
    })
    await insertReveal(db, ctx, { ...given, householdId: person.household_id, areaPath: person.area_path })
    await audit(db, ctx, {
      did: 'registry.reveal',
      objectKind: 'registry.person',
      objectId: given.personId,
      reason: given.reason,
      details: { field: given.field },
    })
    return { value }
  })
}

function openCell(given: { field: Reveal['field']; vault: Vault }, person: PersonRow, household: FoundHousehold): string | undefined {
  const { vault, field } = given
  switch (field) {
    case 'id-number':
      return person.id_cell === null ? undefined : vault.decrypt(person.id_cell, placeOfPersonCell('id', person.person_no))
    case 'phone':
      return person.phone_cell === null ? undefined : vault.decrypt(person.phone_cell, placeOfPersonCell('phone', person.person_no))
    case 'household-phone':
      return household.phone_cell === null ? undefined : vault.decrypt(household.phone_cell, placeOfHouseholdPhone(household.household_no))
  }
}

/** Who has looked at a person's full number or telephone: role and area, when, which, why. Throws `registry.not-found` out of scope. */
export async function listReveals(ctx: Context, personId: string): Promise<{ items: RevealRecord[] }> {
  return inTransaction(ctx, async (db) => {
    if ((await findPersonRow(db, ctx.scope, personId)) === undefined) throw registryErrors.notFound()
    const rows = await listRevealRows(db, ctx.scope, personId)
    const units = await namesOfUnits({ ...ctx, db }, [...new Set(rows.map((row) => row.caller_id))].filter(isId))
    return {
      items: rows.map(({ at, field, reason, caller_name: callerName, caller_id: callerId, roles }) => {
        return { at, field, reason, callerName, roles, unit: units.get(callerId) }
      }),
    }
  })
}

/** The area in which each user works, by name. */
async function namesOfUnits(ctx: Context, userIds: readonly string[]): Promise<Map<string, string>> {
  const units = new Map<string, string>()
  for (const user of await findUserNames(ctx, userIds)) {
    const area = user.areaPath === undefined ? undefined : await findArea(ctx, user.areaPath)
    if (area !== undefined) units.set(user.userId, area.name)
  }
  return units
}
