import { expect, it } from 'vitest'
import type { Day } from '#kernel/pure/time/index.ts'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { actOnCase } from './act-on-case.ts'
import { readCase, readCases } from './case-read.ts'
import { openCase } from './open-case.ts'
import { countToTakeOver, takeOver } from './take-over.ts'

const world = openTestWorld()
const village = '99.9903.990301.990301101.990301101201.'
const officer = () => world.as(grantCounty('990301'), { roles: ['county-data-officer'] })

it('gives every monitored household of the register its case once, with what the register says', async () => {
  const ctx = officer()
  const monitored = (facts: Record<string, string | boolean>) =>
    givenHousehold(ctx, world.vault, {
      areaPath: `${village}01.`,
      type: '一般农户',
      monitorCategory: '边缘易致贫户',
      facts: { identifiedMonth: '202303', riskType1: '因病', ...facts },
      members: [{ name: '某人' }],
    })
  const open = await monitored({ eliminated: false, measureHealth: '大病救治' })
  const recent = await monitored({ eliminated: true, eliminatedMonth: '202310' })
  await monitored({ eliminated: true, eliminatedMonth: '202305' })
  const busy = await monitored({ eliminated: false })
  await givenHousehold(ctx, world.vault, { areaPath: `${village}01.`, type: '一般农户', members: [{ name: '别人' }] })
  await openCase(ctx, { householdId: busy.householdId, source: 'visit' })
  for (const [identifiedMonth, endedOn] of [
    ['202303', '2023-06-01'],
    ['202308', '2023-06-01'],
  ] as const) {
    const { householdId } = await monitored({ eliminated: false, identifiedMonth })
    const then = { ...ctx, today: endedOn as Day } // Safe: a day written in this test
    const earlier = await openCase(then, { householdId, source: 'visit' })
    await actOnCase(then, { caseId: earlier.caseId, act: { revision: 1, action: 'end' } })
  }
  // Of two whose case here had ended in June, only who was identified in August is new.
  expect(await countToTakeOver(ctx)).toEqual({ tracking: 2, followUp: 1 })
  expect(await takeOver(ctx)).toEqual({ tracking: 2, followUp: 1 })
  expect(await takeOver(ctx)).toEqual({ tracking: 0, followUp: 0 })
  const { items } = await readCases(ctx, { source: 'register' })
  const byHousehold = new Map(items.map((card) => [card.householdId, card]))
  expect(byHousehold.get(open.householdId)).toMatchObject({
    step: 'tracking',
    kind: '边缘易致贫户',
    risks: ['因病'],
    identifiedOn: '2023-03-31',
    heldBy: village,
  })
  expect(byHousehold.get(recent.householdId)).toMatchObject({ step: 'follow-up', eliminatedOn: '2023-10-31' })
  expect(new Set(items.map(({ caseNo }) => caseNo)).size).toBe(3)
  const { measures, events } = await readCase(ctx, byHousehold.get(open.householdId)?.caseId ?? '')
  expect(measures).toMatchObject([{ risk: '因病', category: '健康帮扶', startedOn: '2023-03-31' }])
  expect(events).toMatchObject([{ action: 'open', details: { source: 'register', identifiedOn: '2023-03-31' } }])
})
