import type { Instant } from '#kernel/pure/time/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { defineListener } from '#kernel/server/events/index.ts'
import { findingRecurred, registerChecked } from '#modules/quality/contract.ts'
import { sayFindings } from '#modules/quality/server/index.ts'
import { leadRecurred, type LeadRecurred } from '#modules/screening/contract.ts'
import { inProblems } from './closed-kinds-store.ts'
import { listClosedByOrigin } from './record-store.ts'
import { reopenFailed } from './reopen-failed.ts'

type Within = Context & { readonly db: Db }

/** A finding that was gone is there again: its problem, if it was struck off, is open again. */
export const whenFindingRecurred = defineListener({
  name: 'rectification.when-finding-recurred',
  event: findingRecurred,
  hear: ({ ctx, payload }) =>
    inProblems(ctx, async (db) => {
      const ids = payload.findings.map(({ findingId }) => findingId)
      await reopenOpenFindings({ ...ctx, db }, ids)
    }),
})

/** The whole register was checked: a finding that is still open although its problem was struck off before the check opens it again. */
export const whenRegisterChecked = defineListener({
  name: 'rectification.when-register-checked',
  event: registerChecked,
  hear: ({ ctx }) =>
    inProblems(ctx, async (db) => {
      const closed = await listClosedByOrigin(db, ctx, { origin: 'quality' })
      const ids = closed.flatMap(({ originId }) => (originId === null ? [] : [originId]))
      for (let at = 0; at < ids.length; at += 1_000) await reopenOpenFindings({ ...ctx, db }, ids.slice(at, at + 1_000))
    }),
})

/** Opens the problems of findings that are open now and were seen after their problem was struck off. */
async function reopenOpenFindings(ctx: Within, findingIds: readonly string[]): Promise<void> {
  const said = (await sayFindings(ctx, ctx.db, findingIds)).filter(({ isOpen }) => isOpen)
  const failed = said.map(({ findingId, rule, lastSeenAt }) => {
    // Safe: an instant of the finding.
    return { originId: findingId, reason: `数据检查又报：规则 ${rule} 仍不符合`, at: lastSeenAt as Instant }
  })
  await reopenFailed(ctx, { origin: 'quality', failed })
}

/** A list brings a household's reason again: its problem, if it was struck off by the month of the list, is open again. */
export const whenLeadRecurred = defineListener({
  name: 'rectification.when-lead-recurred',
  event: leadRecurred,
  hear: ({ ctx, payload }) =>
    inProblems(ctx, async (db) => {
      await reopenFailed({ ...ctx, db }, { origin: 'screening', failed: failedLeads(payload) })
    }),
})

/** The origin of a problem that was made of a reason: one for each household and rule, however many months say so. */
export const originOfReason = ({ rule, householdId }: { rule: string; householdId: string }): string => `${rule} ${householdId}`

function failedLeads({ month, leads }: LeadRecurred): { originId: string; reason: string; at: Instant }[] {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))]
  // What a list of a month says is true until its last second: an older month says nothing against what was struck off since.
  const until = instantOf(Date.UTC(year, number, 1) - 8 * 3_600_000)
  return leads.flatMap(({ householdId, rules }) =>
    rules.map((rule) => {
      const reason = `${String(year)}年${String(number)}月部门数据比对又报：${rule}`
      return { originId: originOfReason({ rule, householdId }), reason, at: until }
    }),
  )
}
