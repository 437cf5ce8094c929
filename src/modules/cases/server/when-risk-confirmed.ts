import { isNamedError } from '#kernel/pure/errors/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineListener } from '#kernel/server/events/index.ts'
import { riskConfirmed } from '#modules/screening/contract.ts'
import type { CaseFile } from '../rules/case-records.ts'
import { findCasesOfHousehold } from './case-store.ts'
import { openCase } from './open-case.ts'

/**
 * A risk that was confirmed on the spot becomes a case; where the household has an open one, the lead is noted with it (audit), and a lead
 * that was told before changes nothing.
 */
export const whenRiskConfirmed = defineListener({
  name: 'cases.when-risk-confirmed',
  event: riskConfirmed,
  hear: async ({ ctx, payload, at }) => {
    const { leadId, householdId } = payload
    const confirmed = { leadId, householdId, on: dayOf(Date.parse(at)) }
    try {
      await inTransaction(ctx, (db) => followLead({ ...ctx, db }, confirmed))
    } catch (fault) {
      // A household that has ended since: whoever looks for the lead finds why it has no case.
      if (!isNamedError(fault) || fault.code !== 'http.not-found') throw fault
      await inTransaction(ctx, (db) => note({ ...ctx, db }, { ...confirmed, did: 'cases.case.lead-without-household', caseId: null }))
    }
  },
})

interface ConfirmedLead {
  readonly leadId: string
  readonly householdId: string
  /** The day on which it was confirmed. */
  readonly on: string
}

async function followLead(ctx: Context & { readonly db: Db }, lead: ConfirmedLead): Promise<void> {
  const { householdId, leadId } = lead
  const files = await findCasesOfHousehold(ctx.db, ctx.scope, householdId)
  if (files.some((file) => isOfLead(file, lead))) return
  const open = files.find((file) => file.endedOn === null)
  if (open === undefined) await openCase(ctx, { householdId, source: 'lead', sourceId: leadId })
  else await note(ctx, { ...lead, did: 'cases.case.lead-noted', caseId: open.caseId })
}

/** A lead that is confirmed again after its case had ended is a new reason. */
function isOfLead(file: CaseFile, lead: ConfirmedLead): boolean {
  return file.sourceId === lead.leadId && (file.endedOn === null || lead.on <= file.endedOn)
}

async function note(ctx: Context & { readonly db: Db }, given: ConfirmedLead & { did: string; caseId: string | null }): Promise<void> {
  const { did, leadId, householdId, caseId } = given
  const object = caseId === null ? { objectKind: 'screening.lead', objectId: leadId } : { objectKind: 'cases.case', objectId: caseId }
  await audit(ctx.db, ctx, { did, ...object, details: { leadId, householdId } })
}
