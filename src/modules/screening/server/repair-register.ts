import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { ProposeCorrection } from '#modules/registry/contract.ts'
import { proposeCorrection } from '#modules/registry/server/index.ts'
import type { DecideRepair } from '../rules/compare-requests.ts'
import { sourceOfRow } from './decide-match.ts'
import { openRepair } from './keep-waiting.ts'
import { findRepairForUpdate, saveRepair } from './open-match-store.ts'
import { screeningErrors } from './screening-errors.ts'

/**
 * Proposes what a list shows to the register as a correction, with the list as its source, or says that the list is wrong. Nothing is
 * changed before the correction is confirmed there. Throws `screening.repair-gone`, `registry.*`.
 */
export async function decideRepair(
  ctx: Context,
  given: { repairId: string; input: DecideRepair; vault: Vault },
): Promise<{ correctionId: string | null }> {
  const { repairId, vault } = given
  return inTransaction(ctx, async (db) => {
    const repair = await findRepairForUpdate(db, ctx.scope.countyCode, repairId)
    if (repair === undefined || repair.value === null) throw screeningErrors.repairGone()
    const isProposed = given.input.decision === 'propose'
    const { householdId, personId, field } = repair
    const { value } = openRepair(vault, repairId, repair.value)
    const input = ProposeCorrection.parse({ householdId, personId, field, newValue: value, source: sourceOfRow(repair) })
    const correctionId = isProposed ? (await proposeCorrection({ ...ctx, db }, input, { vault })).correctionId : null
    await saveRepair(db, ctx, { repairId, state: isProposed ? 'proposed' : 'refused', correctionId })
    await audit(db, ctx, {
      did: isProposed ? 'screening.propose-repair' : 'screening.refuse-repair',
      objectKind: 'screening.repair',
      objectId: repairId,
      details: { field, list: repair.list },
    })
    return { correctionId }
  })
}
