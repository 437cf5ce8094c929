import { addDays, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { answerFinding, beginCheck, followCheck, readFindings, sendFindings } from '#modules/quality/server/module.ts'
import type { Installation } from './installation.ts'

/** So long ago that what has no answer is late. */
const sentDaysAgo = 20
/** Of five findings of the first township three were answered; the others show what overdue looks like. */
const answeredOfFive = 3

/** Checks the demo's register and carries the findings of the first township along: sent, most of them answered, one asked to be excepted. */
export async function checkDemoQuality(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  const deps = { vault: installation.vault, clock: Date.now }
  const { runId } = await beginCheck(ctx, ctx.today)
  await followCheck(ctx, deps, { runId, asOf: ctx.today })
  const earlier: Context = {
    ...ctx,
    scope: grantCounty(ctx.scope.countyCode),
    now: instantOf(Date.parse(ctx.now) - sentDaysAgo * 86_400_000),
    today: addDays(ctx.today, -sentDaysAgo),
  }
  const filter = { under: townshipPath, state: 'todo' } as const
  await sendFindings(earlier, { filter, note: '请逐条核对修正', isDryRun: false }, deps)
  const { items } = await readFindings(earlier, { ...filter, limit: 100 }, deps)
  for (const [index, finding] of items.entries()) {
    if (index % 5 >= answeredOfFive) continue
    const village = grantArea(ctx.scope.countyCode, `${finding.areaPath.split('.').slice(0, 5).join('.')}.`)
    const { findingId, revision } = finding
    const input =
      index % 20 === 0
        ? ({ revision, answer: 'right-as-is', reason: '入户核对，情况确实如此', covers: 'finding' } as const)
        : ({ revision, answer: 'fixed-elsewhere', note: '已在国家系统修改' } as const)
    await answerFinding({ ...ctx, scope: village }, { findingId, input }, deps)
  }
}
