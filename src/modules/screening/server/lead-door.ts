import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { ruleWords } from '../rules/lead-words.ts'
import { findLeads } from './lead-store.ts'

/** One reason of a lead as a problem would say it. */
export interface SaidReason {
  readonly leadId: string
  readonly householdId: string
  readonly areaPath: string
  readonly rule: string
  /** Chinese. */
  readonly class: string
  readonly description: string
}

/** The reasons of leads within the caller's scope, without flags and what rests; of leads that he may not read there are none. */
export async function sayLeads(ctx: Context, db: Db, leadIds: readonly string[]): Promise<SaidReason[]> {
  if (leadIds.length === 0 || (ctx.scope.kind !== 'system' && !mayDo(ctx, 'screening.lead', 'read'))) return []
  const leads = await findLeads(db, ctx.scope, leadIds)
  return leads.flatMap(({ leadId, householdId, areaPath, month, rules }) =>
    rules
      .filter((rule) => rule.startsWith('L'))
      .map((rule) => {
        const name = Object.hasOwn(ruleWords, rule) ? ruleWords[rule as keyof typeof ruleWords].zh : rule // Safe: it was just asked
        const when = `${month.slice(0, 4)}年${String(Number(month.slice(4)))}月`
        return { leadId, householdId, areaPath, rule, class: name, description: `${when}部门数据比对发现：${name}（${rule}）` }
      }),
  )
}
