import { isNamedError } from '#kernel/pure/errors/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { defineListener } from '#kernel/server/events/index.ts'
import type { AnyJob } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { riskFound, type RiskFound } from '#modules/surveys/contract.ts'
import { isName } from '../../rules/intake/declaration-form.ts'
import { enterIntake } from './intake-enter.ts'
import { findIntake, insertIntakeEvent, saveIntake, type IntakeRow } from './intake-store.ts'

/**
 * What a campaign heard of a risk lands in the inbox as something that a visit or call brought in, with its household found: an officer confirms it.
 * The risk's id is its number there, so that the second telling is refused and changes nothing.
 */
export function whenSurveyRiskFound(deps: { vault: Vault }): AnyJob {
  return defineListener({
    name: 'cases.when-survey-risk-found',
    event: riskFound,
    hear: async ({ ctx, payload }) => {
      try {
        await takeRisk(ctx, deps, payload)
      } catch (fault) {
        if (!isNamedError(fault) || fault.code !== 'cases.intake-entered') throw fault
      }
    },
  })
}

async function takeRisk(ctx: Context, deps: { vault: Vault }, risk: RiskFound): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const [household] = await findHouseholds(ctx, db, [risk.householdId])
    if (household === undefined) return // it has ended since
    const head = household.headName ?? ''
    const { intakeId, isJoined } = await enterIntake(within, deps, {
      channel: 'visit',
      areaPath: `${household.areaPath.split('.').slice(0, 5).join('.')}.`,
      sender: `调查排查 ${risk.campaignNo}`,
      senderNo: risk.riskId,
      name: isName(head) ? head : '户主',
      difficulties: [],
      text: `${risk.campaignName}：${risk.risks.join('、')}`,
    })
    if (isJoined) return
    const row = await findIntake(db, ctx.scope, intakeId, true)
    if (row === undefined || row.state === 'linked') return
    const found: IntakeRow = { ...row, state: 'matched', householdId: risk.householdId, matchName: head, matchWay: 'officer', matches: 1 }
    await saveIntake(db, ctx, found)
    await insertIntakeEvent(db, ctx, { row: found, action: 'match', details: { way: 'officer', matches: 1 } })
  })
}
