import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { grantCounty, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { areaPathOf, makePolicies, publishVersion, startDraft, stepVersion } from '#kernel/server/policies/index.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { shippedLimits } from '../policy/lead-limits.ts'
import { ruleFor } from '../rules/lead-table.ts'
import { thresholdsOn } from './county-thresholds.ts'
import { leadTableWith, shippedLeadTable } from './lead-table.ts'
import { leadPolicyOn } from './lead-versions.ts'

const county = '990317'
const world = openTestWorld()
const kind = (key: string, form: 'table' | 'parameters') => ({
  key,
  form,
  latitude: 'free' as const,
  shipped: [],
  values: () => [],
  check: () => Promise.resolve([]),
})
const policies = makePolicies([kind('screening.leads', 'table'), kind('screening.lead-limits', 'parameters')], { standInCode: '' })

/** Publishes a text as two people, from December 2023 on. */
async function publish({ db }: { db: Db }, key: string, content: string): Promise<void> {
  const as = async (id: string): Promise<Context> => {
    await sql`SELECT set_config('app.caller', ${id}, true)`.execute(db)
    return { ...world.as(grantCounty(county), { id, name: id }), db }
  }
  const paper = { documentNo: '测试〔2023〕1号', documentTitle: '', clause: '' }
  const text = { content, effectiveFrom: '2023-12-01', effectiveTo: null, paper, note: '', examples: [] }
  const writer = await as('writer')
  const { versionId } = await startDraft(policies, writer, { ...text, key, areaPath: areaPathOf(county) })
  await stepVersion(writer, 'submitted', { versionId, revision: 1, note: '' })
  await publishVersion(policies, await as('other'), { versionId, revision: 2, note: '' })
}

it('limits and a table that were published hold from their day on', async () => {
  await rolledBack(world.as(grantCounty(county), { id: 'writer', name: 'writer' }), async (ctx) => {
    expect((await leadPolicyOn(ctx, '2023-12-31')).thresholds.leads.L11).toEqual({ days_more_than: shippedLimits.get('贷款逾期线索天数') })
    const value = { name: '贷款逾期线索天数', en: 'Days overdue', unit: '天', decimals: 0, value: '60', latitude: 'free', note: '' }
    await publish(ctx, 'screening.lead-limits', JSON.stringify({ values: [value] }))
    await publish(ctx, 'screening.leads', shippedLeadTable().replace('&gt; 贷款逾期线索天数', '&gt;= 贷款逾期线索天数'))
    const { thresholds, from } = await thresholdsOn(ctx.db, ctx, '2023-12-31')
    expect([thresholds.leads.L11, from]).toEqual([{ days_more_than: 60 }, '2023-12-01'])
    expect(thresholds.leads.L01).toEqual({ at_least_registered_or_monitored: 5_000, at_least_others: 20_000 })
    const leads = leadTableWith(thresholds, (await leadPolicyOn(ctx, '2023-12-31')).table)
    const overdue = (days: number) => ruleFor(leads, { list: 'bank', isOfConcern: false, hundredths: days * 100 })
    expect([overdue(59), overdue(60)]).toEqual([undefined, 'L11'])
    expect((await thresholdsOn(ctx.db, ctx, '2023-11-30')).thresholds.leads.L11).toEqual({ days_more_than: 30 })
  })
})
