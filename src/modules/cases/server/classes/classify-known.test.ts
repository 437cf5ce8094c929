import { expect, it } from 'vitest'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { instantOf, readDay } from '#kernel/pure/time/index.ts'
import { countyPolicies, explainHousehold, givenPublished } from '#modules/policies/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../../test/database.ts'
import { beginClassification, followClassification } from './classify-register.ts'
import { readClassificationHistory } from './read-classification.ts'

const world = openTestWorld()
const asOf = '2023-12-10'

/** The machine at an instant of a day. */
function at(instant: string): Context {
  const today = readDay(instant.slice(0, 10)) ?? expect.unreachable(instant)
  return { ...world.as(grantSystem('990301', 'test')), today, now: instantOf(Date.parse(instant)) }
}

it('tells for a past day why by the version of then, and by what was published for it since', () =>
  rolledBack(at('2023-12-10T01:00:00Z'), async (ctx) => {
    const { householdId } = await givenHousehold(ctx, world.vault, {
      areaPath: '99.9903.990301.990301101.990301101201.',
      type: '脱贫户',
      monitorCategory: '脱贫不稳定户',
      facts: { identifiedMonth: '202206', eliminated: true, eliminatedMonth: '202308' },
      members: [{ name: '甲', labourSkill: '普通劳动力' }],
    })
    const { runId } = await beginClassification(ctx, asOf)
    await followClassification(ctx, { clock: () => Date.parse(ctx.now) }, { runId, asOf })

    // Three months are enough, says a document a week later, and has been so since October.
    const months = 'cases.layer-months'
    const content = (countyPolicies().shipped.get(months)?.[0]?.content ?? '').replace(/("value": ?)"?6"?/, '$13')
    const later = { ...at('2023-12-17T01:00:00Z'), db: ctx.db }
    const { versionId } = await givenPublished(later, { key: months, content, effectiveFrom: '2023-10-01', areaPath: '' })

    const ask = { householdId, asOf, keys: ['cases.layer'] }
    const [then] = await explainHousehold(later, { ...ask, knownAt: ctx.now })
    const [now] = await explainHousehold(later, ask)
    const months6 = (why: typeof then) => why?.facts.find(({ name }) => name === '稳定消除满月数')?.value
    expect([then?.outcome[0]?.value, months6(then)]).toEqual(['第一层', '6'])
    expect([now?.outcome[0]?.value, months6(now)]).toEqual(['第二层', '3'])

    // What was kept names its versions, and they are those of then; their texts are still there.
    const [kept] = (await readClassificationHistory(later, householdId)).stretches
    expect(kept).toMatchObject({ layer: '第一层', validFrom: asOf })
    const versions = kept?.fired.find((table) => table.column === 'layer')?.versions ?? []
    expect(versions.map((one) => one.versionId)).toContain(then?.version.versionId)
    expect(versions.map((one) => one.versionId)).not.toContain(versionId)
    const shipped = new Set([...countyPolicies().shipped.values()].flat().map((text) => text.versionId))
    expect(versions.filter((one) => !shipped.has(one.versionId))).toEqual([])
  }))
