import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { HouseholdId, PersonId } from '#modules/registry/contract.ts'
import { proposeCorrection } from '#modules/registry/server/index.ts'
import type { MendFinding } from '../contract.ts'
import { judgeMending } from '../rules/finding-states.ts'
import type { FindingFile } from '../rules/worklist-records.ts'
import { findingForUpdate } from './finding-answer.ts'
import { textOf, rulesOn } from './finding-cards.ts'
import { addFindingEvents, saveProposed } from './finding-event-store.ts'
import { fixesOf, readFinding } from './finding-read.ts'
import { worklistErrors } from './worklist-errors.ts'
import type { WorklistDeps } from './worklist-neighbours.ts'

/**
 * Proposes the correction that a finding's own facts lead to, through the register's correction door: somebody of the county confirms and
 * applies it there. Throws `quality.finding-refused`, `nothing-to-mend`, `already-so`, and what `proposeCorrection` throws.
 */
export async function mendFinding(
  ctx: Context,
  given: { findingId: string; input: MendFinding },
  deps: WorklistDeps,
): Promise<FindingFile> {
  const { findingId, input } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const finding = await findingForUpdate(db, ctx, { findingId, revision: input.revision })
    const verdict = judgeMending(finding)
    if (!verdict.ok) throw worklistErrors.findingRefused({ reason: verdict.reason })
    const fix = (await fixesOf(within, finding, deps))[input.change]
    if (fix === undefined || finding.householdId === null) throw worklistErrors.nothingToMend()
    if (fix.isAlreadySo) throw worklistErrors.alreadySo({ field: fix.field })
    const rule = textOf(finding.rule, rulesOn(ctx.today))
    const correction = await proposeCorrection(
      within,
      {
        householdId: HouseholdId.parse(finding.householdId),
        ...(fix.personId === null ? {} : { personId: PersonId.parse(fix.personId) }),
        field: fix.field,
        newValue: fix.to,
        source: `数据检查 ${rule.rule} ${rule.zh}`.slice(0, 100),
      },
      deps,
    )
    const { correctionId } = correction
    await saveProposed(db, ctx, { findingId, correctionId })
    await addFindingEvents(db, ctx, { kind: 'proposed', findings: [finding], details: { field: fix.field, because: fix.because } })
    const details = { rule: finding.rule, field: fix.field, correctionId }
    await audit(db, ctx, { did: 'quality.finding-mend', objectKind: 'quality.finding', objectId: findingId, details })
    return readFinding(within, findingId, deps)
  })
}
