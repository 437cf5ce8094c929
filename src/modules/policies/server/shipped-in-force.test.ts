import { expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { compiledTable } from './compiled-policy.ts'
import { parametersFor } from './index.ts'
import { shippedPolicies } from './shipped.ts'

const world = openTestWorld()
const tables = shippedPolicies().flatMap(({ entry }) => (entry.form === 'table' ? [entry.key] : []))
const lineOf = async (county: string, asOf: string) =>
  (await parametersFor(world.as(grantCounty(county)), { asOf })).get('监测范围收入线')?.value

it.each(['430525', '990317'])('every table that is shipped is in force and compiled for the county %s', async (county) => {
  for (const key of tables) {
    const { compiled } = await compiledTable(world.as(grantCounty(county)), key, { asOf: '2023-12-31' })
    expect([key, 'reason' in compiled ? compiled.reason : '']).toEqual([key, ''])
  }
})

it('Hunan’s income line holds in 2023 and for nobody afterwards', async () => {
  expect(await lineOf('430525', '2023-12-31')).toBe(7500)
  expect((await lineOf('430525', '2024-01-01')) ?? null).toBeNull()
  expect(await lineOf('520123', '2023-06-30')).toBe(7300)
})
