import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ProposeCorrection } from '#modules/registry/contract.ts'
import { proposeCorrection } from '#modules/registry/server/index.ts'
import type { DecidedRepair } from '../rules/compare-records.ts'
import type { DecideRepair } from '../rules/compare-requests.ts'
import { sourceOfRow } from './decide-match.ts'
import { openRepair } from './keep-waiting.ts'
import { findRepairForUpdate, saveRepair, type StoredRepair } from './open-match-store.ts'
import { reportLeaving } from './repair-events.ts'
import { screeningErrors } from './screening-errors.ts'

/**
 * Proposes what a list shows to the register, with the list as its source: as a correction of a field, or as a household event of somebody
 * who has left; or says that the list is wrong. Nothing is changed before it is confirmed there. Throws `screening.repair-gone`, `registry.*`.
 */
export async function decideRepair(ctx: Context, given: { repairId: string; input: DecideRepair; vault: Vault }): Promise<DecidedRepair> {
  const { repairId, vault } = given
  return inTransaction(ctx, async (db) => {
    const repair = await findRepairForUpdate(db, ctx.scope.countyCode, repairId)
    if (repair === undefined || repair.value === null) throw screeningErrors.repairGone()
    const isProposed = given.input.decision === 'propose'
    const proposed = isProposed ? await propose({ ...ctx, db }, repair, vault) : { correctionId: null, eventId: null }
    await saveRepair(db, ctx, { repairId, state: isProposed ? 'proposed' : 'refused', ...proposed })
    await audit(db, ctx, {
      did: isProposed ? 'screening.propose-repair' : 'screening.refuse-repair',
      objectKind: 'screening.repair',
      objectId: repairId,
      details: { field: repair.field, list: repair.list },
    })
    return proposed
  })
}

async function propose(ctx: Context, repair: StoredRepair, vault: Vault): Promise<DecidedRepair> {
  const { householdId, personId, field, repairId, value } = repair
  if (value === null) throw screeningErrors.repairGone()
  const cell = openRepair(vault, repairId, value)
  const source = sourceOfRow(repair)
  if ('leaving' in cell) {
    const { on } = cell.leaving
    if (on === null) throw screeningErrors.leavingWithoutDay()
    const leaving = { ...cell.leaving, on }
    return { correctionId: null, eventId: await reportLeaving(ctx, { householdId, personId, leaving, source, vault }) }
  }
  const input = ProposeCorrection.parse({ householdId, personId, field, newValue: cell.value, source })
  return { correctionId: (await proposeCorrection(ctx, input, { vault })).correctionId, eventId: null }
}
