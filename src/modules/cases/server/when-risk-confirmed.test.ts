import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { grantCounty, grantSystem } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { startJobs, type Jobs } from '#kernel/server/jobs/index.ts'
import { makeLog } from '#kernel/server/log/index.ts'
import { givenEmptyCounty, givenHousehold } from '#modules/registry/server/given.ts'
import { riskConfirmed } from '#modules/screening/contract.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { findCasesOfHousehold } from './case-store.ts'
import { whenRiskConfirmed } from './when-risk-confirmed.ts'

const world = openTestWorld()
const county = '990301'
const officer = () => world.as(grantCounty(county), { roles: ['county-data-officer'] })
const ids: string[] = []
let jobs: Jobs

beforeAll(async () => {
  await givenEmptyCounty((scope) => world.as(scope), { countyCode: county, name: '青禾县' })
  const ctx = world.as(grantSystem(county, 'test'))
  const areaPath = `99.9903.${county}.990301101.990301101201.01.`
  for (const name of ['甲', '乙']) ids.push((await givenHousehold(ctx, world.vault, { areaPath, members: [{ name }] })).householdId)
  const parts = { access: inject('serverAccess'), database: world.database, clock: () => testNowMs }
  jobs = await startJobs({ ...parts, jobs: [whenRiskConfirmed], log: makeLog('silent') })
})
afterAll(() => jobs.stop())

const confirm = (householdId: string, leadId = makeId()) =>
  inTransaction(officer(), async (db) => {
    await announce(db, officer(), riskConfirmed, { leadId, householdId, month: '202312' })
    return leadId
  })
const casesOf = (householdId: string) => inTransaction(officer(), (db) => findCasesOfHousehold(db, officer().scope, householdId))
let told = 0
/** Waits until everything that was announced has been told. */
const whenTold = (more: number) => {
  told += more
  return vi.waitFor(
    async () => {
      const ctx = world.as(grantSystem(county, 'test'))
      const found = await inTransaction(ctx, (db) =>
        sql<{ n: number }>`SELECT count(*)::int AS n FROM kernel.job WHERE outcome = 'done'`.execute(db),
      )
      if (found.rows[0]?.n !== told) throw new Error('not yet')
    },
    { timeout: 100_000, interval: 20 },
  )
}
const acts = async () => {
  const found = await inTransaction(officer(), (db) =>
    sql<{ did: string; n: number }>`
      SELECT did, count(*)::int AS n FROM kernel.audit WHERE did LIKE 'cases.case.%' GROUP BY did ORDER BY did`.execute(db),
  )
  return found.rows.map(({ did, n }) => `${did} ${n}`)
}

it('a confirmed risk opens a case at its first step, once; the same lead again and a further lead open no second one', async () => {
  const [household = ''] = ids
  const leadId = await confirm(household)
  await confirm(household, leadId)
  await confirm(household)
  await whenTold(3)
  expect(await casesOf(household)).toMatchObject([
    { source: 'lead', sourceId: leadId, step: 'assessment', state: 'open', openedOn: '2023-12-18', revision: 1 },
  ])
  expect(await acts()).toEqual(['cases.case.lead-noted 1', 'cases.case.open 1'])
})

it('a risk of a household that is not there any more is noted, and those behind it are not held up', async () => {
  await confirm(makeId())
  await confirm(ids[1] ?? '')
  await whenTold(2)
  expect(await casesOf(ids[1] ?? '')).toHaveLength(1)
  expect(await acts()).toEqual(['cases.case.lead-noted 1', 'cases.case.lead-without-household 1', 'cases.case.open 2'])
})
