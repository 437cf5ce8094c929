import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Evidence, ListKind } from '../contract.ts'
import { defaultThresholds } from '../policy/policy.ts'
import { insertAuthorisations } from './authorisation-store.ts'

/** A reason to be written: rule, list, value, and whom it is about. */
export interface GivenReason {
  rule: string
  list: ListKind
  value: string
  personId?: string
  rests?: boolean
  evidence?: Evidence[]
  /** The number that the rule's limit is about, and which limit held. */
  measure?: number
  band?: 'concern' | 'others'
  /** What a visit has found. */
  answer?: 'confirmed' | 'dismissed'
}

/** A run of a month that is done, as a comparison leaves it; committed unless the context is inside a transaction. */
export async function givenRun(ctx: Context, month: string): Promise<string> {
  const runId = makeId()
  await inTransaction(ctx, (db) =>
    sql`INSERT INTO screening.comparison_run (county_code, run_id, month, state, sender, sharing_item, purpose, legal_basis, retention_days, thresholds,
          started_by, started_at, finished_at)
        VALUES (${ctx.scope.countyCode}, ${runId}, ${month}, 'done', '测试单位', '测试事项', '测试用途', '测试依据', 1, ${JSON.stringify(defaultThresholds)}::jsonb,
          ${ctx.caller.id}, ${ctx.now}, ${ctx.now})`.execute(db),
  )
  return runId
}

/** A new lead of a household with its reasons; one per household and month. */
export async function givenLead(
  ctx: Context,
  given: { runId: string; month: string; householdId: string; areaPath: string; reasons?: readonly GivenReason[] },
): Promise<string> {
  const leadId = makeId()
  const county = ctx.scope.countyCode
  const reasons = given.reasons ?? [{ rule: 'L04', list: 'education', value: '辍学' }]
  const flags = reasons.filter((reason) => reason.rule.startsWith('N')).length
  await inTransaction(ctx, async (db) => {
    await sql`INSERT INTO screening.lead (county_code, lead_id, month, household_id, area_path, reason_count, flag_count, raised_at, run_id)
      VALUES (${county}, ${leadId}, ${given.month}, ${given.householdId}, ${given.areaPath}, ${reasons.length - flags}, ${flags}, ${ctx.now}, ${given.runId})
    `.execute(db)
    for (const reason of reasons) {
      const evidence: Evidence[] = reason.evidence ?? [{ file: '清单.xlsx', sheet: 'Sheet1', row: 7, class: 'exact', facts: {} }]
      await sql`INSERT INTO screening.lead_reason (county_code, lead_reason_id, lead_id, household_id, area_path, month, rule, list, person_id, value,
          measure, band, answer, answered_at, evidence, facts_hash, rests, run_id)
        VALUES (${county}, ${makeId()}, ${leadId}, ${given.householdId}, ${given.areaPath}, ${given.month}, ${reason.rule}, ${reason.list},
          ${reason.personId ?? null}, ${reason.value},
          ${reason.measure ?? null}, ${reason.band ?? null}, ${reason.answer ?? null}, ${reason.answer === undefined ? null : ctx.now}::timestamptz,
          ${JSON.stringify(evidence)}::jsonb, ${makeId()}, ${reason.rests ?? false}, ${given.runId})
      `.execute(db)
    }
  })
  return leadId
}

/** A 授权书 of a person of a household that holds for all lists in 2023 and 2024. */
export async function givenAuthorisation(
  ctx: Context,
  given: { areaPath: string; householdId: string; personId: string; paper: string; validUntil?: string },
): Promise<string> {
  const rows = [{ validUntil: '2024-12-31', ...given, givenOn: '2023-01-01', lists: [], source: 'hand' as const }]
  const [id = ''] = await inTransaction(ctx, (db) => insertAuthorisations(db, ctx, rows))
  return id
}
