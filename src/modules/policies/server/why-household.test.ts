import { describe, expect, it } from 'vitest'
import { grantArea, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, rolledBack } from '../../../../test/database.ts'
import { explainHousehold } from './why-household.ts'

const world = openTestWorld()
const areaPath = '99.9903.990301.990301101.990301101201.'
const cleared = {
  identifiedMonth: '202206',
  eliminated: true,
  eliminatedMonth: '202308',
}

async function given(
  ctx: Context,
  facts: Record<string, string | number | boolean>,
  labour: readonly (string | undefined)[] = ['普通劳动力'],
) {
  const members = labour.map((labourSkill, at) => ({ name: `成员${at}`, ...(labourSkill === undefined ? {} : { labourSkill }) }))
  return (await givenHousehold(ctx, world.vault, { areaPath, type: '脱贫户', monitorCategory: '脱贫不稳定户', facts, members })).householdId
}

const inCounty = (work: (ctx: Context & { db: Db }) => Promise<void>) => rolledBack(world.as(grantSystem('990301', 'test')), work)

describe('why a household is judged as it is', () => {
  it('shows facts, the row that fired with its clause, near misses and what single fact would change it', () =>
    inCounty(async (ctx) => {
      const householdId = await given(ctx, cleared)
      const [why] = await explainHousehold(ctx, { householdId, asOf: '2023-12-31', keys: ['cases.layer'] })
      expect(why).toMatchObject({
        key: 'cases.layer',
        zh: expect.any(String),
        asOf: '2023-12-31',
        outcome: [{ name: '层次', value: '第一层' }],
      })
      expect(why?.facts.find(({ name }) => name === '风险消除满月数')).toMatchObject({ value: '4', unit: '个月', isUnknown: false })
      expect(why?.facts.find(({ name }) => name === '稳定消除满月数')).toMatchObject({
        value: '6',
        source: expect.stringContaining('参数'),
      })
      expect(why?.fired).toHaveLength(1)
      expect(why?.fired[0]).toMatchObject({ decision: '层次', clause: expect.stringMatching(/./) })
      expect(why?.near.some(({ input, value, nearest }) => input === '风险消除满月数' && value === '4' && nearest === '6')).toBe(true)
      expect(why?.changes).toContainEqual(expect.objectContaining({ input: '风险消除满月数', value: '4', outcome: '第二层' }))
      expect(why?.version).toMatchObject({ key: 'cases.layer', isShipped: true })
    }))

  it('names the paper that would settle what is not known', () =>
    inCounty(async (ctx) => {
      const householdId = await given(ctx, { identifiedMonth: '202206', eliminated: true })
      const [why] = await explainHousehold(ctx, { householdId, asOf: '2023-12-31', keys: ['cases.layer'] })
      expect(why?.outcome).toEqual([{ name: '层次', value: '' }])
      expect(why?.fired).toEqual([])
      expect(why?.undecided.flatMap(({ missing }) => missing)).toContainEqual({
        name: '风险消除满月数',
        suppliedBy: '县级风险消除审定文件',
      })
    }))

  it('names it also where a word is asked for, and the parameter that nobody has filled', () =>
    inCounty(async (ctx) => {
      const householdId = await given(ctx, { netIncomePerCapita: 1_000_000, lastYearNetIncomePerCapita: 2_000_000 })
      const all = await explainHousehold(ctx, { householdId, asOf: '2023-12-31', keys: ['cases.layer', 'cases.monitored-object'] })
      const missingIn = (key: string) =>
        all.find((one) => one.key === key)?.undecided.flatMap(({ missing }) => missing.map(({ name }) => name))
      expect(missingIn('cases.layer')).toContain('监测状态')
      expect(missingIn('cases.monitored-object')).toContain('收入骤降比例')
    }))

  it('says the same of every table as its facts say, on an earlier day as well', () =>
    inCounty(async (ctx) => {
      const householdId = await given(ctx, cleared, ['无劳动力', '弱劳动力或半劳动力'])
      const all = await explainHousehold(ctx, { householdId, asOf: '2023-12-31' })
      expect(all.map(({ key }) => key)).toEqual(expect.arrayContaining(['cases.layer', 'cases.labour-class', 'cases.monitored-object']))
      expect(all.find(({ key }) => key === 'cases.labour-class')?.outcome[0]?.value).toBe('第二类')
      const [earlier] = await explainHousehold(ctx, { householdId, asOf: '2023-07-31', keys: ['cases.layer'] })
      expect(earlier?.facts.find(({ name }) => name === '监测状态')?.value).toBe('未消除')
      for (const why of all) for (const { fired } of [why]) for (const { clause } of fired) expect(clause).not.toBe('')
    }))

  it('is told of households in the caller’s area only', () =>
    inCounty(async (ctx) => {
      const householdId = await given(ctx, cleared)
      const elsewhere = { ...ctx, scope: grantArea('990301', '99.9903.990301.990301102.') }
      await expect(explainHousehold(elsewhere, { householdId, asOf: '2023-12-31' })).rejects.toMatchObject({
        code: 'policies.household-not-found',
      })
    }))
})
